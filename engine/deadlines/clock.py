"""The clock of a dossier or of a step: a fold over its starts, pauses, resumes and extensions.

A clock keeps the changes it went through, so the same changes on the same calendar always give
the same clock, and a calendar announced later gives the clock that would have been
(`Clock.on`). Moments are kept in Vietnamese time, to the second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from bpmn.time_limit import StartRule, TimeLimit, Unit
from engine.deadlines.calendar import NO_TIME, WorkingCalendar, local
from engine.deadlines.clock_change import Change, ChangeKind
from engine.deadlines.clock_policy import ClockPolicy
from engine.deadlines.due import due, ends_at_closing


class ClockError(ValueError):
    """A change the clock cannot make in its state; the message says in Vietnamese what to do."""


@dataclass(frozen=True)
class Clock:
    """One time limit as it runs. Begin with `Clock.start`.

    `budget` is the working time granted since the start or the last RESET: what the limit gave,
    with extensions and with the rest of the day on which a limit by days ends after a pause.
    `spent` is what was consumed of it before `running_since`, the start or the last resume.
    Consumed and remaining time always add up to the budget. `due_at` is the date in force,
    `first_due_at` the one first promised, which never changes. A clock is halted from
    `paused_at` on, under a policy; it ends for good at `stopped_at`.
    """

    limit: TimeLimit
    rule: StartRule | None
    changes: tuple[Change, ...]
    due_at: datetime
    first_due_at: datetime
    running_since: datetime
    budget: timedelta
    spent: timedelta = NO_TIME
    paused_at: datetime | None = None
    policy: ClockPolicy | None = None
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
        begun = (Change(ChangeKind.STARTED, at),)
        budget = calendar.working_time(at, due_at)
        return cls(limit, rule, begun, due_at, due_at, running_since=at, budget=budget)

    @property
    def started_at(self) -> datetime:
        """When the clock began to run."""
        return self.changes[0].at

    @property
    def changed_at(self) -> datetime:
        """When the clock last changed."""
        return self.changes[-1].at

    @property
    def is_halted(self) -> bool:
        """Say whether the clock is paused."""
        return self.paused_at is not None

    @property
    def is_running(self) -> bool:
        """Say whether time is consumed."""
        return not self.is_halted and self.stopped_at is None

    def pause(self, calendar: WorkingCalendar, at: datetime, policy: ClockPolicy) -> Self:
        """Halt under a policy that halts; ClockError if paused or stopped already.

        Only a RESET may come while the clock is halted: it outweighs the policy it is under.
        """
        if not policy.halts:
            raise ValueError(f"Chính sách {policy} để thời hạn chạy tiếp, không tạm dừng.")
        return self._after(calendar, Change(ChangeKind.PAUSED, self._next(at), policy.value))

    def resume(self, calendar: WorkingCalendar, at: datetime) -> Self:
        """End the pause; ClockError if there is none.

        After PAUSE or STOP the working time that remained is counted from the resume; a limit
        that runs by the day ends at the closing of the day so found. The due date never
        becomes earlier, and one that had come at the pause stays as it was.
        """
        return self._after(calendar, Change(ChangeKind.RESUMED, self._next(at)))

    def extend(self, calendar: WorkingCalendar, at: datetime, by: TimeLimit) -> Self:
        """Put off the due date by further time, counted on from it, halted or not."""
        return self._after(calendar, Change(ChangeKind.EXTENDED, self._next(at), str(by)))

    def promise(self, calendar: WorkingCalendar, at: datetime, until: datetime) -> Self:
        """Put off the due date to a later moment; ClockError while halted, ValueError if it is
        not later. Should its day be off by a later announcement, the next working day counts;
        should the office shut earlier then, its closing."""
        until = _to_the_second(until)
        if until <= self.due_at:
            raise ValueError("Ngày hẹn lại phải sau hạn hiện tại.")
        return self._after(calendar, Change(ChangeKind.PROMISED, self._next(at), until.isoformat()))

    def stop(self, calendar: WorkingCalendar, at: datetime) -> Self:
        """End the clock for good, paused or not; ClockError if it was stopped before."""
        return self._after(calendar, Change(ChangeKind.STOPPED, self._next(at)))

    def on(self, calendar: WorkingCalendar, at: datetime) -> Self:
        """The clock as it would stand at `at`, had `calendar` been known all along.

        `first_due_at` stays: it is what was promised. And an announcement makes nothing late
        that was not, nor later than it was: a due date is kept that would now lie in the past.
        """
        return self._folded(calendar, at, self.limit)

    def limited(self, calendar: WorkingCalendar, at: datetime, limit: TimeLimit) -> Self:
        """The clock as it would stand at `at`, had it been started with another limit.

        It makes nothing late that was not, as with `on`.
        """
        return self._folded(calendar, at, limit)

    def _folded(self, calendar: WorkingCalendar, at: datetime, limit: TimeLimit) -> Self:
        folded = type(self).start(calendar, self.started_at, limit, self.rule)
        for change in self.changes[1:]:
            folded = folded._after(calendar, change)
        if folded.due_at < min(self.due_at, self._reading_moment(at)):
            kept = Change(ChangeKind.KEPT, _to_the_second(at), self.due_at.isoformat())
            folded = folded._after(calendar, kept)
        return replace(folded, first_due_at=self.first_due_at)

    def consumed(self, calendar: WorkingCalendar, now: datetime) -> timedelta:
        """Measure the working time used since the start or the last RESET, pauses left out."""
        if self.is_halted:
            return self.spent
        until = max(self.stopped_at or _to_the_second(now), self.running_since)
        return self.spent + calendar.working_time(self.running_since, until)

    def consumed_since(
        self, calendar: WorkingCalendar, since: datetime, now: datetime
    ) -> timedelta:
        """Measure the working time used from an earlier moment on, pauses left out."""
        since = _to_the_second(since)
        ran = ((max(begun, since), ended) for begun, ended in self._stretches(now))
        return sum((calendar.working_time(a, b) for a, b in ran if a < b), NO_TIME)

    def remaining(self, calendar: WorkingCalendar, now: datetime) -> timedelta:
        """Measure the working time left of the budget; negative once it is overdrawn."""
        return self.budget - self.consumed(calendar, now)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether the due date has passed; for a halted or stopped clock, whether it had."""
        return self._reading_moment(now) > self.due_at

    def to_json(self) -> dict[str, Any]:
        """Give the clock as a JSON object: ISO 8601 moments, durations in whole seconds."""
        return {
            "limit": str(self.limit),
            "rule": self.rule and str(self.rule),
            "changes": [[c.kind.value, c.at.isoformat(), c.detail] for c in self.changes],
            "due_at": self.due_at.isoformat(),
            "first_due_at": self.first_due_at.isoformat(),
            "running_since": self.running_since.isoformat(),
            "budget": _seconds(self.budget),
            "spent": _seconds(self.spent),
            "paused_at": self.paused_at and self.paused_at.isoformat(),
            "policy": self.policy and str(self.policy),
            "stopped_at": self.stopped_at and self.stopped_at.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave; KeyError or ValueError for anything else."""
        return cls(
            limit=TimeLimit.parse(data["limit"]),
            rule=data["rule"] and StartRule(data["rule"]),
            changes=tuple(
                Change(ChangeKind(kind), _read_moment(at), detail)
                for kind, at, detail in data["changes"]
            ),
            due_at=_read_moment(data["due_at"]),
            first_due_at=_read_moment(data["first_due_at"]),
            running_since=_read_moment(data["running_since"]),
            budget=timedelta(seconds=data["budget"]),
            spent=timedelta(seconds=data["spent"]),
            paused_at=data["paused_at"] and _read_moment(data["paused_at"]),
            policy=data["policy"] and ClockPolicy(data["policy"]),
            stopped_at=data["stopped_at"] and _read_moment(data["stopped_at"]),
        )

    def _after(self, calendar: WorkingCalendar, change: Change) -> Self:
        """The clock after one change: the step of the fold."""
        clock = replace(self, changes=(*self.changes, change))
        if change.kind is ChangeKind.PAUSED:
            return clock._paused(calendar, change.at, ClockPolicy(change.detail or ""))
        if change.kind is ChangeKind.RESUMED:
            return clock._resumed(calendar, change.at)
        if change.kind is ChangeKind.STOPPED:
            spent = self.consumed(calendar, change.at)
            return replace(clock, spent=spent, running_since=change.at, stopped_at=change.at)
        return clock._put_off(calendar, change)

    def _paused(self, calendar: WorkingCalendar, at: datetime, policy: ClockPolicy) -> Self:
        if self.is_halted and policy is ClockPolicy.RESET and self.policy is not policy:
            return replace(self, policy=policy)
        if self.paused_at is not None:
            raise ClockError(
                f"Thời hạn đang tạm dừng từ {self.paused_at:%H:%M %d/%m/%Y};"
                " hãy cho tiếp tục trước khi tạm dừng lần nữa."
            )
        return replace(self, paused_at=at, policy=policy, spent=self.consumed(calendar, at))

    def _resumed(self, calendar: WorkingCalendar, at: datetime) -> Self:
        if self.paused_at is None or self.policy is None:
            raise ClockError("Thời hạn đang chạy, không có tạm dừng nào để cho tiếp tục.")
        resumed = replace(self, paused_at=None, policy=None)
        if self.policy is ClockPolicy.RESET:
            due_at = due(calendar, at, self.limit, self.rule).due_at
            budget = calendar.working_time(at, due_at)
            return replace(resumed, running_since=at, spent=NO_TIME, budget=budget, due_at=due_at)
        return resumed._gone_on(calendar, at, self.paused_at)

    def _gone_on(self, calendar: WorkingCalendar, at: datetime, paused_at: datetime) -> Self:
        """After a pause whose time does not count: the time that was left runs from `at`."""
        running = replace(self, running_since=at)
        if paused_at >= self.due_at:
            return running
        moment = calendar.add_working_time(at, self.budget - self.spent)
        if ends_at_closing(self.limit, self.rule):
            moment = calendar.closing(moment.date())
        due_at = max(moment, self.due_at)
        budget = self.spent + calendar.working_time(at, due_at)
        return replace(running, due_at=due_at, budget=budget)

    def _put_off(self, calendar: WorkingCalendar, change: Change) -> Self:
        if self.is_halted and change.kind is ChangeKind.PROMISED:
            raise ClockError("Thời hạn đang tạm dừng; hãy cho tiếp tục trước khi hẹn lại.")
        due_at = self._later(calendar, change)
        at = self._reading_moment(change.at)
        budget = self.consumed(calendar, at) + calendar.working_time(at, due_at)
        if due_at < at:
            budget = self.consumed(calendar, at) - self.consumed_since(calendar, due_at, at)
        return replace(self, due_at=due_at, budget=budget)

    def _later(self, calendar: WorkingCalendar, change: Change) -> datetime:
        detail = change.detail or ""
        if change.kind is ChangeKind.EXTENDED:
            by = TimeLimit.parse(detail)
            rule = self.rule if by.unit is Unit.WORKING_DAYS else None
            return due(calendar, self.due_at, by, rule).due_at
        given = _read_moment(detail)
        moment = _in_hours(calendar, given)
        if change.kind is ChangeKind.KEPT and moment < given:
            moment = calendar.closing(calendar.plus_working_days(given.date(), 1))
        return max(moment, self.due_at)

    def _stretches(self, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """From when to when the clock ran, up to a moment."""
        begun: datetime | None = None
        for change in (*self.changes, Change(ChangeKind.STOPPED, _to_the_second(until))):
            if change.kind in (ChangeKind.STARTED, ChangeKind.RESUMED):
                begun = change.at
            elif begun and change.kind in (ChangeKind.PAUSED, ChangeKind.STOPPED):
                yield begun, change.at
                begun = None

    def _next(self, at: datetime) -> datetime:
        """The moment of a change, which is not before the last one; refused once stopped."""
        if self.stopped_at is not None:
            raise ClockError(
                f"Thời hạn đã kết thúc lúc {self.stopped_at:%H:%M %d/%m/%Y}, không đổi được nữa."
            )
        at, last = _to_the_second(at), self.changed_at
        if at < last:
            raise ClockError(
                f"Thời điểm {at:%H:%M:%S %d/%m/%Y} sớm hơn lần ghi trước"
                f" ({last:%H:%M:%S %d/%m/%Y}); hãy kiểm tra lại giờ."
            )
        return at

    def _reading_moment(self, now: datetime) -> datetime:
        """The moment up to which time has passed for this clock."""
        return self.paused_at or self.stopped_at or local(now)


def _in_hours(calendar: WorkingCalendar, moment: datetime) -> datetime:
    """The moment itself or the nearest in hours of its day; the next closing if it is off."""
    day = moment.date()
    if calendar.is_working_day(day):
        return calendar.at_clock(day, moment.time())
    return calendar.closing(calendar.plus_working_days(day, 0))


def _to_the_second(moment: datetime) -> datetime:
    return local(moment).replace(microsecond=0)


def _read_moment(text: str) -> datetime:
    return local(datetime.fromisoformat(text))


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
