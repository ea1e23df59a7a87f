"""The portal is down for a day and comes back half broken; in the end it shows what it should.

Messages leave through a real dispatcher process, which is killed again and again.
"""

import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from time import sleep

import pytest

from cli.simulators.portal_memory import Verdict
from engine.model.portal import SyncState
from engine.store.database import Database
from notifications.portal_round import reconcile
from tests.clock import FakeClock
from tests.integration.portal.telling import (
    differing,
    send_all,
    states,
    use_portal,
    waiting,
)
from tests.office import Office
from tests.portal import SimulatedPortal
from tests.processes.going import Way
from tests.processes.walker import Walker
from tests.processes.ways import A_FEW, WAYS
from tests.samples import shipped

SPEED = 600
"""So many times as fast as ours runs the clock of the dispatcher process."""

HALF_BROKEN = {
    "slow_seconds": 0.002, "fail": 0.15, "cut_before": 0.1, "cut_after": 0.15, "twice": 0.15,
    "forget": 0.1, "stale": 0.1, "token_seconds": 31.0,
}  # fmt: skip
DAYS_WAYS = [(folder, way) for folder in A_FEW for way in WAYS[folder] if "~" not in way.steps]
"""Those that take no weeks, which the clock of the dispatcher process would not see pass."""
QUICK_WAYS = DAYS_WAYS[::3]


class BadDay:
    """An office at work, its portal, and who tells it."""

    def __init__(self, database: Database, clock: FakeClock, portal: SimulatedPortal) -> None:
        self.database, self.clock, self.portal = database, clock, portal
        self.office = Office(database)
        self._chance = random.Random(2026)

    @contextmanager
    def dispatching(self) -> Iterator[None]:
        """A dispatcher process that is at work, until it is killed at the end of the block."""
        url = self.database.engine.url.render_as_string(hide_password=False)
        module = "tests.integration.portal.dispatching"
        moment = self.clock().isoformat()
        command = [sys.executable, "-m", module, url, self.portal.url, moment, str(SPEED)]
        quiet = {"stderr": subprocess.DEVNULL, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, **quiet) as process:  # type: ignore[call-overload]
            try:
                assert process.stdout.readline() == b"ready\n"
                yield
            finally:
                process.kill()

    def kill_again_and_again(self, times: int) -> None:
        """So often, each time at another moment, or until nothing waits any more."""
        while times and waiting(self.database):
            with self.dispatching():
                sleep(self._chance.uniform(0.2, 1.0))
            self.clock.advance(hours=1)
            times -= 1

    def work(self, ways: list[tuple[str, Way]]) -> None:
        """Lead a dossier along each way."""
        for folder, way in ways:
            walker = Walker(self.office, self.clock, shipped(folder))
            walker.walk(way.channel, way.changes, way.steps)


def live_through(day: BadDay, ways: list[tuple[str, Way]], times: int) -> None:
    """Half of the work while the portal is down, the other half while it is half broken."""
    use_portal(day.database)
    half = len(ways) // 2
    day.portal.stop()
    with day.dispatching():
        day.work(ways[:half])
    day.clock.advance(days=1)
    day.portal.start()
    day.portal.behave(**HALF_BROKEN)
    with day.dispatching():
        day.work(ways[half:])
    day.clock.advance(hours=2)
    day.kill_again_and_again(times)


def recover(day: BadDay) -> None:
    """The portal is well again, and is compared with once."""
    day.portal.behave()
    send_all(day.database, day.clock, day.portal)
    report = reconcile(day.database, day.clock, day.portal.account)
    assert report.failed is None
    send_all(day.database, day.clock, day.portal)


def check(day: BadDay) -> None:
    """It shows everything as it is; nothing was lost, doubled or out of order."""
    assert differing(day.database, day.portal) == []
    assert set(states(day.database).values()) == {SyncState.SYNCHRONISED}
    taken: dict[str, list[int]] = defaultdict(list)
    acknowledged: dict[str, set[int]] = defaultdict(set)
    for line in day.portal.journal():
        assert line["verdict"] in (Verdict.TAKEN, Verdict.KNOWN, Verdict.FORGOTTEN)
        if line["verdict"] == Verdict.TAKEN:
            taken[line["code"]].append(line["number"])
        acknowledged[line["code"]].add(line["number"])
    for code, numbers in taken.items():
        assert numbers == sorted(set(numbers))
        assert acknowledged[code] == set(range(1, numbers[-1] + 1))
    assert reconcile(day.database, day.clock, day.portal.account).healed == 0


def test_a_day_without_the_portal(
    office: Office, database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    day = BadDay(database, clock, portal)
    live_through(day, QUICK_WAYS, times=3)
    recover(day)
    check(day)


@pytest.mark.soak
def test_days_without_the_portal(
    office: Office, database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    day = BadDay(database, clock, portal)
    for _ in range(2):
        ways = list(islice(cycle(DAYS_WAYS), 2 * len(DAYS_WAYS)))
        live_through(day, ways, times=100)
        recover(day)
        check(day)
