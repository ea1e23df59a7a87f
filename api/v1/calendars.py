"""Working calendars: what is asked of them, and what is announced."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import url_for

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.paging import PageIn, answer, wanted
from api.v1.schemas.calendars import (
    AgencyHoursOut,
    AgencyIn,
    AnnouncementIn,
    AnnouncementListIn,
    AnnouncementOut,
    AnnouncementPage,
    DueIn,
    DueOut,
    EffectPage,
    PreviewOut,
    YearIn,
    YearOut,
)
from bpmn.time_limit import TimeLimit
from engine.commands.calendars import Announce, announce, preview
from engine.deadlines.announcement import Announced
from engine.deadlines.due import Due, due
from engine.deadlines.edition import hours_document
from engine.deadlines.hours import read_sessions
from engine.queries import calendars

routes = Blueprint("calendars", __name__, url_prefix="/calendars", description="Lịch làm việc.")

LOCATION = {"Location": {"description": "Địa chỉ của công bố.", "schema": {"type": "string"}}}
_ONE = "/announcements/<int(min=1, max=2147483647):number>"


@routes.get("/due")
@reads(422)
@routes.arguments(DueIn, location="query")
@routes.response(200, DueOut)
def show_due(call: Call, query: dict[str, Any]) -> Due:
    """Compute a due date and explain it.

    Hạn tính từ một thời điểm, với từng ngày có tính hay không, vì sao.
    """
    calendar = calendars.calendar_of(call.tx, query.get("agency"))
    if "sessions" in query:
        calendar = calendar.with_sessions(read_sessions(query["sessions"]))
    limit = TimeLimit.parse(query["limit"])
    return due(calendar, query.get("start", call.now), limit, query.get("rule"))


@routes.get("/days")
@reads(422)
@routes.arguments(YearIn, location="query")
@routes.response(200, YearOut)
def show_days(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the days off and the make-up days of a year.

    Ngày nghỉ và ngày làm bù trong năm, của cả nước hoặc của một cơ quan.
    """
    agency = query.get("agency")
    found = calendars.days_of(call.tx, query["year"], agency)
    return {
        "year": query["year"],
        "agency": agency,
        "days_off": _named(found.days_off.items()),
        "makeup_days": _named(found.makeup_days.items()),
    }


@routes.get("/hours")
@reads(422)
@routes.arguments(AgencyIn, location="query")
@routes.response(200, AgencyHoursOut)
def show_hours(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the working hours of an agency.

    Giờ làm việc của một cơ quan hoặc giờ chung, theo ngày hiệu lực và theo mùa.
    """
    agency = query.get("agency")
    hours = map(hours_document, calendars.calendar_of(call.tx, agency).hours)
    return {"agency": agency, "hours": list(map(_hours, hours))}


@routes.get("/announcements")
@reads(422)
@routes.arguments(AnnouncementListIn, location="query")
@routes.response(200, AnnouncementPage)
def list_announcements(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List announcements of days and hours.

    Công bố ngày nghỉ, ngày làm bù, giờ làm việc; mới nhất trước.
    """
    part = wanted(query)
    found = answer(calendars.list_announcements(call.tx, part, query.get("agency")))
    return {**found, "items": [_plain(item) for item in found["items"]]}


@routes.post("/announcements")
@writes(403)
@routes.arguments(AnnouncementIn)
@routes.response(201, AnnouncementOut, headers=LOCATION)
def add_announcement(
    call: Call, body: dict[str, Any]
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Announce days off, make-up days and working hours.

    Công bố cho một cơ quan và các cơ quan cấp dưới, hoặc cho cả nước. Hồ sơ đang giải quyết
    được tính lại hạn ngay sau đó; không hợp lệ ở một chỗ thì không có gì thay đổi.
    """
    id_ = announce(call.tx, _command(body), call.actor, call.now)
    found = _plain(calendars.announcement(call.tx, id_))
    return found, 201, {"Location": url_for("calendars.show_announcement", number=id_)}


@routes.post("/announcements/preview")
@reads(400, 403, 413, 415, 422)
@routes.arguments(AnnouncementIn)
@routes.response(200, PreviewOut)
def preview_announcement(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Preview an announcement.

    Thử một công bố: lịch sẽ thành ra thế nào, bao nhiêu hồ sơ trong phạm vi. Không thay đổi gì.
    """
    command = _command(body)
    found = preview(call.tx, command, call.actor, call.now)
    years = {str(one.day.year) for one in command.announced.days}
    return {
        "agencies": found.agencies,
        "dossiers": found.dossiers,
        "days_off": _of(years, found.calendar["days_off"]),
        "makeup_days": _of(years, found.calendar["makeup_days"]),
        "hours": list(map(_hours, found.calendar["hours"])),
    }


@routes.get(_ONE)
@reads(404)
@routes.response(200, AnnouncementOut)
def show_announcement(call: Call, number: int) -> dict[str, Any]:
    """Show one announcement.

    Một công bố, với số hồ sơ đã thay đổi hạn trả vì nó.
    """
    return _plain(calendars.announcement(call.tx, number))


@routes.get(f"{_ONE}/dossiers")
@reads(404, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, EffectPage)
def list_effects(call: Call, query: dict[str, Any], number: int) -> dict[str, Any]:
    """List the dossiers whose due dates an announcement moved.

    Hồ sơ bạn được xem có hạn trả thay đổi: hạn trước và sau.
    """
    return answer(calendars.list_effects(call.tx, number, wanted(query), call.actor))


def _command(body: dict[str, Any]) -> Announce:
    return Announce(body["agency"], body["source"], Announced(body["days"], body["hours"]))


def _plain(item: calendars.AnnouncementItem) -> dict[str, Any]:
    days = [{**day, "date": date.fromisoformat(day["date"])} for day in item.days]
    return {**vars(item), "days": days, "hours": list(map(_hours, item.hours))}


def _hours(document: Mapping[str, Any]) -> dict[str, Any]:
    since = document.get("from")
    return {
        "sessions": document["sessions"],
        "from": date.fromisoformat(since) if since else None,
        "season": document.get("season"),
    }


def _of(years: Iterable[str], days: Mapping[str, str]) -> list[dict[str, Any]]:
    chosen = sorted(day for day in days if day[:4] in years)
    return _named((date.fromisoformat(day), days[day]) for day in chosen)


def _named(days: Iterable[tuple[date, str]]) -> list[dict[str, Any]]:
    return [{"date": day, "why": why} for day, why in days]
