"""What dossiers asked and told other software: which wait, for how long, and what went wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, cast, literal, select, tuple_

from bpmn.answers import Answer, answers
from bpmn.connectors import CATALOGUE
from engine.model.actor import Actor, Permission, may
from engine.model.event import Event, EventType, person_of
from engine.model.request import REQUEST_STATE_NAMES, AnswerOutcome, RequestState, request_id
from engine.queries.dossiers import Found
from engine.queries.naming import software
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store.connector_tables import request as table
from engine.store.events import log_of
from engine.store.messages import State, in_state, state_of
from engine.store.outbox_tables import message
from engine.store.tables import dossier
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class RequestFilter:
    """Which requests are wanted; `undelivered`: those that could not be sent."""

    state: RequestState | None = None
    connector: str | None = None
    agency: str | None = None
    undelivered: bool = False


@dataclass(frozen=True)
class RequestItem:
    """A request, and how far its message is: `delivery` None where none was ever written, for the
    agency was not connected. `error` is what went wrong with it, or with an answer."""

    id: str
    code: str
    number: int
    step: str
    connector: str
    connector_title: str
    operation: str
    operation_title: str
    agency: str
    state: RequestState
    state_name: str
    outcome: AnswerOutcome | None
    made_at: datetime
    answer_by: datetime | None
    ended_at: datetime | None
    late: bool
    contradicted: bool
    delivery: State | None
    sent_at: datetime | None
    error: str | None


@dataclass(frozen=True)
class AnswerThen:
    """An answer that came; `by` who said so, `evidence` what it is based on where a person did.

    `counts`: it let the dossier go on.
    """

    at: datetime
    by: str
    outcome: AnswerOutcome
    counts: bool
    said: tuple[Answer, ...]
    reason: str | None
    evidence: str | None


@dataclass(frozen=True)
class RequestDetail:
    """A request with what was sent and what came, None for those who may not read that."""

    item: RequestItem
    name: str
    sent: Mapping[str, Any] | None
    came: tuple[AnswerThen, ...] | None
    form: str | None


def list_requests(
    tx: Connection, wanted: Slice, chosen: RequestFilter, actor: Actor
) -> Page[RequestItem]:
    """Requests of dossiers that the actor may read: what has waited longest first, else the
    latest."""
    keys = (table.c.made_at, table.c.dossier_id, table.c.number)
    oldest = chosen.state is RequestState.WAITING
    order = keys if oldest else tuple(key.desc() for key in keys)
    query = _query().where(visible_dossiers(actor, Permission.DOSSIER_READ), *_conditions(chosen))
    if wanted.after:
        here, there = tuple_(*keys), tuple_(*wanted.after)
        query = query.where(here > there if oldest else here < there)
    rows = tx.execute(query.order_by(*order).limit(wanted.limit + 1)).all()
    return page(rows, wanted, _item, lambda row: (row.made_at, row.dossier_id, row.number))


def requests_of(tx: Connection, found: Found, actor: Actor) -> list[RequestDetail]:
    """All requests of a dossier in order, with what was said as far as the actor may read it."""
    query = _query().where(table.c.dossier_id == found.id).order_by(table.c.number)
    items = [_item(row) for row in tx.execute(query)]
    if not items or not may(actor, Permission.EVENT_READ, found.dossier):
        return [_detail(item, found, None, None) for item in items]
    events = [logged.event for logged in log_of(tx, found.id)]
    names = names_of(tx, (person_of(event.actor) for event in events))
    made = {e.data["number"]: e for e in events if e.type is EventType.REQUEST_MADE}
    return [
        _detail(
            item,
            found,
            made[item.number].payload.get("sends", {}),
            tuple(_answers(item, found, events, names)),
        )
        for item in items
    ]


def _query() -> Select[Any]:
    key = literal("request:") + dossier.c.code + literal(".") + cast(table.c.number, String)
    columns = (message.c.next_attempt_at, message.c.withdrawn_at)
    said = message.c.last_error.label("message_error")
    return (
        select(table, dossier.c.code, message.c.id.label("message"), said, *columns)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .outerjoin(message, message.c.key == key)
    )


def _conditions(chosen: RequestFilter) -> Iterator[ColumnElement[bool]]:
    for name in ("state", "connector", "agency"):
        if getattr(chosen, name) is not None:
            yield table.c[name] == getattr(chosen, name)
    if chosen.undelivered:
        yield table.c.state.in_([RequestState.WAITING, RequestState.TOLD])
        yield table.c.sent_at.is_(None) & (message.c.id.is_(None) | in_state(State.FAILED))


def _item(row: Any) -> RequestItem:
    state = RequestState(row.state)
    known = CATALOGUE.get(row.connector)
    return RequestItem(
        id=request_id(row.code, row.number),
        code=row.code,
        number=row.number,
        step=row.step,
        connector=row.connector,
        connector_title=software(row.connector),
        operation=row.operation,
        operation_title=known.operations.get(row.operation, row.operation)
        if known
        else row.operation,
        agency=row.agency,
        state=state,
        state_name=REQUEST_STATE_NAMES[state],
        outcome=AnswerOutcome(row.outcome) if row.outcome else None,
        made_at=row.made_at,
        answer_by=row.answer_by,
        ended_at=row.ended_at,
        late=row.late,
        contradicted=row.contradicted,
        delivery=_delivery(row),
        sent_at=row.sent_at,
        error=row.last_error or row.message_error,
    )


def _delivery(row: Any) -> State | None:
    if row.sent_at is not None:
        return State.SENT
    return None if row.message is None else state_of(row)


def _detail(
    item: RequestItem,
    found: Found,
    sent: Mapping[str, Any] | None,
    came: tuple[AnswerThen, ...] | None,
) -> RequestDetail:
    service = found.procedure.places.services.get(item.step)
    name, form = (service.name, service.answer) if service else (item.step, None)
    return RequestDetail(item, name, sent, came, form)


def _answers(
    item: RequestItem, found: Found, events: list[Event], names: Mapping[int, str]
) -> Iterator[AnswerThen]:
    service = found.procedure.places.services.get(item.step)
    form = found.procedure.forms[service.answer] if service and service.answer else None
    counts = item.state is RequestState.ANSWERED
    for event in events:
        if event.type is EventType.ANSWER_RECEIVED and event.data["number"] == item.number:
            person = person_of(event.actor)
            by = software(event.actor) if person is None else names.get(person, "")
            said = event.payload
            yield AnswerThen(
                event.at,
                by,
                AnswerOutcome(event.data["outcome"]),
                counts,
                tuple(answers(said.get("answer", {}), form)),
                said.get("reason"),
                said.get("evidence"),
            )
            counts = False
