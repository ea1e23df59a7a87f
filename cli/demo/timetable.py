"""When things happen to one dossier, so that at the end it is where its plan wants it."""

from datetime import date, datetime, time, timedelta
from random import Random

from bpmn.procedure import Procedure
from cli.demo.kinds import KINDS, POSTING
from cli.demo.plans import Plan, Rest
from cli.demo.ways import calendar_wait
from engine.deadlines.calendar import VIETNAM, WorkingCalendar
from engine.model.dossier import Dossier

_BEGIN = ("check_papers", "digitise", "appraise")
_SIDE_LINES = {
    "await_intake_supplement": ("check_papers",),
    "await_supplement": (*_BEGIN, "send_supplement_request"),
    "return_papers": ("check_papers", "digitise"),
}
"""What comes before places that no straight life passes."""

_POSTED = timedelta(days=16)
_WAITED_HOURS = 24.0
_LEAST_HOURS = 0.25
_NEAR = timedelta(days=60)
_NOTICE_DAYS = 2
_PUT_OFF_DAYS = (3, 8)
_SHARE = 12
"""One delay takes at most this part of the working time that is left."""


class Timetable:
    """The moments of one life: when it is handed in, and how long each thing may take.

    A finished life takes its time as its pace says, and hurries when now comes near. An open
    one spreads its time so that it comes to its place of rest exactly when it is to.
    """

    def __init__(
        self, plan: Plan, procedure: Procedure, calendar: WorkingCalendar, now: datetime
    ) -> None:
        self._plan = plan
        self._procedure = procedure
        self._calendar = calendar
        self._arrival, self._deadline = now, now - calendar_wait(plan.way, plan.procedure)
        self._ahead: tuple[str, ...] = ()
        if plan.rest is None:
            self.submitted_at = working_hours_before(calendar, now, plan.age)
        else:
            self.submitted_at = self._plan_rest(plan.rest, now)

    def _plan_rest(self, rest: Rest, now: datetime) -> datetime:
        before = _line_to(self._plan.procedure, rest.step)
        self._arrival = working_hours_before(self._calendar, now, self._rested(rest))
        self._deadline, self._ahead = self._arrival, before
        begin = self._arrival
        if POSTING in before:
            split = before.index(POSTING)
            self._ahead, later = before[:split], before[split + 1 :]
            begin = working_hours_before(self._calendar, begin, self._worked(later)) - _POSTED
            self._deadline = begin
        return working_hours_before(self._calendar, begin, self._worked(self._ahead))

    def lapse(self) -> None:
        """The time of a wait has run out."""
        self._deadline = self._arrival
        if self._plan.rest:
            before = _line_to(self._plan.procedure, self._plan.rest.step)
            self._ahead = before[before.index(POSTING) + 1 :] if POSTING in before else ()

    def moment(self, at: datetime, place: str, hours: float, share: float, rng: Random) -> datetime:
        """When something at a place is done, begun at `at`.

        `hours` is what it takes by itself; `share` says which part of all that happens at this
        place it is.
        """
        if self._plan.rest is None:
            delay = self._hurried(at, timedelta(hours=hours))
        else:
            delay = self._spread(at, place, share, rng)
        moment = self._calendar.add_working_time(at, delay)
        return max(at, moment.replace(microsecond=0))

    def soon(self, at: datetime, hours: float) -> datetime:
        """A moment of working time after at most so many hours, well before the time is up."""
        if self._deadline - at > _NEAR:
            return self.after(at, hours)
        delay = min(timedelta(hours=hours), self._left(at) / _SHARE)
        return self.after(at, delay / timedelta(hours=1))

    def after(self, at: datetime, hours: float) -> datetime:
        """The moment so many working hours later."""
        moment = self._calendar.add_working_time(at, timedelta(hours=hours))
        return max(at, moment.replace(microsecond=0))

    def later_due(self, at: datetime, dossier: Dossier, rng: Random) -> date | None:
        """A working day to which the due date may be put off, None when it is too late for it."""
        clock = dossier.clock
        if clock is None or not clock.is_running:
            return None
        asked_by = self._calendar.plus_working_days(at.astimezone(VIETNAM).date(), _NOTICE_DAYS)
        if asked_by >= clock.due_at.date():
            return None
        return self._calendar.plus_working_days(clock.due_at.date(), rng.randint(*_PUT_OFF_DAYS))

    def allowed(self, step: str) -> float:
        """Working hours that a step allows; 0 where there is no limit."""
        known = self._procedure.places.steps.get(step)
        return float(known.limit.working_hours()) if known else 0.0

    def _rested(self, rest: Rest) -> float:
        return rest.share * self.allowed(rest.step) or rest.hours

    def _worked(self, places: tuple[str, ...]) -> float:
        return sum(self._weight(place) for place in places) * self._plan.pace

    def _weight(self, place: str) -> float:
        if place.startswith("await"):
            return _WAITED_HOURS
        return max(_LEAST_HOURS, self.allowed(place))

    def _spread(self, at: datetime, place: str, share: float, rng: Random) -> timedelta:
        left = self._left(at)
        own = self._weight(place)
        after = self._ahead[self._ahead.index(place) + 1 :] if place in self._ahead else ()
        following = sum(map(self._weight, after)) + own * (1 - share)
        if not following:
            return left
        return left * (own * share / (own * share + following)) * rng.uniform(0.6, 1.0)

    def _hurried(self, at: datetime, delay: timedelta) -> timedelta:
        if self._deadline - at > _NEAR:
            return delay
        return min(delay, self._left(at) / _SHARE)

    def _left(self, at: datetime) -> timedelta:
        if at >= self._deadline:
            return timedelta(0)
        return self._calendar.working_time(at, self._deadline)


def working_hours_before(calendar: WorkingCalendar, moment: datetime, hours: float) -> datetime:
    """The moment of a working day from which `hours` of working time pass until `moment`."""
    amount = timedelta(hours=hours)
    local = moment.astimezone(VIETNAM)
    days = int(amount / calendar.day_length(local.date())) + 2
    first = calendar.plus_working_days(local.date(), -days)
    start = calendar.at_clock(first, time())
    return calendar.add_working_time(start, calendar.working_time(start, local) - amount)


def _line_to(procedure: str, place: str) -> tuple[str, ...]:
    line = KINDS[procedure].line
    return line[: line.index(place)] if place in line else _SIDE_LINES[place]
