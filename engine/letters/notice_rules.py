"""Which event tells citizens what, and when a telephone may ring: read off `notices.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engine.deadlines.calendar import local
from engine.model.channel import Channel
from engine.model.contact import Means, Party
from engine.model.event import Event, EventType

DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """From one time of the day to another, perhaps over midnight; none where both are the same."""

    start: time
    end: time

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in them."""
        at = local(moment).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def over(self, moment: datetime) -> datetime:
        """The moment itself, or when the quiet hours that it lies in are over."""
        if not self.holds(moment):
            return moment
        here = local(moment)
        morning = here.replace(
            hour=self.end.hour, minute=self.end.minute, second=self.end.second, microsecond=0
        )
        return morning if morning > here else morning + DAY


@dataclass(frozen=True)
class NoticeRule:
    """A notice: what calls for it, who is told after how many days, and in which words."""

    code: str
    event: EventType
    where: Mapping[str, list[str]]
    to: tuple[Party, ...]
    after: tuple[int, ...]
    cancels: tuple[str, ...]
    quiet: bool
    verified: bool
    name: str
    subject: str
    text: str
    sms: str
    zalo: Mapping[str, Any]

    def calls(self, event: Event, more: Mapping[str, Any]) -> bool:
        """Whether an event calls for it; `more` is what is known beside the event's data."""
        said = {**more, **event.data}
        return event.type is self.event and all(
            said.get(name) in values for name, values in self.where.items()
        )


@dataclass(frozen=True)
class NoticeRules:
    """All that holds on a day. `several` is what stands around a message that lists notices."""

    quiet: QuietHours
    window: timedelta
    several: Mapping[str, Any]
    notices: Mapping[str, NoticeRule]

    def called_for(self, event: Event, more: Mapping[str, Any]) -> Iterator[NoticeRule]:
        """The notices that an event calls for."""
        return (rule for rule in self.notices.values() if rule.calls(event, more))

    def ready_at(self, rule: NoticeRule, means: Means, days: int, now: datetime) -> datetime:
        """When a notice leaves at the earliest that is written now."""
        at = now + max(self.window, days * DAY)
        return self.quiet.over(at) if is_held(rule, means) else at


def is_held(rule: NoticeRule, means: Means) -> bool:
    """Whether a notice must keep the quiet hours: whatever rings, and what is in no hurry."""
    return means is Means.PHONE or rule.quiet


def rests(channel: Channel, moment: datetime) -> bool:
    """Whether nothing may leave by a channel at this moment: telephones ring."""
    rings = channel in (Channel.SMS, Channel.ZALO)
    return rings and rules_on(local(moment).date()).quiet.holds(moment)


def rules_on(day: date) -> NoticeRules:
    """The rules of a day; of a day before all of them, the first ones."""
    sets = _sets()
    raw = next((one for one in reversed(sets) if one["from"] <= day), sets[0])
    return _read(raw["from"])


@cache
def _read(first_day: date) -> NoticeRules:
    raw = next(one for one in _sets() if one["from"] == first_day)
    return NoticeRules(
        quiet=QuietHours(raw["quiet"]["from"], raw["quiet"]["until"]),
        window=timedelta(minutes=raw["window"]),
        several=raw["several"],
        notices={code: _rule(code, one) for code, one in raw["notices"].items()},
    )


def _rule(code: str, raw: Mapping[str, Any]) -> NoticeRule:
    return NoticeRule(
        code=code,
        event=EventType(raw["event"]),
        where=raw.get("where", {}),
        to=tuple(map(Party, raw["to"])),
        after=tuple(raw.get("after", [0])),
        cancels=tuple(raw.get("cancels", [])),
        quiet=raw.get("quiet", False),
        verified=raw.get("verified", True),
        **{name: raw[name] for name in ("name", "subject", "text", "sms", "zalo")},
    )


@cache
def _sets() -> list[dict[str, Any]]:
    text = Path(__file__).with_name("notices.toml").read_text(encoding="utf-8")
    sets: list[dict[str, Any]] = tomllib.loads(text)["sets"]
    return sorted(sets, key=lambda one: one["from"])
