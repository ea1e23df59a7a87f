"""What the portal shows is compared with what it should, and told again where it differs."""

import pytest
from sqlalchemy import select, update

from engine.model.portal import Difference, SyncState
from engine.model.status import Channel
from engine.store import errands
from engine.store.database import Database
from engine.store.portal_tables import portal_difference
from engine.store.tables import dossier
from notifications.portal_round import reconcile
from notifications.portal_upkeep import reconcile_once_a_night
from tests.clock import FakeClock
from tests.integration.portal.telling import differing, send_all, states, use_portal
from tests.office import Office
from tests.portal import SimulatedPortal
from tests.processes.walker import Walker
from tests.samples import shipped


@pytest.fixture
def told(
    office: Office, database: Database, clock: FakeClock, portal: SimulatedPortal
) -> list[Walker]:
    """Four dossiers that were received, of which the portal took everything."""
    use_portal(database)
    walkers = [Walker(office, clock, shipped("1_001193")) for _ in range(4)]
    for walker in walkers:
        walker.walk(Channel.DIRECT, {}, "check_papers=accept digitise")
    send_all(database, clock, portal)
    return walkers


def found(database: Database) -> dict[str, str]:
    """What differed, by dossier."""
    query = select(portal_difference.c.dossier, portal_difference.c.kind)
    with database.reading() as tx:
        return {row.dossier: row.kind for row in tx.execute(query)}


def test_every_kind_of_difference_is_healed(
    told: list[Walker], database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    lost, behind, ahead, same = (walker.dossier.code for walker in told)
    portal.behave(forget=1)
    told[1].take("appraise=approve")
    send_all(database, clock, portal)
    portal.behave()
    portal.forget(lost)
    portal.advance(ahead, 40)
    assert set(states(database).values()) == {SyncState.SYNCHRONISED}
    report = reconcile(database, clock, portal.account)
    assert (report.compared, report.healed, report.failed) == (4, 3, None)
    assert found(database) == {
        lost: Difference.UNKNOWN_THERE,
        behind: Difference.BEHIND,
        ahead: Difference.AHEAD,
    }
    healing = states(database)
    assert {healing[code] for code in (lost, behind, ahead)} == {SyncState.DIFFERS}
    assert healing[same] is SyncState.SYNCHRONISED
    send_all(database, clock, portal)
    assert differing(database, portal) == []
    assert set(states(database).values()) == {SyncState.SYNCHRONISED}
    assert reconcile(database, clock, portal.account).healed == 0


def test_a_dossier_that_the_portal_shows_as_going_on_long_after_its_end(
    told: list[Walker], database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    portal.behave(forget=1)
    for step in ("appraise=approve", "enter_register", "sign=approve", "seal", "deliver"):
        told[0].take(step)
    send_all(database, clock, portal)
    portal.behave()
    clock.advance(days=100)
    assert reconcile(database, clock, portal.account).healed == 1
    send_all(database, clock, portal)
    assert differing(database, portal) == []


def test_a_dossier_that_nobody_here_knows_is_left_to_a_person(
    told: list[Walker], database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    with database.transaction() as tx:
        first = update(dossier).where(dossier.c.code == told[0].dossier.code)
        tx.execute(first.values(code="KHAC"))
    report = reconcile(database, clock, portal.account)
    stranger = told[0].dossier.code
    assert report.strangers == 1
    assert found(database)[stranger] == Difference.UNKNOWN_HERE


def test_what_waits_is_not_told_twice(
    told: list[Walker], database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    portal.forget(told[0].dossier.code)
    told[0].take("appraise=approve")
    assert reconcile(database, clock, portal.account).healed == 0
    send_all(database, clock, portal)
    assert reconcile(database, clock, portal.account).healed == 1


def test_once_a_night_and_again_where_it_failed(
    told: list[Walker], database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    def tonight() -> object:
        return reconcile_once_a_night(database, clock, portal.account)

    clock.set("2026-07-08 01:29")
    assert tonight() is None
    clock.set("2026-07-08 01:30")
    portal.behave(down=True)
    failed = reconcile_once_a_night(database, clock, portal.account)
    assert failed is not None
    assert failed.failed is not None
    assert tonight() is None
    portal.behave()
    clock.advance(errands.LEASE)
    assert tonight() is not None
    clock.advance(hours=1)
    assert tonight() is None
