"""How much time a task has left, in words, a colour and a bar."""

from dataclasses import dataclass
from datetime import timedelta

from api.web.language import gettext as _
from api.web.words import day, work
from engine.model.alert import NEAR_DUE, Level
from engine.queries.inbox_lines import InboxItem

_NONE = timedelta(0)


@dataclass(frozen=True)
class Left:
    """`used` is the share of the time allowed that is gone, `tone` the colour of `words`."""

    words: str
    used: float
    tone: str


def left_of(item: InboxItem) -> Left:
    """What a line of the inbox says of its time."""
    if item.remaining is None:
        return Left(_paused(item), 0, "paused")
    if item.remaining < _NONE:
        return Left(_("quá hạn {span}").format(span=work(item.remaining)), 1, "late")
    words = _("còn {span}").format(span=work(item.remaining))
    used = 1 - item.remaining / item.allowed if item.allowed else 1
    return Left(words, max(used, 0), "near" if item.level in (*NEAR_DUE, Level.DUE) else "ok")


def _paused(item: InboxItem) -> str:
    reason = item.pause_reason_name or ""
    said = _("tạm dừng: {reason}").format(reason=reason[:1].lower() + reason[1:])
    if item.pause_until is None:
        return said
    return _("{said}, đến {day}").format(said=said, day=day(item.pause_until))
