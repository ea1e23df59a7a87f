"""Editions of what is statutory: calendars and rulebooks, each kept for ever under its digest.

An agency points at those in force for it; a dossier at those it was received under.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.edition import read_calendar, standard_document
from engine.errors import AgencyUnknown
from engine.errors.time import EditionUnknown
from engine.life.rulebook import Rulebook, standard_rulebook
from engine.life.rulebook_reading import read_rulebook
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


def put(tx: Connection, kind: EditionKind, document: Mapping[str, Any]) -> str:
    """Keep an edition; returns its digest. The same document is kept once."""
    digest = _digest(kind, document)
    known = select(edition.c.digest).where(edition.c.digest == digest)
    if tx.execute(known).scalar_one_or_none() is None:
        row = {"digest": digest, "kind": kind, "document": dict(document)}
        tx.execute(insert(edition).values(row))
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
    """The editions that the product ships, for an agency that has no others."""
    return InForce(
        calendar=put(tx, EditionKind.CALENDAR, _standard_calendar()),
        rulebook=put(tx, EditionKind.RULEBOOK, standard_rulebook()),
    )


def _digest(kind: EditionKind, document: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical({"kind": kind.value, **document})).hexdigest()


@cache
def _standard_calendar() -> dict[str, Any]:
    return standard_document()
