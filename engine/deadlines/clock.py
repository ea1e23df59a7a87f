"""The clock of a dossier or of a step: an immutable fold over its starts, pauses and resumes.

Every change gives a new clock, so the same facts on the same calendar always give the same
clock. Moments are kept in Vietnamese time, to the second.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from bpmn.time_limit import StartRule, TimeLimit, Unit
from engine.deadlines.calendar import NO_TIME, WorkingCalendar, local
from engine.deadlines.due import due, ends_at_closing


class ClockError(ValueError):
    """A change the clock cannot make in its state; the message says in Vietnamese what to do."""


class ClockPolicy(StrEnum):
    """What a pause does to the time limit, by its reason.

    Halted until the clock is resumed:
    - RESET: the limit is counted from the start again at the resume, even when it was
      overdue ("tính lại từ đầu", Decree 61/2018, Art. 19(4)); `first_due_at` keeps the old one.
    - PAUSE: the time of the pause is not counted ("không tính vào thời hạn").
    - STOP: as PAUSE while the supplement is waited for; when none comes in time, whoever
      watches the pause stops the clock and discontinues the dossier.

    Running on, the pause being only a note on the clock:
    - NONE: the wait is within the total time limit.
    - EXTEND: the law grants a certain further time, not the time waited; `Clock.extend` adds it.
    - DEEMED: silence counts as consent after a time that lies within the total (building
      permits, 12 days); whoever watches the pause resumes the clock.
    """

    RESET = "RESET"
    PAUSE = "PAUSE"
    EXTEND = "EXTEND"
    NONE = "NONE"
    STOP = "STOP"
    DEEMED = "DEEMED"


_HALTING = frozenset({ClockPolicy.RESET, ClockPolicy.PAUSE, ClockPolicy.STOP})


@dataclass(frozen=True)
class Clock:
    """One time limit as it runs. Begin with `Clock.start`.

    `first_due_at` never changes; `due_at` is the date in force. `running_since` is the start
    or the last resume, `spent` the working time consumed before it. `remaining` is the working
    time left at the pause (negative if overdue), set only while the clock is halted.
    """

    limit: TimeLimit
    rule: StartRule | None
    started_at: datetime
    due_at: datetime
    first_due_at: datetime
    running_since: datetime
    spent: timedelta = NO_TIME
    paused_at: datetime | None = None
    policy: ClockPolicy | None = None
    remaining: timedelta | None = None
    stopped_at: datetime | None = None

    @classmethod
    def start(
        cls,
        calendar: WorkingCalendar,
        at: datetime,
        limit: TimeLimit,
        rule: StartRule | None = None,
    ) -> Self:
        """Start a clock; without a rule the default one of the limit's unit holds."""
        at = _to_the_second(at)
        due_at = due(calendar, at, limit, rule).due_at
        return cls(limit, rule, at, due_at, due_at, running_since=at)

    @property
    def is_halted(self) -> bool:
        """Say whether the clock is paused in a way that stops its time."""
        return self.paused_at is not None and self.policy in _HALTING

    def pause(self, calendar: WorkingCalendar, at: datetime, policy: ClockPolicy) -> Self:
        """Pause under a policy; ClockError if paused or stopped already."""
        at = self._next_moment(at)
        if self.paused_at is not None:
            raise ClockError(
                f"Thời hạn đang tạm dừng từ {self.paused_at:%H:%M %d/%m/%Y};"
                " hãy cho tiếp tục trước khi tạm dừng lần nữa."
            )
        paused = replace(self, paused_at=at, policy=policy)
        if policy not in _HALTING:
            return paused
        remaining = calendar.working_time(at, self.due_at)
        return replace(paused, spent=self.consumed(calendar, at), remaining=remaining)

    def resume(self, calendar: WorkingCalendar, at: datetime) -> Self:
        """End the pause; ClockError if there is none.

        After PAUSE or STOP the working time that remained is counted from the resume; a limit
        that runs by the day ends at the closing of the day so found. The due date never
        becomes earlier, and one that had come at the pause stays as it was.
        """
        at = self._next_moment(at)
        if self.paused_at is None:
            raise ClockError("Thời hạn đang chạy, không có tạm dừng nào để cho tiếp tục.")
        resumed = replace(self, paused_at=None, policy=None, remaining=None)
        if not self.is_halted:
            return resumed
        if self.policy is ClockPolicy.RESET:
            due_at = due(calendar, at, self.limit, self.rule).due_at
            return replace(resumed, running_since=at, spent=NO_TIME, due_at=due_at)
        return replace(resumed, running_since=at, due_at=self._due_after_pause(calendar, at))

    def extend(self, calendar: WorkingCalendar, by: TimeLimit) -> Self:
        """Put off the due date by further time, counted on from it; ClockError while halted."""
        self._refuse_stopped()
        if self.is_halted:
            raise ClockError("Thời hạn đang tạm dừng; hãy cho tiếp tục trước khi gia hạn.")
        rule = self.rule if by.unit is Unit.WORKING_DAYS else None
        return replace(self, due_at=due(calendar, self.due_at, by, rule).due_at)

    def stop(self, at: datetime) -> Self:
        """End the clock for good, paused or not; ClockError if it was stopped before."""
        return replace(self, stopped_at=self._next_moment(at))

    def consumed(self, calendar: WorkingCalendar, now: datetime) -> timedelta:
        """Measure the working time used since the start or the last RESET, pauses left out."""
        if self.is_halted:
            return self.spent
        until = max(self._reading_moment(now), self.running_since)
        return self.spent + calendar.working_time(self.running_since, until)

    def remaining_at(self, calendar: WorkingCalendar, now: datetime) -> timedelta:
        """Measure the working time left until the due date; negative once it has passed."""
        if self.remaining is not None:
            return self.remaining
        return calendar.working_time(self._reading_moment(now), self.due_at)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether the due date has passed; for a halted or stopped clock, whether it had."""
        return self._reading_moment(now) > self.due_at

    def to_json(self) -> dict[str, str | int | None]:
        """Give the clock as a flat JSON object: ISO 8601 moments, durations in whole seconds."""
        return {
            "limit": str(self.limit),
            "rule": self.rule and str(self.rule),
            "started_at": _text(self.started_at),
            "due_at": _text(self.due_at),
            "first_due_at": _text(self.first_due_at),
            "running_since": _text(self.running_since),
            "spent": _seconds(self.spent),
            "paused_at": _text(self.paused_at),
            "policy": self.policy and str(self.policy),
            "remaining": None if self.remaining is None else _seconds(self.remaining),
            "stopped_at": _text(self.stopped_at),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave; KeyError or ValueError for anything else."""
        remaining = data["remaining"]
        return cls(
            limit=TimeLimit.parse(data["limit"]),
            rule=data["rule"] and StartRule(data["rule"]),
            started_at=_read_moment(data["started_at"]),
            due_at=_read_moment(data["due_at"]),
            first_due_at=_read_moment(data["first_due_at"]),
            running_since=_read_moment(data["running_since"]),
            spent=timedelta(seconds=data["spent"]),
            paused_at=data["paused_at"] and _read_moment(data["paused_at"]),
            policy=data["policy"] and ClockPolicy(data["policy"]),
            remaining=None if remaining is None else timedelta(seconds=remaining),
            stopped_at=data["stopped_at"] and _read_moment(data["stopped_at"]),
        )

    def _due_after_pause(self, calendar: WorkingCalendar, at: datetime) -> datetime:
        if self.remaining is None or self._reading_moment(at) >= self.due_at:
            return self.due_at
        moment = calendar.add_working_time(at, self.remaining)
        if ends_at_closing(self.limit, self.rule):
            moment = calendar.closing(moment.date())
        return max(moment, self.due_at)

    def _next_moment(self, at: datetime) -> datetime:
        """The moment of a change, which is not before the last one; refused once stopped."""
        self._refuse_stopped()
        at, last = _to_the_second(at), self.paused_at or self.running_since
        if at < last:
            raise ClockError(
                f"Thời điểm {at:%H:%M:%S %d/%m/%Y} sớm hơn lần ghi trước"
                f" ({last:%H:%M:%S %d/%m/%Y}); hãy kiểm tra lại giờ."
            )
        return at

    def _refuse_stopped(self) -> None:
        if self.stopped_at is not None:
            raise ClockError(
                f"Thời hạn đã kết thúc lúc {self.stopped_at:%H:%M %d/%m/%Y}, không đổi được nữa."
            )

    def _reading_moment(self, now: datetime) -> datetime:
        """The moment up to which time has passed for this clock."""
        if self.is_halted and self.paused_at is not None:
            return self.paused_at
        return self.stopped_at or local(now)


def _to_the_second(moment: datetime) -> datetime:
    return local(moment).replace(microsecond=0)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _read_moment(text: str) -> datetime:
    return local(datetime.fromisoformat(text))


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
