"""Many running dossiers are taken to another version: tried, started, stopped, and proven."""

import threading

import pytest
from sqlalchemy import select

from engine.commands.dossier_migrations import stop_migration
from engine.errors import NotPermitted, ProcedureUnknown
from engine.errors.migration import (
    MigrationEmpty,
    MigrationGroundMissing,
    MigrationNotTried,
    MigrationStepUnknown,
    MigrationUnknown,
)
from engine.model.dossier import Dossier
from engine.model.migration import Choice
from engine.queries.dossier_migrations import list_migrations, migration
from engine.queries.life import life_of
from engine.queries.paging import Slice
from engine.store import dossiers
from engine.store.database import Database
from engine.store.tables import dossier, event
from engine.verification import all_codes, verify_dossier
from notifications.migrating import carry_on
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.integration.migrations.planned import WHO, Desk
from tests.office import COMMUNE_1, COMMUNE_2, Office


@pytest.fixture
def lives(office: Office, clock: FakeClock) -> Lives:
    return Lives(office, clock)


@pytest.fixture
def desk(lives: Lives) -> Desk:
    """Before any dossier: what is made by `lives` is of the old version."""
    return Desk(lives)


def old(desk: Desk, *states: str) -> list[str]:
    """Codes of dossiers of the old version in these states."""
    lives = Lives(desk.office, desk.lives.clock)  # puts the old version in force again
    return [getattr(lives, state)().code for state in states]


def assert_proven(database: Database) -> None:
    with database.reading() as tx:
        assert [verify_dossier(tx, code) for code in all_codes(database)] == [
            None for _ in all_codes(database)
        ]


def _now(desk: Desk, code: str) -> Dossier:
    with desk.database.reading() as tx:
        return dossiers.read(tx, code).dossier


def versions(database: Database) -> dict[str, str]:
    with database.reading() as tx:
        return {r.code: r.version for r in tx.execute(select(dossier.c.code, dossier.c.version))}


STATES = ("submitted", "accepted", "claimed", "supplementing", "obliged", "signing", "suspended")


def test_dossiers_in_every_state_go_over_and_are_proven(desk: Desk) -> None:
    codes = old(desk, *STATES)
    assert desk.plan() == len(STATES)
    before = versions(desk.database)
    assert desk.work() == len(STATES)
    assert desk.counts() == {"possible": len(STATES)}
    assert versions(desk.database) == before
    desk.start()
    assert desk.work() == len(STATES)
    assert desk.counts() == {"done": len(STATES)}
    assert versions(desk.database) == dict.fromkeys(codes, desk.version)
    assert_proven(desk.database)
    on = desk.lives.complete(_now(desk, codes[1]), "office1", decision="approve")
    assert [task.step for task in on.tasks.values()] == ["sign"]
    assert_proven(desk.database)


def test_what_cannot_go_over_is_said_and_left(desk: Desk) -> None:
    codes = old(desk, "accepted", "signing")
    desk.plan(steps={})
    desk.work()
    assert desk.counts() == {"impossible": 1, "possible": 1}
    assert "Việc appraise" in str(desk.unable()[codes[0]])
    desk.start()
    desk.work()
    assert versions(desk.database)[codes[1]] == desk.version
    assert versions(desk.database)[codes[0]] != desk.version
    assert_proven(desk.database)


def test_what_changed_since_it_was_tried_is_refused_when_its_turn_comes(desk: Desk) -> None:
    ended, going = old(desk, "submitted", "accepted")
    desk.plan()
    desk.work()
    desk.lives.complete(_now(desk, ended), "reception1", decision="refuse")
    desk.start()
    desk.work()
    assert desk.counts() == {"done": 1, "refused": 1}
    assert list(desk.unable()) == [ended]
    assert versions(desk.database)[going] == desk.version


def test_it_stops_before_the_next_dossier_and_goes_on_where_it_stopped(desk: Desk) -> None:
    old(desk, *["accepted"] * 5)
    desk.plan()
    desk.work()
    desk.start()
    desk.work(most=3)
    with desk.database.transaction() as tx:
        stop_migration(tx, desk.number, desk.office.actor(WHO), desk.lives.clock())
    done = desk.counts()["done"]
    assert desk.work() == 0
    assert desk.counts() == {"done": done, "possible": 5 - done}
    desk.start()
    desk.work()
    assert desk.counts() == {"done": 5}
    assert_proven(desk.database)


def test_several_at_once_and_people_at_work_meanwhile(desk: Desk) -> None:
    """Nobody is lost, none is migrated twice, and what people did meanwhile stands."""
    codes = old(desk, *["claimed"] * 12)
    desk.plan()
    desk.work()
    desk.start()

    def complete() -> None:
        for code in codes:
            now = _now(desk, code)
            desk.lives.complete(now, "office1", decision="approve")

    threads = [threading.Thread(target=complete)]
    if not desk.database.is_sqlite:
        threads += [threading.Thread(target=carry_on, args=(desk.database, desk.lives.clock))]
    for thread in threads:
        thread.start()
    desk.work()
    for thread in threads:
        thread.join()
    desk.work()
    assert desk.counts() == {"done": 12}
    with desk.database.reading() as tx:
        moved = tx.execute(select(event.c.dossier_id).where(event.c.type == "DOSSIER_MIGRATED"))
        assert len(moved.all()) == 12
    for code in codes:
        assert [task.step for task in _now(desk, code).tasks.values()] == ["sign"]
    assert_proven(desk.database)


def test_only_chosen_dossiers_are_taken(desk: Desk) -> None:
    begun = desk.lives.clock()
    codes = old(desk, "accepted", "signing", "submitted")
    version = versions(desk.database)[codes[0]]
    assert desk.plan(choice=Choice(step="sign")) == 1
    assert desk.plan(choice=Choice(version=version)) == 3
    assert desk.plan(choice=Choice(received_from=begun)) == 2
    with pytest.raises(MigrationEmpty):
        desk.plan(choice=Choice(version="0" * 64))


def test_what_makes_no_sense_is_refused(desk: Desk) -> None:
    old(desk, "accepted")
    with pytest.raises(MigrationStepUnknown):
        desk.plan(steps={"appraise": "nowhere"})
    for ground in (" ", "x" * 2_001):
        with pytest.raises(MigrationGroundMissing):
            desk.plan(ground=ground)
    with pytest.raises(NotPermitted):
        desk.plan(agency=COMMUNE_2)
    desk.version = "0" * 64
    with pytest.raises(ProcedureUnknown):
        desk.plan()


def test_it_is_tried_before_it_starts_and_others_do_not_see_it(desk: Desk) -> None:
    old(desk, "accepted")
    desk.plan()
    with pytest.raises(MigrationNotTried, match="Đang chạy thử"):
        desk.start()
    other = desk.office.actor("administrator2")
    with desk.database.reading() as tx:
        with pytest.raises(MigrationUnknown):
            migration(tx, desk.number, other)
        assert list_migrations(tx, Slice(10), other).items == []
        mine = list_migrations(tx, Slice(10), desk.office.actor(WHO)).items
    assert [each.agency for each in mine] == [COMMUNE_1]


def test_the_history_tells_of_both_versions(desk: Desk) -> None:
    (code,) = old(desk, "signing")
    desk.plan()
    desk.work()
    desk.start()
    desk.work()
    with desk.database.reading() as tx:
        auditor = desk.office.actor("auditor1")
        life = life_of(tx, code, auditor, lambda acts: range(1, len(acts) + 1))
    assert life.stop is None
    drawn = [moment.drawings[0].name for moment in life.moments]
    assert drawn[-1] == "procedure"
    assert all(name.startswith("v") and name.endswith(".procedure") for name in drawn[:-1])
    assert any("Việc appraise" in act.text for act in life.acts)
    assert life.acts[-1].text.startswith("Chuyển sang phiên bản khác của quy trình: phiên bản")
