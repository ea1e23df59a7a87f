"""Working calendars."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.v1.schemas.office import DueIn, DueOut, YearIn, YearOut
from bpmn.time_limit import TimeLimit
from engine.deadlines.due import Due, due
from engine.deadlines.holidays_vn import days_of_year, standard_calendar

routes = Blueprint("calendars", __name__, url_prefix="/calendars", description="Lịch làm việc.")


@routes.get("/due")
@reads(422)
@routes.arguments(DueIn, location="query")
@routes.response(200, DueOut)
def show_due(call: Call, query: dict[str, Any]) -> Due:
    """Compute a due date and explain it.

    Hạn tính từ một thời điểm, với từng ngày có tính hay không, vì sao.
    """
    limit = TimeLimit.parse(query["limit"])
    return due(standard_calendar(), query.get("start", call.now), limit, query.get("rule"))


@routes.get("/days")
@reads(422)
@routes.arguments(YearIn, location="query")
@routes.response(200, YearOut)
def show_days(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the days off and the make-up days of a year.

    Ngày nghỉ và ngày làm bù trong năm.
    """
    found = days_of_year(query["year"])
    return {
        **query,
        "days_off": _named(found.days_off),
        "makeup_days": _named(found.makeup_days),
    }


def _named(days: Mapping[date, str]) -> list[dict[str, Any]]:
    return [{"date": day, "why": why} for day, why in days.items()]
