"""What the forecast says of simulated lives comes about."""

from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from sqlalchemy import select

from engine.commands.acting import Target
from engine.commands.tasks import CompleteTask, complete_task
from engine.deadlines.holidays_vn import standard_calendar
from engine.queries.forecast import ForecastItem, forecast
from engine.queries.likelihood import Confidence
from engine.queries.paging import Slice
from engine.store.tables import dossier
from notifications.tick import tick
from tests.clock import START, FakeClock
from tests.integration.scheduler.lives import current, submit
from tests.office import Office

LIVES, LEARNT = 200, 80
CALENDAR = standard_calendar()
WORKERS = {"appraise": "office1", "sign": "leader1", "deliver": "reception1"}
LATE = {"cause": "cham_xu_ly"}


class Simulated:
    """An office that takes in a dossier every other hour, due in three working days; how long its
    steps take is chance."""

    def __init__(self, office: Office, clock: FakeClock) -> None:
        self.office, self.clock = office, clock
        self.random = Random(7)
        self.planned: list[tuple[datetime, str, str]] = []
        self.said: list[ForecastItem] = []

    def play(self) -> None:
        """Every dossier from beginning to end, with a forecast whenever one comes in."""
        at = START
        for number in range(LIVES):
            self.work_until(at)
            self.clock.set(at)
            (made,) = submit(self.office, 1, at)
            self.plan(made.code, "appraise", at, self.random.lognormvariate(2.8, 0.5))
            if number >= LEARNT and number % 4 == 0:
                self.forecast(at)
            at = self._after(at, 2.0)
        self.work_until(at + timedelta(days=365))

    def plan(self, code: str, step: str, at: datetime, hours: float) -> None:
        """Someone will complete the step after so many working hours."""
        heappush(self.planned, (self._after(at, hours), code, step))

    def work_until(self, end: datetime) -> None:
        """Complete what is to be completed by then, timers firing in between."""
        while self.planned and self.planned[0][0] <= end:
            at, code, step = heappop(self.planned)
            self.clock.set(at)
            self.complete(code, step)
            if step == "appraise":
                self.plan(code, "sign", at, self.random.lognormvariate(2.0, 0.5))
            else:
                self.complete(code, "deliver")

    def complete(self, code: str, step: str) -> None:
        """Hand in the form, saying why it is late in case it is."""
        tick(self.office.database, self.clock)
        (place,) = current(self.office.database, code).tasks
        form = {} if step == "deliver" else {"decision": "approve"}
        actor = self.office.actor(WORKERS[step])
        with self.office.database.transaction() as tx:
            command = CompleteTask(Target(code), place, form, LATE)
            complete_task(tx, command, actor, self.clock())

    def forecast(self, now: datetime) -> None:
        """Note what is said now."""
        tick(self.office.database, self.clock)
        actor = self.office.actor("control1")
        with self.office.database.reading() as tx:
            page = forecast(tx, Slice(500), None, 10, actor, now)
        self.said += page.items

    def late(self) -> set[str]:
        """Dossiers that ended late."""
        query = select(dossier.c.code).where(dossier.c.standing == "done_late")
        with self.office.database.reading() as tx:
            return set(tx.execute(query).scalars())

    @staticmethod
    def _after(at: datetime, hours: float) -> datetime:
        return CALENDAR.add_working_time(at, timedelta(hours=hours)).replace(microsecond=0)


def test_most_of_what_is_likely_happens(office: Office, clock: FakeClock) -> None:
    simulated = Simulated(office, clock)
    simulated.play()
    late = simulated.late()
    assert LIVES * 0.2 < len(late) < LIVES * 0.8
    known = [item for item in simulated.said if item.confidence is not Confidence.FEW_DATA]
    likely = [item.code in late for item in known if item.probability >= 0.8]
    unlikely = [item.code in late for item in known if item.probability <= 0.2]
    assert len(likely) > 10
    assert sum(likely) / len(likely) > 0.6
    assert len(unlikely) > 10
    assert sum(unlikely) / len(unlikely) < 0.4
