"""Refusals stop a dossier's lane until somebody sends again; a portal newly used gets all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands.portal import ResendMany, resend_dossier, resend_many
from engine.errors.portal import PortalNotUsed
from engine.model.portal import SyncState
from engine.model.status import Channel
from engine.queries.paging import Slice
from engine.queries.portal import list_syncs, signs, sync_of
from engine.store import portal_link
from engine.store.database import Database
from engine.store.outbox_tables import message
from engine.store.portal_link import BETWEEN
from engine.store.portal_tables import portal_link as link
from notifications.channels.portal import PortalCarrier
from notifications.dispatcher import dispatch
from notifications.portal_upkeep import keep_up, resend_asked
from tests.clock import FakeClock
from tests.integration.messages.people import address_of, give_addresses
from tests.integration.portal.telling import differing, send_all, states, use_portal
from tests.office import Office
from tests.portal import SimulatedPortal
from tests.processes.walker import Walker
from tests.samples import shipped

HOURS = 4


def led(office: Office, clock: FakeClock, way: str = "check_papers=accept digitise") -> Walker:
    """A dossier of a birth along a way."""
    walker = Walker(office, clock, shipped("1_001193"))
    walker.walk(Channel.DIRECT, {}, way)
    return walker


def send(database: Database, clock: FakeClock, portal: SimulatedPortal) -> None:
    """Whatever is due now."""
    dispatch(database, clock, PortalCarrier(portal.account))


class TestRefusal:
    """The portal refuses what comes of one dossier."""

    @pytest.fixture
    def walker(
        self, office: Office, database: Database, clock: FakeClock, portal: SimulatedPortal
    ) -> Walker:
        """It was handed in and received, and so were others."""
        use_portal(database)
        walker = led(office, clock)
        portal.behave(refuse=[walker.dossier.code])
        led(office, clock)
        send(database, clock, portal)
        return walker

    def test_it_stops_the_dossier_and_no_other(
        self, walker: Walker, database: Database, clock: FakeClock, portal: SimulatedPortal
    ) -> None:
        walker.take("appraise=approve")
        send(database, clock, portal)
        assert list(states(database).values()) == [SyncState.FAILED, SyncState.SYNCHRONISED]
        assert portal.shows(walker.dossier.code) is None
        with database.reading() as tx:
            found = sync_of(tx, walker.dossier.code, walker.someone("reception1"))
            assert found is not None
            assert "MaTTHC chưa được công bố" in (found.last_error or "")
            assert signs(tx, clock()).refused == 1

    def test_somebody_sends_it_again_as_it_is_now(
        self, walker: Walker, database: Database, clock: FakeClock, portal: SimulatedPortal
    ) -> None:
        walker.take("appraise=approve")
        portal.behave()
        send(database, clock, portal)
        assert portal.shows(walker.dossier.code) is None
        with database.transaction() as tx:
            administrator = walker.office.actor("administrator1")
            resend_dossier(tx, walker.dossier.code, administrator, clock())
        send(database, clock, portal)
        assert differing(database, portal) == []
        assert set(states(database).values()) == {SyncState.SYNCHRONISED}

    def test_or_all_of_them(
        self, walker: Walker, database: Database, clock: FakeClock, portal: SimulatedPortal
    ) -> None:
        portal.behave()
        office = walker.office
        with database.transaction() as tx:
            stranger = resend_many(tx, ResendMany(), office.actor("administrator2"))
            asked = resend_many(tx, ResendMany(SyncState.FAILED), office.actor("administrator"))
            again = resend_many(tx, ResendMany(), office.actor("administrator"))
            assert (stranger, asked, again) == (0, 1, 0)
            [item] = list_syncs(tx, Slice(10), None, office.actor("administrator")).items
            assert item.asked
        assert resend_asked(database, clock) == 1
        assert resend_asked(database, clock) == 0
        send(database, clock, portal)
        assert differing(database, portal) == []


def test_a_portal_newly_used_is_told_of_all_that_goes_on(
    office: Office, database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    open_ones = [led(office, clock) for _ in range(3)]
    led(office, clock, "check_papers=refuse")
    keep_up(database, clock, HOURS)
    late = led(office, clock)
    open_ones[0].take("appraise=approve")
    send_all(database, clock, portal)
    known = [walker.dossier.code for walker in (*open_ones, late)]
    assert sorted(states(database)) == sorted(known)
    for code in known:
        shown = portal.shows(code)
        assert shown is not None
        assert len(shown["TienTrinh"]) >= 2
    clock.advance(BETWEEN)
    keep_up(database, clock, HOURS)
    with database.reading() as tx:
        assert not portal_link.is_walking(tx)
        assert tx.execute(select(link.c.walks)).scalar_one() == portal_link.WALKS


def test_not_used_for_a_while(
    office: Office, database: Database, clock: FakeClock, portal: SimulatedPortal
) -> None:
    use_portal(database)
    walker = led(office, clock)
    send_all(database, clock, portal)
    before = portal.journal()
    walker.take("appraise=approve")
    with database.transaction() as tx:
        portal_link.stop(tx, clock())
        with pytest.raises(PortalNotUsed):
            resend_dossier(tx, walker.dossier.code, office.actor("administrator1"), clock())
    walker.take("enter_register")
    send(database, clock, portal)
    assert portal.journal() == before
    clock.advance(days=1)
    keep_up(database, clock, HOURS)
    send_all(database, clock, portal)
    assert differing(database, portal) == []


def test_administrators_are_written_to_once_a_day_when_the_portal_is_late(
    office: Office, database: Database, clock: FakeClock
) -> None:
    give_addresses(database, ["administrator", "administrator1"])
    keep_up(database, clock, HOURS)
    led(office, clock)
    began = clock()
    for hours in (4, 5, 9, 25):
        clock.set(began + timedelta(hours=hours))
        keep_up(database, clock, HOURS)
    with database.reading() as tx:
        query = select(message.c.address, message.c.path).where(message.c.channel == "mail")
        assert tx.execute(query).all() == [(address_of("administrator"), "/quan-tri/cong")] * 2
