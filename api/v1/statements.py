"""Statements of banks and gateways."""

from datetime import timedelta
from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes_apart
from api.paging import PageIn, answer, wanted
from api.services import services
from api.taking_in import take_in
from api.v1.schemas.statements import (
    FormatsOut,
    StatementDaysIn,
    StatementDaysOut,
    StatementIn,
    StatementPage,
    TakenInOut,
)
from engine.commands.statements import BeginStatement
from engine.deadlines.calendar import local
from engine.gateways.statements.formats import format_of, formats
from engine.gateways.statements.reading import read_statement
from engine.queries.statements import day_figures, list_statements

routes = Blueprint(
    "statements", __name__, url_prefix="/statements", description="Sao kê và đối soát."
)
_USUAL = timedelta(days=13)


@routes.get("")
@reads(403, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, StatementPage)
def list_all(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List statements that were taken in.

    Các sao kê đã nhận, mới nhất trước.
    """
    return answer(list_statements(call.tx, wanted(query), call.actor))


@routes.get("/formats")
@reads()
@routes.response(200, FormatsOut)
def list_formats(call: Call) -> dict[str, Any]:
    """List the ways in which statements are written.

    Các mẫu sao kê: có sẵn, và trong tệp MOTCUA_STATEMENT_FORMATS.
    """
    return {"items": list(formats(services().settings).values())}


@routes.get("/days")
@reads(403, 422)
@routes.arguments(StatementDaysIn, location="query")
@routes.response(200, StatementDaysOut)
def list_days(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Show the figures of each day.

    Số dòng, số tiền theo nơi đến của từng ngày, và số chênh lệch chưa giải quyết.
    """
    last = query.get("last", local(call.now).date())
    first = query.get("first", last - _USUAL)
    return {"items": day_figures(call.tx, query["agency"], first, last, call.actor)}


@routes.post("")
@writes_apart(403)
@routes.arguments(StatementIn)
@routes.response(200, TakenInOut)
def take(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Take a statement in.

    Đọc cả tệp trước; có một dòng không đọc được thì không nhận dòng nào. Gửi lại tệp cũ không làm
    gì thêm: dòng đã có được đếm ở `repeated`.
    """
    form = format_of(services().settings, body.pop("format"))
    lines = read_statement(body.pop("content"), form)
    command = BeginStatement(form=form, lines=lines, **body)
    taken = take_in(services().database, command, call.actor, services().clock)
    return {
        "statement": taken.statement.id,
        "repeated": taken.repeated,
        "missing": taken.missing,
        **{place.value: each for place, each in taken.places.items()},
    }
