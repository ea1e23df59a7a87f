"""How the pages of the auditors say working time, clocks and what was said with an act."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from api.web.language import gettext as _
from api.web.words import number
from bpmn.answers import Answer, answers
from bpmn.forms import Form
from engine.queries.clock_then import ClockState, ClockThen

DAY = timedelta(hours=8)
"""A working day, for saying roughly how long something took."""
_FORMS = frozenset({"form", "application"})
"""Parts of a payload that are shown as forms."""


def working(hours: float) -> str:
    """Working hours without regard to the sign: «6 giờ 52 phút làm việc»."""
    whole, minutes = divmod(round(abs(hours) * 60), 60)
    units = ((whole, _("giờ")), (minutes, _("phút")))
    said = [f"{count} {name}" for count, name in units if count] or [f"0 {_('phút')}"]
    return f"{' '.join(said)} {_('làm việc')}"


def gap(length: timedelta) -> str:
    """Working time between two acts, where it is worth saying; else nothing."""
    if length < DAY:
        return ""
    return f"{number(round(length / DAY, 1))} {_('ngày làm việc')}"


def left(clock: ClockThen) -> str:
    """What was left of a time limit."""
    if clock.remaining < 0:
        return f"{_('vượt')} {working(clock.remaining)}"
    return f"{_('còn')} {working(clock.remaining)}"


def tone(clock: ClockThen) -> str:
    """The colour in which a clock is drawn."""
    if clock.state is not ClockState.RUNNING:
        return "paused" if clock.state is ClockState.PAUSED else "done"
    return "late" if clock.overdue else "ok"


def share(clock: ClockThen) -> float:
    """How much of a time limit was used up, from 0 to 1 and above."""
    return clock.used / clock.budget if clock.budget else 0.0


def said_with(payload: Mapping[str, Any] | None) -> list[Answer]:
    """What was said with an act, the forms left out."""
    rest = {name: value for name, value in (payload or {}).items() if name not in _FORMS}
    return answers(rest, Form("payload", {"properties": _properties()}))


def _properties() -> dict[str, Any]:
    names = {
        "name": _("Họ tên"),
        "personal_id": _("Số định danh"),
        "tax_code": _("Mã số thuế"),
        "phone": _("Điện thoại"),
        "email": _("Thư điện tử"),
        "address": _("Địa chỉ"),
    }
    person = {"properties": {name: {"title": title} for name, title in names.items()}}
    return {
        "owner": {"title": _("Chủ hồ sơ"), **person},
        "submitter": {"title": _("Người nộp"), **person},
        "note": {"title": _("Ghi chú")},
        "reason": {"title": _("Lý do")},
        "details": {"title": _("Chi tiết")},
    }
