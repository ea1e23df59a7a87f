"""Compares what the portal shows with what it should, and tells it again what differs.

What is ours is read before the portal is asked; should something be written meanwhile, the
dossier is left alone, for its own message is on its way.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import TypeVar

import structlog
from sqlalchemy import Connection

from engine.commands.portal_rounds import heal
from engine.model.portal import Difference
from engine.store import portal_rounds
from engine.store.database import Database
from engine.store.portal_rounds import Found, Synced
from engine.wallclock import Clock
from notifications.channels.carrier import Postponed, Refused, Unreachable
from notifications.channels.portal import Account, PortalSession, Shown

PAGE = 200
RECENT = timedelta(days=30)
"""For so long after the portal last took something of it, a dossier that has ended is looked up
by itself; later only if the portal lists it as one that goes on."""

ATTEMPTS = 5
"""How often a page is asked for, of a portal that stumbles."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass
class RoundReport:
    """How many dossiers were compared, how many told again, and what the portal has of strangers.

    `failed`: why the round came to no end.
    """

    compared: int = 0
    healed: int = 0
    strangers: int = 0
    failed: str | None = None


def reconcile(
    database: Database, clock: Clock, account: Account, go_on: Callable[[], bool] = lambda: True
) -> RoundReport:
    """One round over all dossiers that go on here or there, or have ended lately."""
    with database.transaction() as tx:
        id_ = portal_rounds.begin(tx, clock())
    with account.session() as portal:
        round_ = _Round(database, clock, portal, id_, go_on)
        try:
            round_.run()
        except (Postponed, Refused, Unreachable) as error:
            round_.report.failed = str(error)
    report = round_.report
    with database.transaction() as tx:
        portal_rounds.end(tx, id_, clock(), report.compared, report.failed)
    log.info("portal_compared", **vars(report))
    return report


class _Round:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        portal: PortalSession,
        id_: int,
        go_on: Callable[[], bool],
    ) -> None:
        self._database, self._clock, self._portal = database, clock, portal
        self._id, self._go_on = id_, go_on
        self.report = RoundReport()

    def run(self) -> None:
        """Ours first; then what the portal lists beyond them."""
        for page in chain(self._going_on(), self._ended()):
            self._compare(page)
        for listed in self._listed():
            self._look_at(listed)

    def _going_on(self) -> Iterator[list[Synced]]:
        after = 0
        while page := self._read(portal_rounds.unfinished, after):
            yield page
            after = page[-1].id

    def _ended(self) -> Iterator[list[Synced]]:
        after = (self._clock() - RECENT, 0)
        while page := self._read(portal_rounds.finished, after):
            yield page
            after = (page[-1].taken_at or after[0], page[-1].id)

    def _read(self, query: Callable[[Connection, T, int], list[Synced]], after: T) -> list[Synced]:
        if not self._go_on():
            return []
        with self._database.reading() as tx:
            return query(tx, after, PAGE)

    def _listed(self) -> Iterator[list[Shown]]:
        after: str | None = ""
        while after is not None and self._go_on():
            page, after = _patiently(partial(self._portal.listing, after, PAGE))
            yield page

    def _compare(self, page: Sequence[Synced]) -> None:
        shown = _patiently(partial(self._portal.look_up, [seen.dossier for seen in page]))
        self.report.compared += len(page)
        for seen in page:
            if found := difference(seen, shown.get(seen.dossier)):
                with self._database.transaction() as tx:
                    self.report.healed += heal(tx, self._id, seen, found, self._clock())

    def _look_at(self, listed: Sequence[Shown]) -> None:
        """Compare those that are not as the portal took them last, and note the strangers."""
        with self._database.reading() as tx:
            ours = portal_rounds.ours(tx, [shown.dossier for shown in listed])
            known = [shown for shown in listed if shown.dossier in ours]
            suspect = [shown.dossier for shown in known if ours[shown.dossier] != shown.number]
            seen = portal_rounds.synced(tx, suspect)
        if seen:
            self._compare(seen)
        for shown in listed:
            if shown.dossier not in ours:
                self._note_stranger(shown)

    def _note_stranger(self, shown: Shown) -> None:
        """A dossier that is listed as ours and that nobody here knows is for a person to judge."""
        found = Found(
            Difference.UNKNOWN_HERE,
            shown.dossier,
            their_number=shown.number,
            their_code=shown.code,
        )
        with self._database.transaction() as tx:
            portal_rounds.note(tx, self._id, found, healed=False)
        self.report.strangers += 1


def difference(seen: Synced, shown: Shown | None) -> Found | None:
    """What differs between what the portal took and what it shows."""
    if shown is None:
        return Found(Difference.UNKNOWN_THERE, seen.dossier, seen.number, seen.code)
    kind = Difference.OTHER
    if shown.number != seen.number:
        kind = Difference.BEHIND if shown.number < seen.number else Difference.AHEAD
    elif (shown.code, shown.steps) == (str(seen.code), seen.steps):
        return None
    return Found(kind, seen.dossier, seen.number, seen.code, shown.number, shown.code)


def _patiently(ask: Callable[[], T]) -> T:
    """Ask some times; raises what the last attempt raised."""
    for _ in range(ATTEMPTS - 1):
        try:
            return ask()
        except Postponed:
            continue
    return ask()
