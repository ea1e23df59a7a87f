"""The working calendar: a year at a glance, and announcements of days and hours."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, request
from marshmallow import ValidationError, fields, post_load

from api.edge import Call
from api.fields import Choice, Day, In, Text
from api.paging import PageIn, answer, wanted
from api.v1.schemas.calendars import SESSIONS
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked, scope_of, show
from api.web.pages.admin.year import exceptions, months
from engine.commands.calendars import Announce, announce, preview
from engine.deadlines.announcement import Announced, AnnouncedDay, DayKind, swap
from engine.deadlines.calendar import local
from engine.deadlines.edition import hours_document
from engine.deadlines.hours import Hours, Season, read_sessions
from engine.errors import EngineError
from engine.model.actor import Permission, may_at
from engine.queries import calendars
from engine.store import agencies

routes = Blueprint("admin_calendar", __name__)
HERE = "/quan-tri/lich"
MOST_DAYS = 31
EVERYWHERE = "*"
"""The choice of the whole country, for those who reach every agency."""


class ProposedIn(In):
    """Where, by which decision; `seen` stands for what was previewed."""

    agency = Text(64, 1, required=True)
    source = Text(500, 1, required=True)
    act = fields.String()
    seen = fields.String(load_default="")


class DaysIn(ProposedIn):
    """The same for every day from one to another."""

    since = Day(required=True)
    until = Day()
    kind = Choice(DayKind, required=True)
    why = Text(200, 1, required=True)

    @post_load
    def announced(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """The days one by one."""
        first, last = data.pop("since"), data.pop("until", None)
        count = ((last or first) - first).days + 1
        if not 1 <= count <= MOST_DAYS:
            raise ValidationError(_("Từ 1 đến 31 ngày, ngày cuối không trước ngày đầu."), "until")
        kind, why = data.pop("kind"), data.pop("why")
        days = (AnnouncedDay(first + timedelta(n), kind, why, "since") for n in range(count))
        return {**data, "announced": Announced(tuple(days))}


class SwapIn(ProposedIn):
    """A working day off, made up for on a day off."""

    day_off = Day(required=True)
    makeup_day = Day(required=True)

    @post_load
    def announced(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Both days."""
        off, made_up = swap(data.pop("day_off"), data.pop("makeup_day"))
        pair = replace(off, field="day_off"), replace(made_up, field="makeup_day")
        return {**data, "announced": Announced(pair)}


_HOURS = (SESSIONS, "Hãy ghi như 07:00-11:30, 13:30-17:00.")
_SEASON = ("[0-9]{2}-[0-9]{2}", "Hãy ghi tháng-ngày, ví dụ 04-16.")


class HoursIn(ProposedIn):
    """Working hours from a day on, perhaps in a season only."""

    sessions = Text(200, 1, pattern=_HOURS, required=True)
    since = Day()
    first = Text(5, 5, pattern=_SEASON)
    last = Text(5, 5, pattern=_SEASON)

    @post_load
    def announced(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Hours that make sense."""
        try:
            sessions = read_sessions(data.pop("sessions"))
            ends = [data.pop(name) for name in ("first", "last") if name in data]
            season = Season.read(*ends) if ends else None
            hours = Hours(sessions, data.pop("since", None), season)
        except (ValueError, TypeError) as error:
            raise ValidationError(_said(error), "sessions") from error
        return {**data, "announced": Announced(hours=(hours,))}


def _said(error: Exception) -> str:
    if isinstance(error, TypeError):
        return _("Hãy ghi cả ngày đầu và ngày cuối của mùa.")
    return str(error)


FORMS: dict[str, type[ProposedIn]] = {"ngay": DaysIn, "hoan-doi": SwapIn, "gio": HoursIn}


class YearIn(PageIn):
    """Which year, for which agency."""

    nam = fields.Integer()


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """A year, and what was announced."""
    scope = scope_of(call, Permission.CALENDAR_ANNOUNCE)
    query = asked(YearIn)
    year = min(max(query.pop("nam", local(call.now).year), 2020), 2100)
    calendar = calendars.calendar_of(call.tx, scope.chosen)
    found = answer(calendars.list_announcements(call.tx, wanted(query), scope.chosen))
    return show(
        call,
        "calendar.html",
        scope=scope,
        year=year,
        today=local(call.now).date(),
        months=months(calendar, year),
        exceptions=[*exceptions(calendar, year)],
        hours=[hours_document(one) for one in calendar.hours],
        announcements=found["items"],
        next=found["next"],
    )


@routes.get(f"{HERE}/<any('ngay', 'hoan-doi', 'gio'):kind>")
@reads
def propose(call: Call, kind: str) -> str:
    """The form of an announcement."""
    scope = scope_of(call, Permission.CALENDAR_ANNOUNCE)
    return _form(call, kind, nothing_yet(agency=scope.chosen, kind="off"))


@routes.post(f"{HERE}/<any('ngay', 'hoan-doi', 'gio'):kind>")
@acts
def publish(call: Call, kind: str) -> Any:
    """Preview, and then announce what was previewed."""
    entered = read(FORMS[kind])
    if not entered.is_good:
        return _form(call, kind, entered), 422
    agency = entered.data["agency"]
    command = Announce(
        None if agency == EVERYWHERE else agency, entered.data["source"], entered.data["announced"]
    )
    seen = _digest(entered)
    if entered.data.get("act") == "publish" and entered.data["seen"] == seen:
        return _tried(call, kind, entered, lambda: _announced(call, command))
    return _tried(
        call, kind, entered,
        lambda: _form(
            call, kind, entered, outcome=preview(call.tx, command, call.actor, call.now), seen=seen
        ),
    )  # fmt: skip


def _tried(call: Call, kind: str, entered: Entered, step: Callable[[], Any]) -> Any:
    try:
        return step()
    except EngineError as refused:
        entered.refuse(refused)
        return _form(call, kind, entered), 422


def _announced(call: Call, command: Announce) -> Any:
    announce(call.tx, command, call.actor, call.now)
    flash(_("Đã công bố. Hạn trả của các hồ sơ đang giải quyết được tính lại ngay sau đây."), "ok")
    there = f"?co-quan={command.agency}" if command.agency else ""
    return redirect(f"{HERE}{there}", 303)


def _digest(entered: Entered) -> str:
    """Stands for what was entered, so that only what was previewed is announced."""
    told = sorted((k, v) for k, v in entered.values.items() if k not in ("act", "seen"))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _form(call: Call, kind: str, entered: Entered, **more: Any) -> str:
    scope = scope_of(call, Permission.CALENDAR_ANNOUNCE)
    return show(
        call,
        "announce.html",
        scope=scope,
        kind=kind,
        entered=entered,
        everywhere=_may_announce_everywhere(call),
        action=request.path,
        **{"outcome": None, "seen": "", **more},
    )


def _may_announce_everywhere(call: Call) -> bool:
    """Whether the actor reaches every agency that is below no other."""
    roots = agencies.roots(call.tx)
    return all(may_at(call.actor, Permission.CALENDAR_ANNOUNCE, root) for root in roots)
