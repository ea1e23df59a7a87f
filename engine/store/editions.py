"""Editions of what is statutory: calendars and rulebooks, each kept for ever under its digest.

An agency points at those in force for it; a dossier at those it was received under.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.deadlines.announcement import compose
from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.edition import read_calendar, standard_document
from engine.errors import AgencyUnknown
from engine.errors.time import EditionUnknown
from engine.life.rulebook import Rulebook, standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.store import announcements
from engine.store.chain import canonical
from engine.store.tables import agency
from engine.store.time_tables import edition


class EditionKind(StrEnum):
    """What an edition is of."""

    CALENDAR = "calendar"
    RULEBOOK = "rulebook"


@dataclass(frozen=True)
class InForce:
    """Digests of the editions in force for an agency."""

    calendar: str
    rulebook: str


_calendars: dict[str, WorkingCalendar] = {}
_rulebooks: dict[str, Rulebook] = {}


def put(
    tx: Connection, kind: EditionKind, document: Mapping[str, Any], shipped: bool = False
) -> str:
    """Keep an edition; returns its digest. The same document is kept once.

    `shipped`: it is the product's own, not an office's.
    """
    digest = _digest(kind, document)
    here = edition.c.digest == digest
    known = tx.execute(select(edition.c.shipped).where(here)).scalar_one_or_none()
    if known is None:
        row = {"digest": digest, "kind": kind, "document": dict(document), "shipped": shipped}
        tx.execute(insert(edition).values(row))
    elif shipped and not known:
        tx.execute(update(edition).where(here).values(shipped=True))
    return digest


def calendar(tx: Connection, digest: str) -> WorkingCalendar:
    """The calendar of an edition; raises `EditionUnknown`."""
    if digest not in _calendars:
        _calendars[digest] = read_calendar(document(tx, EditionKind.CALENDAR, digest))
    return _calendars[digest]


def rulebook(tx: Connection, digest: str) -> Rulebook:
    """The rulebook of an edition; raises `EditionUnknown`."""
    if digest not in _rulebooks:
        _rulebooks[digest] = read_rulebook(document(tx, EditionKind.RULEBOOK, digest))
    return _rulebooks[digest]


def priority_name(tx: Connection, row: Any) -> str | None:
    """Why a dossier goes before others, from its row's `priority` and `rulebook`."""
    return rulebook(tx, row.rulebook).priority(row.priority).name if row.priority else None


def document(tx: Connection, kind: EditionKind, digest: str) -> Mapping[str, Any]:
    """An edition as it was kept; raises `EditionUnknown`, also when it was tampered with."""
    query = select(edition.c.document).where(edition.c.digest == digest, edition.c.kind == kind)
    found: Mapping[str, Any] | None = tx.execute(query).scalar_one_or_none()
    if found is None or _digest(kind, found) != digest:
        raise EditionUnknown(digest=digest)
    return found


def in_force(tx: Connection, code: str) -> InForce:
    """The editions in force for an agency; raises `AgencyUnknown`."""
    query = select(agency.c.calendar, agency.c.rulebook).where(agency.c.code == code)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise AgencyUnknown(agency=code)
    return InForce(row.calendar, row.rulebook)


def point(tx: Connection, code: str, kind: EditionKind, digest: str) -> None:
    """Put an edition in force for one agency."""
    tx.execute(update(agency).where(agency.c.code == code).values({kind.value: digest}))


def standard(tx: Connection) -> InForce:
    """The editions for an agency below no other: the shipped rulebook, the national calendar."""
    announced = announcements.documents(tx, ())
    return InForce(calendar=put_calendar(tx, announced), rulebook=shipped_rulebook(tx))


def put_calendar(tx: Connection, announced: Sequence[Mapping[str, Any]]) -> str:
    """Keep the national calendar with announcements laid over it; returns its digest."""
    composed = compose(standard_document(), announced)
    return put(tx, EditionKind.CALENDAR, composed, shipped=not announced)


def shipped_rulebook(tx: Connection) -> str:
    """Digest of the rulebook that the product ships."""
    return put(tx, EditionKind.RULEBOOK, standard_rulebook(), shipped=True)


def outdated(tx: Connection) -> list[str]:
    """Agencies whose rulebook is a shipped one, or none, but not that of this release."""
    newest = shipped_rulebook(tx)
    query = (
        select(agency.c.code)
        .outerjoin(edition, edition.c.digest == agency.c.rulebook)
        .where(agency.c.rulebook.is_(None) | (edition.c.shipped & (agency.c.rulebook != newest)))
        .order_by(agency.c.code)
    )
    return list(tx.execute(query).scalars())


def _digest(kind: EditionKind, document: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical({"kind": kind.value, **document})).hexdigest()
