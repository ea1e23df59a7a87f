"""A clock that shows what the test says."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 7, 6, 8, 0, tzinfo=VIETNAM)
"""A Monday morning without holidays near, when the office opens."""


class FakeClock:
    """Stands still until told otherwise; goes where `engine.wallclock.Clock` is asked for."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def set(self, moment: datetime | str) -> datetime:
        """Show this moment; a text is Vietnamese time, e.g. `2026-07-06 15:30`."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
        if moment.tzinfo is None:
            raise ValueError("naive datetime")
        self._now = moment
        return moment

    def advance(self, by: timedelta | None = None, **units: float) -> datetime:
        """Go on by a duration, or by units of one: `advance(hours=2)`."""
        return self.set(self._now + (by or timedelta()) + timedelta(**units))
