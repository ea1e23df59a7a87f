"""Differences between statements and books, to be settled by a person."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.paging import answer, wanted
from api.v1.schemas.statements import (
    PaymentDifferenceAssignIn,
    PaymentDifferenceListIn,
    PaymentDifferenceNoteIn,
    PaymentDifferenceOut,
    PaymentDifferencePage,
)
from engine.commands.differences import (
    AssignDifference,
    ExplainDifference,
    ReverseDifference,
    assign_difference,
    explain_difference,
    reverse_difference,
)
from engine.queries import differences
from engine.queries.differences import DifferenceFilter, DifferenceItem

routes = Blueprint(
    "payment_differences",
    __name__,
    url_prefix="/payment-differences",
    description="Chênh lệch giữa sao kê và sổ.",
)
_ONE = "/<number:difference>"


@routes.get("")
@reads(403, 422)
@routes.arguments(PaymentDifferenceListIn, location="query")
@routes.response(200, PaymentDifferencePage)
def list_all(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List differences.

    Chênh lệch của các cơ quan bạn đối soát, mới nhất trước.
    """
    part = wanted(query)
    chosen = DifferenceFilter(**query)
    return answer(differences.list_differences(call.tx, part, chosen, call.actor))


@routes.post(f"{_ONE}/assign")
@writes(403, 404, 409)
@routes.arguments(PaymentDifferenceAssignIn)
@routes.response(200, PaymentDifferenceOut)
def assign(call: Call, body: dict[str, Any], difference: int) -> DifferenceItem:
    """Let the money count towards an obligation.

    Tiền thừa trở thành tiền phải hoàn trả.
    """
    assign_difference(call.tx, AssignDifference(difference, **body), call.actor, call.now)
    return differences.difference(call.tx, difference, call.actor)


@routes.post(f"{_ONE}/reverse")
@writes(403, 404, 409)
@routes.arguments(PaymentDifferenceNoteIn)
@routes.response(200, PaymentDifferenceOut)
def reverse(call: Call, body: dict[str, Any], difference: int) -> DifferenceItem:
    """Take the payment back that a difference is about.

    Khoản đã ghi nộp bị hủy; số tiền lại phải nộp.
    """
    reverse_difference(call.tx, ReverseDifference(difference, **body), call.actor, call.now)
    return differences.difference(call.tx, difference, call.actor)


@routes.post(f"{_ONE}/explain")
@writes(403, 404, 409)
@routes.arguments(PaymentDifferenceNoteIn)
@routes.response(200, PaymentDifferenceOut)
def explain(call: Call, body: dict[str, Any], difference: int) -> DifferenceItem:
    """Close a difference with a note.

    Không ghi sổ gì; lời giải trình được giữ lại.
    """
    explain_difference(call.tx, ExplainDifference(difference, **body), call.actor, call.now)
    return differences.difference(call.tx, difference, call.actor)
