"""One petition with all that happened to it, as an official sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.errors.petitions import PetitionUnknown
from engine.model.actor import Actor, Permission, has, roles_with
from engine.model.event import person_of
from engine.model.petition import CITIZEN, Petition, PetitionEventType
from engine.petitions import life
from engine.queries.people import Person, names_of, people_with
from engine.queries.petition_lines import PetitionItem, items, listed, readable
from engine.store import petition_log, petition_people, petitions
from engine.store.petition_log import Logged
from engine.store.petition_tables import petition as table

_SENDER = ("name", "phone", "email")


@dataclass(frozen=True)
class PetitionStep:
    """One thing that happened; `said` is what was said with it, None where it was erased."""

    type: PetitionEventType
    at: datetime
    by: str
    by_name: str | None
    data: Mapping[str, Any]
    said: Mapping[str, Any] | None = field(repr=False)


@dataclass(frozen=True)
class PetitionView:
    """A petition with all that happened. `sender` is None for those it is about, and `hidden` says
    so; `may_handle` whether the actor may deal with it."""

    id: int
    revision: int
    petition: Petition
    item: PetitionItem
    officer_name: str | None
    text: str | None = field(repr=False)
    about: str | None = field(repr=False)
    sender: Mapping[str, str | None] | None = field(repr=False)
    hidden: bool
    may_handle: bool
    ask_by: datetime
    steps: list[PetitionStep]


def petition_view(tx: Connection, code: str, actor: Actor, now: datetime) -> PetitionView:
    """One petition; raises `PetitionUnknown`, also for those who may read none."""
    if not has(actor, Permission.PETITION_READ):
        raise PetitionUnknown(code=code)
    query = listed().add_columns(table.c.revision).where(table.c.code == code, readable(actor))
    row = tx.execute(query).one_or_none()
    if row is None:
        raise PetitionUnknown(code=code)
    log = petition_log.of(tx, code)
    found = life.fold(code, petition_log.plain_events(log), petitions.calendars(tx))
    calendar = petitions.calendars(tx)(petitions.calendar_of(tx, found.agency))
    names = names_of(tx, [*(person_of(one.event.actor) for one in log), found.officer])
    knows, first = petition_people.may_know_sender(actor, found), log[0].event.payload
    sender = {name: first.get(name) for name in _SENDER}
    return PetitionView(
        id=row.id,
        revision=row.revision,
        petition=found,
        item=items(tx, [row], now)[0],
        officer_name=names.get(found.officer or 0),
        text=first.get("text"),
        about=first.get("about"),
        sender=sender if knows and not found.anonymous else None,
        hidden=not knows,
        may_handle=petition_people.may_handle(actor, found),
        ask_by=life.rules_of(found).until("ask", found.here_since, calendar),
        steps=[_step(one, names) for one in log],
    )


def _step(one: Logged, names: Mapping[int, str]) -> PetitionStep:
    event = one.event
    data = {name: value for name, value in event.data.items() if name != "calendar"}
    said = None if one.erased else {k: v for k, v in event.payload.items() if k not in _SENDER}
    by = "Người gửi" if event.actor == CITIZEN else names.get(person_of(event.actor) or 0)
    return PetitionStep(event.type, event.at, event.actor, by, data, said)


@dataclass(frozen=True)
class PetitionPeople:
    """Who may be given a petition, and who of its agency it may be about."""

    handlers: list[Person]
    officers: list[Person]


def petition_people_of(tx: Connection, found: PetitionView, actor: Actor) -> PetitionPeople:
    """Both of the agency, by name; the actor may always take it up where they may deal with it."""
    handlers = people_with(tx, found.item.agency, roles_with(Permission.PETITION_HANDLE))
    if found.may_handle and actor.id not in {each.id for each in handlers}:
        handlers = [Person(actor.id, actor.full_name), *handlers]
    free = [each for each in handlers if each.id != found.petition.officer]
    return PetitionPeople(free, people_with(tx, found.item.agency))
