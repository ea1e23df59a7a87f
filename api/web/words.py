"""How moments, spans of time and amounts are said."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from api.web.language import gettext as _
from engine.deadlines.calendar import local

NOTHING = "—"


def moment(value: datetime | None) -> str:
    """07/07/2026 09:32, in Vietnamese time."""
    return local(value).strftime("%d/%m/%Y %H:%M") if value else NOTHING


def hour_and_day(value: datetime | None) -> str:
    """09 giờ 32 phút, ngày 07/07/2026, as papers have it."""
    return local(value).strftime("%H giờ %M phút, ngày %d/%m/%Y") if value else NOTHING


def day(value: date | datetime | None) -> str:
    """07/07/2026."""
    if value is None:
        return NOTHING
    return (local(value) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def machine(value: datetime) -> str:
    """A moment as the `datetime` attribute of HTML wants it."""
    return local(value).isoformat(timespec="minutes")


def number(value: float | None) -> str:
    """1.250.000 or 0,5."""
    if value is None:
        return NOTHING
    whole = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return whole.translate(str.maketrans(",.", ".,"))


def money(value: int | None) -> str:
    """1.250.000 ₫."""
    return NOTHING if value is None else f"{number(value)} ₫"


def percent(share: float) -> str:
    """80 %."""
    return f"{number(round(share * 100))} %"


def span(length: timedelta) -> str:
    """How long, in its two largest units, without regard to the sign: «1 ngày 2 giờ»."""
    return _in_two_units(length, timedelta(days=1))


def work(length: timedelta) -> str:
    """How much working time, in days of eight hours, without regard to the sign."""
    return _in_two_units(length, timedelta(hours=8))


def _in_two_units(length: timedelta, a_day: timedelta) -> str:
    days, rest = divmod(abs(length), a_day)
    hours, minutes = divmod(int(rest.total_seconds()) // 60, 60)
    units = ((days, _("ngày")), (hours, _("giờ")), (minutes, _("phút")))
    said = [f"{count} {name}" for count, name in units if count]
    return " ".join(said[:2]) or _("dưới 1 phút")


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "hour_and_day": hour_and_day,
    "day": day,
    "machine": machine,
    "number": number,
    "money": money,
    "percent": percent,
    "span": span,
    "work": work,
}
