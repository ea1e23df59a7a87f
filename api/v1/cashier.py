"""Money of an agency: the cashier's day, debts, and what is to go back."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.money import (
    AgencyMoneyIn,
    DayIn,
    DaySumsIn,
    DaySumsOut,
    DebtPage,
    PaymentPage,
    RefundPage,
)
from engine.queries import money

routes = Blueprint(
    "cashier", __name__, url_prefix="/money", description="Tiền thu của cơ quan: sổ ngày, hoàn trả."
)


@routes.get("/day")
@reads(403, 422)
@routes.arguments(DayIn, location="query")
@routes.response(200, PaymentPage)
def list_day(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the money that came in on a day.

    Theo thứ tự thu; biên lai đã hủy vẫn có trong danh sách.
    """
    part = wanted(query)
    return answer(money.day_lines(call.tx, money.Day(**query), part, call.actor))


@routes.get("/day/sums")
@reads(403, 422)
@routes.arguments(DaySumsIn, location="query")
@routes.response(200, DaySumsOut)
def sum_day(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Sum a day up by means, for handing the cash over.

    Đã thu, đã hủy hoặc bị thu hồi, đã hoàn trả, còn lại.
    """
    return {"items": money.day_sums(call.tx, money.Day(**query), call.actor)}


@routes.get("/debts")
@reads(403, 422)
@routes.arguments(AgencyMoneyIn, location="query")
@routes.response(200, DebtPage)
def list_debts(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List what is still to be paid.

    Gồm cả khoản được ghi nợ và khoản bị thu hồi sau khi hồ sơ đã xong.
    """
    part = wanted(query)
    return answer(money.owed(call.tx, query["agency"], part, call.actor))


@routes.get("/refunds/due")
@reads(403, 422)
@routes.arguments(AgencyMoneyIn, location="query")
@routes.response(200, PaymentPage)
def list_refunds_due(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List payments of which something is to go back.

    Tiền thừa chưa có quyết định hoàn trả, cũ nhất trước.
    """
    part = wanted(query)
    return answer(money.to_refund(call.tx, query["agency"], part, call.actor))


@routes.get("/refunds/decided")
@reads(403, 422)
@routes.arguments(AgencyMoneyIn, location="query")
@routes.response(200, RefundPage)
def list_refunds_decided(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List refunds that were decided and not made yet.

    Đã quyết định hoàn trả, chờ chi.
    """
    part = wanted(query)
    return answer(money.refunds_decided(call.tx, query["agency"], part, call.actor))
