"""The registry clerk gives a signed paper its number and date, from the agency's book of the year.

Number and date are written into the file outside of any transaction; so the number is looked up
first, and given only if it is still the next one.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bpmn.steps import Paper
from engine.commands.acting import Target, act_of, act_on, require_candidate, require_readable
from engine.deadlines.calendar import local
from engine.errors.documents import NotSignedHere, NumberTaken, SealMissing
from engine.life.guards import open_task
from engine.model.actor import Actor
from engine.model.document import DOCUMENT_KIND_NAMES, Document, DocumentKind, Registered
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.place_name import place_of
from engine.printing.wording import day
from engine.store import agencies, books, definitions, dossiers


@dataclass(frozen=True)
class Numbering:
    """A number about to be given to a document, and the line of its date."""

    document: Document
    registered: Registered
    dated: str


@dataclass(frozen=True)
class NumberDocument:
    """Give a document its number at the task that seals it; `after` is the file that has it."""

    target: Target
    place: int
    numbering: Numbering
    digest: str
    size: int


def paper_to_seal(tx: Connection, code: str, place: int, actor: Actor) -> Document:
    """The document that the open task at a place numbers and seals.

    Raises `TaskNotOpen`, `NotSignedHere`, `SealMissing`.
    """
    dossier = dossiers.read(tx, code).dossier
    require_readable(actor, dossier)
    paper = _sealed_at(tx, dossier, place)
    document = dossier.document_of(paper)
    if document is None:
        name = DOCUMENT_KIND_NAMES[DocumentKind(paper)]
        raise SealMissing(code=code, name=name, task=dossier.tasks[place].name)
    return document


def next_numbering(
    tx: Connection, code: str, place: int, symbol: str | None, actor: Actor, now: datetime
) -> Numbering:
    """Number and date that the document would get now; nothing is given yet."""
    document = paper_to_seal(tx, code, place, actor)
    dossier, paper, on = dossiers.read(tx, code).dossier, Paper(document.kind), local(now).date()
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    number = books.last_number(tx, dossier.competent_agency, paper, on.year) + 1
    marked = symbol or setting.procedure.facts.symbols[paper]
    registered = Registered(paper, on.year, number, marked, on)
    here = place_of(agencies.name_of(tx, dossier.competent_agency))
    return Numbering(document, registered, _dated(here, registered))


def _dated(place: str, registered: Registered) -> str:
    written = day(registered.issued_on.isoformat())
    return f"{place}, {written}" if place else written.capitalize()


def number_document(
    tx: Connection, command: NumberDocument, actor: Actor, now: datetime
) -> Dossier:
    """Give the number; raises `NumberTaken` where another document got it meanwhile."""
    dossier, registered = dossiers.lock(tx, command.target.code).dossier, _registered(command)
    check = require_candidate(actor, command.place)
    check(dossier)
    book = (dossier.competent_agency, registered["book"], registered["year"])
    if books.next_number(tx, *book) != registered["number"]:
        raise NumberTaken(number=registered["number"])
    document = command.numbering.document
    data = {
        "document": document.number,
        "before": document.file.digest,
        "after": {"digest": command.digest, "size": command.size},
        "registered": registered,
        "place": command.place,
    }
    act = act_of(actor, EventType.DOCUMENT_NUMBERED, now, data)
    return act_on(tx, command.target, act, check)


def _registered(command: NumberDocument) -> dict[str, Any]:
    raw = asdict(command.numbering.registered)
    return {**raw, "issued_on": command.numbering.registered.issued_on.isoformat()}


def _sealed_at(tx: Connection, dossier: Dossier, place: int) -> Paper:
    task = open_task(dossier, place)
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    paper = setting.procedure.places.steps[task.step].seals
    if paper is None:
        raise NotSignedHere(code=dossier.code, document="?")
    return paper
