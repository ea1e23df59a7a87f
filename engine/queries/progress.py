"""A dossier as its citizen sees it, without an account.

Everything shown is put here by name, out of what concerns the citizen: nothing that officials
wrote for each other, no names of inner steps, nobody's personal data (Decree 224/2026, art. 15:
the agency, the person in charge, the times).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from bpmn.roles import ROLE_NAMES
from bpmn.steps import Message, Outcome
from engine.deadlines.calendar import WorkingCalendar
from engine.life.delivery import given_out
from engine.life.groups import responsible
from engine.life.setting import Setting
from engine.model import snapshot
from engine.model.dossier import Dossier
from engine.model.status import Status
from engine.queries.paying import Payable, payables
from engine.queries.progress_asks import Ask, asks
from engine.queries.progress_past import Milestone, Move, past
from engine.queries.progress_result import fetchable
from engine.queries.progress_words import (
    DISCONTINUING,
    EFFECTS,
    HEADLINES,
    PHASE_NAMES,
    PHASE_OF,
    Phase,
    pause_in_words,
)
from engine.store import definitions, editions, ratings, tracking
from engine.store.ratings import Rating
from engine.store.tables import agency, dossier_life, unit, user
from engine.store.tracking import Claim

_WAY = (Phase.SUBMISSION, Phase.INTAKE, Phase.PROCESSING, Phase.SIGNING, Phase.RESULT)


class Passed(StrEnum):
    """Whether a part of the way lies behind, is where the dossier is, or lies ahead."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class PhaseView:
    """One part of the way."""

    phase: Phase
    name: str
    passed: Passed


@dataclass(frozen=True)
class InCharge:
    """Who answers for the dossier now; `person` is None while nobody has taken it on."""

    agency: str
    unit: str | None
    person: str | None
    role: str | None


@dataclass(frozen=True)
class Counter:
    """Where one goes in person, and when: today's sessions, or those of the next working day."""

    agency: str
    opens_at: datetime
    sessions: list[str]


@dataclass(frozen=True)
class PublicPause:
    """Why the dossier rests, in plain words, and what that means for the time limit."""

    name: str
    since: datetime
    until: datetime | None
    effect: str


@dataclass(frozen=True)
class PublicResult:
    """A result to be fetched as a file: how it is numbered, and how long the file is, in bytes."""

    number: str | None
    size: int


@dataclass(frozen=True)
class Progress:
    """Where a dossier stands. `due_moves`: the clock rests, so that the due date will be later.

    `asks` is what the citizen is to do, `payables` how what is due is paid; `rating_open` says that
    they may say how it went, or say it again. `result` is there where it can be fetched as a file,
    `consignment` is the number under which it went by post.
    """

    code: str
    procedure_name: str
    result_name: str
    status: Status
    headline: str
    ended: bool
    phases: list[PhaseView]
    in_charge: InCharge
    counter: Counter
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    due_moves: bool
    overdue: bool
    processed_at: datetime | None
    finished_at: datetime | None
    asks: list[Ask]
    payables: dict[int, Payable]
    pauses: list[PublicPause]
    moves: list[Move]
    milestones: list[Milestone]
    rating: Rating | None
    rating_open: bool
    result: PublicResult | None
    consignment: str | None


def progress(tx: Connection, claim: Claim, secret: str, now: datetime) -> Progress:
    """The progress of the dossier that a claim is good for; raises `NothingTracked`.

    `secret` is the installation's secret key.
    """
    id_ = tracking.admit(tx, claim, secret)
    query = select(dossier_life.c.life).where(dossier_life.c.dossier_id == id_)
    dossier = snapshot.from_json(tx.execute(query).scalar_one())
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    told, clock, rating = past(tx, id_, setting), dossier.clock, ratings.of(tx, id_)
    return Progress(
        code=dossier.code,
        procedure_name=setting.procedure.facts.name,
        result_name=setting.procedure.facts.result_name,
        status=dossier.status,
        headline=_headline(dossier),
        ended=dossier.outcome is not None,
        phases=list(_phases(dossier)),
        in_charge=_in_charge(tx, dossier),
        counter=_counter(tx, dossier.receiving_agency, now),
        submitted_at=dossier.submitted_at,
        received_at=dossier.received_at,
        due_at=clock.due_at if clock else None,
        first_due_at=clock.first_due_at if clock else None,
        due_moves=clock is not None and clock.is_halted,
        overdue=dossier.overdue,
        processed_at=dossier.processed_at,
        finished_at=dossier.finished_at,
        asks=asks(dossier),
        payables={each.obligation: each for each in payables(tx, dossier, now)},
        pauses=_pauses(dossier, setting),
        moves=told.moves,
        milestones=told.milestones,
        rating=rating,
        rating_open=dossier.outcome is Outcome.DELIVERED
        and (rating is None or rating.may_change(now)),
        result=_result(dossier, setting),
        consignment=given_out(dossier, setting.procedure).get("postal_number"),
    )


def _result(dossier: Dossier, setting: Setting) -> PublicResult | None:
    document = fetchable(dossier, setting)
    if document is None:
        return None
    book = document.registered
    return PublicResult(book.in_words if book else None, document.file.size)


def _headline(dossier: Dossier) -> str:
    """What the state is called; a decision to discontinue is not one until it is issued."""
    deciding = dossier.interruption is Message.DISCONTINUATION_DECIDED
    return DISCONTINUING if deciding and dossier.outcome is None else HEADLINES[dossier.status]


def _phases(dossier: Dossier) -> Iterator[PhaseView]:
    """The usual way, or what was gone of it before the dossier was taken out of it."""
    delivered = dossier.outcome is Outcome.DELIVERED
    stage = responsible(dossier).stage
    here = _WAY.index(PHASE_OF[stage]) if stage else 1
    astray = dossier.interruption is not None or (dossier.outcome is not None and not delivered)
    if not astray:
        for number, phase in enumerate(_WAY):
            yield _phase(phase, number - here if not delivered else -1)
        return
    yield _phase(Phase.SUBMISSION, -1)
    if dossier.received_at is not None:
        yield _phase(Phase.INTAKE, -1)
    yield _phase(Phase.RETURN, 0 if dossier.outcome is None else -1)


def _phase(phase: Phase, ahead: int) -> PhaseView:
    passed = Passed.DONE if ahead < 0 else Passed.NOW if ahead == 0 else Passed.NEXT
    return PhaseView(phase, PHASE_NAMES[phase], passed)


def _in_charge(tx: Connection, dossier: Dossier) -> InCharge:
    who = responsible(dossier)
    query = (
        select(agency.c.name, unit.c.name.label("unit"), user.c.full_name)
        .select_from(agency)
        .outerjoin(unit, (unit.c.agency == agency.c.code) & (unit.c.code == who.unit))
        .outerjoin(user, user.c.id == who.holder)
        .where(agency.c.code == who.agency)
    )
    row = tx.execute(query).one()
    return InCharge(row.name, row.unit, row.full_name, ROLE_NAMES[who.role] if who.role else None)


def _counter(tx: Connection, code: str, now: datetime) -> Counter:
    name = tx.execute(select(agency.c.name).where(agency.c.code == code)).scalar_one()
    calendar = editions.calendar(tx, editions.in_force(tx, code).calendar)
    opens_at = calendar.next_opening(now)
    return Counter(name, opens_at, _sessions(calendar, opens_at))


def _sessions(calendar: WorkingCalendar, day: datetime) -> list[str]:
    return [str(session) for session in calendar.hours_on(day.date()).sessions]


def _pauses(dossier: Dossier, setting: Setting) -> list[PublicPause]:
    found = []
    for pause in dossier.pauses:
        reason = setting.pause_reason(pause.reason)
        words = pause_in_words(reason.code, reason.name)
        effect = EFFECTS[reason.policy] if dossier.clock else ""
        found.append(PublicPause(words, pause.since, pause.until, effect))
    return found
