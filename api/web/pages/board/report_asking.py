"""What is asked of the page of reports: kind, agency, period, level, field; and what may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from api.edge import Call
from api.v1.schemas.report_pages import ReportPageIn
from api.web.entered import Entered, understand
from api.web.language import gettext as _
from api.web.pages.board.asking import address
from engine.deadlines.calendar import local
from engine.model.report import Kind, Period
from engine.model.report_period import last_month, month_of, period_named
from engine.queries.report_choices import Choices, choices
from engine.reports.asked import Asked

PATH = "/bao-cao"
_NAMES = ("kind", "agency", "first", "last", "level", "field")


@dataclass(frozen=True)
class Wanted:
    """A report that is asked for; `here` is the query that asks for it."""

    kind: Kind
    asked: Asked
    here: Mapping[str, str]

    def address(self, path: str = "", **more: Any) -> str:
        """A page of this report."""
        return address(PATH + path, self.here, **more)


@dataclass(frozen=True)
class Choosing:
    """The form as it was filled in, and what one may choose from."""

    entered: Entered
    choices: Choices
    wanted: Wanted | None


def choosing(call: Call) -> Choosing:
    """What the address asks for; without anything, the first agency's last month.

    Raises `NotPermitted` for whoever may read no reports.
    """
    found = choices(call.tx, call.actor)
    given = {name: text for name in _NAMES if (text := request.args.get(name, "").strip())}
    entered = understand(ReportPageIn, {**_usual(call, found), **given})
    return Choosing(entered, found, _wanted(call, entered) if entered.is_good else None)


def quick_periods(call: Call, wanted: Wanted | None) -> list[tuple[str, str, bool]]:
    """Periods one click away: what it is called, its address, whether it is the one shown."""
    today = local(call.now).date()
    here = wanted.here if wanted else {}
    shown = wanted.asked.period if wanted else None
    return [
        (name, address(PATH, here, first=days.start, last=days.end), days == shown)
        for name, days in _periods(today)
    ]


def _periods(today: date) -> list[tuple[str, Period]]:
    """The month of reports that ended last and the one that runs, and what both are in."""
    running = month_of(today)
    year, month = running.end.year, running.end.month
    quarter = (month + 2) // 3
    before = f"{year}-Q{quarter - 1}" if quarter > 1 else f"{year - 1}-Q4"
    return [
        (_("Tháng trước"), last_month(today)),
        (_("Tháng này"), running),
        (_("Quý trước"), period_named(before)),
        (_("Quý này"), period_named(f"{year}-Q{quarter}")),
        (_("Năm nay"), period_named(str(year))),
    ]


def _usual(call: Call, found: Choices) -> dict[str, str]:
    days = last_month(local(call.now).date())
    return {
        "kind": Kind.II_06A.value,
        "agency": next(iter(found.agencies)),
        "first": days.start.isoformat(),
        "last": days.end.isoformat(),
    }


def _wanted(call: Call, entered: Entered) -> Wanted:
    data = entered.data
    asked = Asked(
        agency=data["agency"],
        period=Period(data["first"], data["last"]),
        now=call.now,
        level=data.get("level"),
        field=data.get("field"),
    )
    said = {name: data[name] for name in _NAMES if data.get(name)}
    here = {k: v.isoformat() if isinstance(v, date) else str(v) for k, v in said.items()}
    return Wanted(data["kind"], asked, here)
