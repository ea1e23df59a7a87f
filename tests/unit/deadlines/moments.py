"""What the tests of time share: short ways to name moments, limits and a calendar."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from bpmn.time_limit import TimeLimit
from engine.deadlines.calendar import VIETNAM, WorkingCalendar
from engine.deadlines.holidays_vn import standard_calendar

CALENDAR = standard_calendar()
HOUR = timedelta(hours=1)
# The first question loads the library of holidays, too slow for one example of Hypothesis.
CALENDAR.is_working_day(date(2026, 1, 1))

moments = st.builds(
    lambda seconds: datetime(2024, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=seconds),
    st.integers(0, 4 * 365 * 86_400),
)
limits = st.one_of(
    st.decimals(0, 200, places=2).map(lambda n: f"{n} hours"),
    st.integers(1, 60).map(lambda n: f"{n} working_days"),
    st.sampled_from(["0.5 working_days", "1.25 working_days", "same_day"]),
    st.integers(1, 90).map(lambda n: f"{n} days"),
    st.integers(1, 6).map(lambda n: f"{n} months"),
).map(TimeLimit.parse)


def at(text: str) -> datetime:
    """Read `2026-07-06 09:32` as Vietnamese time."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def day(text: str) -> date:
    """Read `06/07/2026`."""
    number, month, year = map(int, text.split("/"))
    return date(year, month, number)


def limit(text: str) -> TimeLimit:
    """Read a time limit."""
    return TimeLimit.parse(text)


def is_within_working_time(moment: datetime, calendar: WorkingCalendar = CALENDAR) -> bool:
    """Say whether the office is open at `moment` or shuts at it."""
    clock = moment.time()
    sessions = calendar.hours_on(moment.date()).sessions
    in_session = any(s.start <= clock <= s.end for s in sessions)
    return in_session and calendar.is_working_day(moment.date())
