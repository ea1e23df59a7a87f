"""Working time backwards and under a deadline, for lives that must be so far by a moment."""

from datetime import datetime, timedelta

from engine.deadlines.calendar import VIETNAM, WorkingCalendar

_NEAR = timedelta(days=60)
_SHARE = 12
"""One delay takes at most this part of the working time that is left."""


def working_hours_before(calendar: WorkingCalendar, moment: datetime, hours: float) -> datetime:
    """The moment of a working day from which `hours` of working time pass until `moment`."""
    amount = timedelta(hours=hours)
    days = int(amount / calendar.day_length) + 2
    local = moment.astimezone(VIETNAM)
    first = calendar.plus_working_days(local.date(), -days)
    start = datetime.combine(first, calendar.sessions[0].start, VIETNAM)
    return calendar.add_working_time(start, calendar.working_time(start, local) - amount)


def hurried(
    calendar: WorkingCalendar, at: datetime, delay: timedelta, deadline: datetime
) -> timedelta:
    """The delay, shortened where the deadline is near, so that many more fit in before it."""
    if deadline - at > _NEAR:
        return delay
    if deadline <= at:
        return timedelta(0)
    return min(delay, calendar.working_time(at, deadline) / _SHARE)
