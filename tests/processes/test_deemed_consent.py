"""Agencies whose opinion is asked for are heard at once; who is silent for twelve days agrees."""

from datetime import date

from engine.life.timers import timers
from engine.model.event import EventType
from engine.model.status import Channel
from engine.store import dossiers
from engine.store.events import log_of
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.office import Office
from tests.processes.walker import Walker
from tests.samples import shipped

ALL_THREE = {"review": {"ask_planning": True, "ask_fire": True, "ask_heritage": True}}


def test_silence_is_consent_after_twelve_days(
    sqlite_source: SqliteSource, clock: FakeClock
) -> None:
    with sqlite_source.fresh(FURNISHED) as database:
        walker = Walker(Office(database), clock, shipped("1_013225"))
        walker.answers = ALL_THREE
        walker.walk(Channel.DIRECT, {}, "check_papers=accept digitise review=approve")
        opened = {task.step for task in walker.dossier.tasks.values()}
        assert opened == {"inspect_site", "opinion_planning", "opinion_fire", "opinion_heritage"}
        promised = walker.dossier.due_at
        walker.take("inspect_site")
        walker.take("opinion_fire")
        while "appraise" not in {task.step for task in walker.dossier.tasks.values()}:
            clock.set(min(timers(walker.dossier).values()))
            walker.fire_due()
        assert clock().date() == date(2026, 7, 20), "the twelfth day is a Saturday"
        assert {task.step for task in walker.dossier.tasks.values()} == {"appraise"}
        assert (walker.dossier.pauses, walker.dossier.due_at) == ([], promised)
        with database.reading() as tx:
            logged = log_of(tx, dossiers.read(tx, walker.dossier.code).id)
        log = [(each.event.type, each.event.data.get("step")) for each in logged]
        for agency in ("planning", "heritage"):
            assert (EventType.TASK_CANCELLED, f"opinion_{agency}") in log
            assert (EventType.WAIT_ENDED, f"{agency}_silent") in log
        assert (EventType.TASK_CANCELLED, "opinion_fire") not in log
        assert EventType.TASK_OVERDUE not in {type_ for type_, _ in log}
        assert walker.verified() is None
