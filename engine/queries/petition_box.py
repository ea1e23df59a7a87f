"""Petitions as those without an account see them: their own, and answers that were published."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_

from engine.model.petition import Petition, PetitionEventType, PetitionKind, PetitionState
from engine.petitions import life
from engine.queries.agencies import name_of
from engine.queries.agencies import names_of as agency_names
from engine.queries.paging import Page, Slice, page
from engine.store import petition_log, petition_people, petitions, tracking
from engine.store.petition_log import Logged
from engine.store.petition_people import PetitionClaim
from engine.store.petition_tables import petition as table
from engine.store.petition_tables import petition_payload
from engine.store.ratings import CHANGEABLE
from engine.store.tables import dossier
from engine.store.tracking import Claim


@dataclass(frozen=True)
class OwnStep:
    """Something that its sender may know; `text` is what the office said to them."""

    type: PetitionEventType
    at: datetime
    text: str | None = field(repr=False)


@dataclass(frozen=True)
class OwnPetition:
    """A petition as its sender sees it; no official is named. `may_supply` and `may_rate` are what
    the sender can do now."""

    code: str
    kind: PetitionKind
    state: PetitionState
    agency_name: str
    received_at: datetime
    due_at: datetime
    overdue: bool
    text: str | None = field(repr=False)
    steps: list[OwnStep]
    stars: int | None
    may_supply: bool
    may_rate: bool


def own_petition(tx: Connection, claim: PetitionClaim, secret: str, now: datetime) -> OwnPetition:
    """The petition that a claim is good for; raises `PetitionNotTracked`."""
    code = petition_people.admit(tx, claim, secret)
    log = petition_log.of(tx, code)
    found = life.fold(code, petition_log.plain_events(log), petitions.calendars(tx))
    return OwnPetition(
        code=code,
        kind=found.kind,
        state=found.state,
        agency_name=name_of(tx, found.agency),
        received_at=found.received_at,
        due_at=found.clock.due_at,
        overdue=found.is_open and found.clock.is_overdue(now),
        text=log[0].event.payload.get("text"),
        steps=list(_steps(log)),
        stars=found.stars,
        may_supply=found.state is PetitionState.SUPPLEMENT_ASKED,
        may_rate=_may_rate(found, now),
    )


def _steps(log: list[Logged]) -> Iterator[OwnStep]:
    for one in log:
        if one.event.type in _TOLD:
            text = one.event.payload.get("text") if one.event.type in _WITH_WORDS else None
            yield OwnStep(one.event.type, one.event.at, text)


_T = PetitionEventType
_WITH_WORDS = frozenset(
    {
        _T.PETITION_REFUSED, _T.PETITION_SUPPLEMENT_ASKED, _T.PETITION_SUPPLIED,
        _T.PETITION_FORWARDED, _T.PETITION_ANSWERED,
    }
)  # fmt: skip
_TOLD = _WITH_WORDS | {_T.PETITION_RECEIVED, _T.PETITION_ACCEPTED, _T.PETITION_PUBLISHED}


def _may_rate(found: Petition, now: datetime) -> bool:
    settled = found.rated_at is not None and now >= found.rated_at + CHANGEABLE
    return found.answered_at is not None and not settled


def agency_concerned(tx: Connection, claim: Claim, secret: str) -> str:
    """The code of the agency that decides on the dossier a claim is good for.

    Raises `NothingTracked`.
    """
    id_ = tracking.admit(tx, claim, secret)
    query = select(dossier.c.competent_agency).where(dossier.c.id == id_)
    return str(tx.execute(query).scalar_one())


@dataclass(frozen=True)
class PublishedPetition:
    """An answer that everyone may read."""

    code: str
    kind: PetitionKind
    agency: str
    agency_name: str
    received_at: datetime
    published_at: datetime
    question: str
    answer: str


def published_petitions(
    tx: Connection, wanted: Slice, agency: str | None = None
) -> Page[PublishedPetition]:
    """What was published and not erased since, the latest first."""
    order = (table.c.published_at, table.c.id)
    query = (
        select(*(table.c[name] for name in _PUBLIC), petition_payload.c.body)
        .join(petition_payload, petition_payload.c.seq == table.c.published_seq)
        .where(table.c.published_at.is_not(None))
        .order_by(*(column.desc() for column in order))
        .limit(wanted.limit + 1)
    )
    if agency is not None:
        query = query.where(table.c.agency == agency)
    if wanted.after:
        query = query.where(tuple_(*order) < wanted.after)
    rows = tx.execute(query).all()
    names = agency_names(tx, (row.agency for row in rows))
    return page(
        rows, wanted, lambda row: _public(row, names), lambda row: (row.published_at, row.id)
    )


_PUBLIC = ("id", "code", "kind", "agency", "received_at", "published_at")


def _public(row: Any, names: dict[str, str]) -> PublishedPetition:
    return PublishedPetition(
        row.code,
        PetitionKind(row.kind),
        row.agency,
        names.get(row.agency, row.agency),
        row.received_at,
        row.published_at,
        row.body["question"],
        row.body["answer"],
    )
