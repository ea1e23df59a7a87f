"""The register of an agency (form 07): what its counter received in a year, by its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bpmn.steps import Outcome, Stage
from engine.deadlines.calendar import VIETNAM
from engine.errors import NotPermitted
from engine.errors.letters import FormNotInForce, PeriodInvalid, RegisterTooLong
from engine.model.actor import Actor, Permission, may_at
from engine.model.letter_forms import LetterForm, form_on
from engine.model.status import ENDED, STATUS_NAMES
from engine.queries.control_slip import Paper, paper_of
from engine.queries.letter_values import when
from engine.queries.paging import Page, Slice, page
from engine.store.letter_tables import letter
from engine.store.tables import agency, dossier, dossier_life, event_payload, procedure, task

MOST_PRINTED = 600
"""Lines of one PDF (drawn in about 20 seconds); a year of more is printed month by month."""
METHODS = {"counter": "Trực tiếp", "postal": "Bưu chính công ích", "electronic": "Bản điện tử"}


@dataclass(frozen=True)
class Period:
    """Days of one year, both included, at one agency; of one procedure where it is named."""

    agency: str
    since: date
    until: date
    procedure: str | None = None

    def __post_init__(self) -> None:
        if self.until < self.since or self.until.year != self.since.year:
            raise PeriodInvalid()


@dataclass(frozen=True)
class Entry:
    """A line of the register; moments are None while they are still to come."""

    number: int
    code: str
    procedure: str
    sets: int
    owner: str
    address: str | None
    phone: str | None
    competent: str
    received_at: datetime
    due_at: datetime
    handed_on_at: datetime | None
    processed_at: datetime | None
    delivered_at: datetime | None
    method: str | None
    receiver: str | None
    note: str | None


def require_reader(period: Period, actor: Actor) -> None:
    """Raise `NotPermitted` for whoever may not read the register of this agency."""
    if not may_at(actor, Permission.REGISTER_READ, period.agency):
        raise NotPermitted(what=f"xem sổ theo dõi hồ sơ của cơ quan {period.agency}")


def register_page(tx: Connection, period: Period, wanted: Slice, actor: Actor) -> Page[Entry]:
    """A page of the register; raises `NotPermitted`."""
    after = wanted.after[0] if wanted.after else 0
    found = entries(tx, period, actor, after, wanted.limit + 1)
    return page(found, wanted, lambda entry: entry, lambda entry: (entry.number,))


def entries(tx: Connection, period: Period, actor: Actor, after: int, limit: int) -> list[Entry]:
    """Lines by number, from the one after `after`; raises `NotPermitted`."""
    require_reader(period, actor)
    rows = tx.execute(_lines(period).where(letter.c.number > after).limit(limit))
    return [_entry(row) for row in rows]


def printed_register(tx: Connection, period: Period, actor: Actor, now: datetime) -> Paper:
    """What is needed to draw the register of a period.

    Raises `NotPermitted`, and `RegisterTooLong` where one file would be too long.
    """
    lines = entries(tx, period, actor, 0, MOST_PRINTED + 1)
    if len(lines) > MOST_PRINTED:
        raise RegisterTooLong(most=MOST_PRINTED)
    paper = paper_of(tx, LetterForm.REGISTER, period.agency, actor, now)
    values = {
        "code": None,
        "link": None,
        "link_text": None,
        "year": period.since.year,
        "volume": f"01/{period.since.year}",
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "procedure": {"code": period.procedure, "name": _procedure_name(tx, period)},
        "rows": [_said(line) for line in lines],
    }
    return Paper(paper.details, paper.source, {**paper.values, **values})


def _said(line: Entry) -> Mapping[str, Any]:
    return {k: when(v) if isinstance(v, datetime) else v for k, v in vars(line).items()}


def _lines(period: Period) -> Select[Any]:
    handed_on = (
        select(func.min(task.c.opened_at))
        .where(task.c.dossier_id == dossier.c.id, task.c.stage == Stage.PROCESSING)
        .scalar_subquery()
    )
    submission = (event_payload.c.dossier_id == dossier.c.id) & (event_payload.c.seq == 1)
    book = (letter.c.agency == period.agency, letter.c.symbol == _book(period))
    begin, end = (_midnight(day) for day in (period.since, period.until + timedelta(days=1)))
    query = (
        select(
            letter.c.number, dossier.c.code, dossier.c.owner_name, dossier.c.received_at,
            dossier.c.due_at, dossier.c.processed_at, dossier.c.finished_at, dossier.c.outcome,
            agency.c.name.label("competent"), procedure.c.name.label("procedure"),
            dossier_life.c.life["facts"]["deliver"].label("delivery"),
            event_payload.c.body.label("submission"), handed_on.label("handed_on"),
        )
        .join(dossier, dossier.c.id == letter.c.dossier_id)
        .join(dossier_life, dossier_life.c.dossier_id == dossier.c.id)
        .join(agency, agency.c.code == dossier.c.competent_agency)
        .join(procedure, procedure.c.code == dossier.c.procedure)
        .outerjoin(event_payload, submission)
        .where(*book, letter.c.year == period.since.year)
        .where(letter.c.issued_at >= begin, letter.c.issued_at < end)
        .order_by(letter.c.number)
    )  # fmt: skip
    return query.where(dossier.c.procedure == period.procedure) if period.procedure else query


def _book(period: Period) -> str:
    """The register's numbers are those of the slips: one for each dossier that was received."""
    slip = form_on(LetterForm.APPOINTMENT, period.since)
    if slip is None:
        raise FormNotInForce(form=LetterForm.APPOINTMENT)
    return slip.symbol


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _entry(row: Any) -> Entry:
    submitted = row.submission or {}
    owner = submitted.get("submitter") or submitted.get("owner") or {}
    delivery = row.delivery or {}
    return Entry(
        number=row.number,
        code=row.code,
        procedure=row.procedure,
        sets=1,
        owner=row.owner_name,
        address=owner.get("address"),
        phone=owner.get("phone"),
        competent=row.competent,
        received_at=row.received_at,
        due_at=row.due_at,
        handed_on_at=row.handed_on,
        processed_at=row.processed_at,
        delivered_at=row.finished_at if row.outcome == Outcome.DELIVERED else None,
        method=METHODS.get(delivery.get("method", "")),
        receiver=delivery.get("receiver_name"),
        note=_otherwise(row.outcome),
    )


def _otherwise(outcome: str | None) -> str | None:
    """How a dossier ended that has no result to deliver."""
    ended = outcome and Outcome(outcome)
    return STATUS_NAMES[ENDED[ended]] if ended and ended is not Outcome.DELIVERED else None


def _procedure_name(tx: Connection, period: Period) -> str | None:
    if period.procedure is None:
        return None
    query = select(procedure.c.name).where(procedure.c.code == period.procedure)
    return tx.execute(query).scalar_one_or_none() or period.procedure
