"""What of the notices that wait leaves now, and together: pure, so that it can be proved.

A notice leaves when it is ready; others to the same address that soon will be leave with it.
No telephone rings in the quiet hours, whenever the process that sends wakes up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.letters.notice_rules import NoticeRules
from engine.model.channel import Channel
from engine.model.contact import Means


@dataclass(frozen=True)
class Waiting:
    """A notice that waits; `channel` is the one it must take, None where it may be chosen."""

    id: int
    means: Means
    address: str
    ready_at: datetime
    held: bool
    channel: Channel | None = None


@dataclass(frozen=True)
class Parcel:
    """Notices that leave as one; without a channel the house has none that reaches them."""

    channel: Channel | None
    address: str
    notices: tuple[int, ...]


def parcels(
    waiting: Iterable[Waiting], now: datetime, rules: NoticeRules, used: frozenset[Channel]
) -> Iterator[Parcel]:
    """What leaves now, with notices in the order in which they were given; `used` are the
    channels that the house has."""
    groups: dict[tuple[Channel | None, str], list[Waiting]] = {}
    for each in waiting:
        if may_leave(each, now, rules):
            groups.setdefault((_channel(each, used), each.address), []).append(each)
    for (channel, address), group in groups.items():
        if any(each.ready_at <= now for each in group):
            yield Parcel(channel, address, tuple(each.id for each in group))


def may_leave(each: Waiting, now: datetime, rules: NoticeRules) -> bool:
    """Whether nothing speaks against its leaving now, with another that is ready."""
    soon = each.ready_at <= now + rules.window
    return soon and not (each.held and rules.quiet.holds(now))


def _channel(each: Waiting, used: frozenset[Channel]) -> Channel | None:
    if each.channel is not None:
        return each.channel if each.channel in used else None
    ways = (Channel.ZALO, Channel.SMS) if each.means is Means.PHONE else (Channel.MAIL,)
    return next((way for way in ways if way in used), None)
