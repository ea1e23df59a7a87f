"""A letter becomes a document of its dossier, to be signed by the leader and the agency."""

from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO

import pikepdf
from sqlalchemy import Connection

from engine.commands.acting import Check, Target, act_of, act_on, require
from engine.errors.letters import LetterFiledAlready, LetterNotSigned
from engine.files import FileStore
from engine.life.letters import day_of
from engine.model.actor import Actor, Permission
from engine.model.document import DocumentKind, FileFacts, Origin, Registered
from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.model.letter_forms import FormDetails
from engine.signatures.preparing import ISSUING, prepare
from engine.store import dossiers

PDF = "application/pdf"


@dataclass(frozen=True)
class FileLetter:
    """The letter that was issued as an event, with its file made ready to be signed."""

    target: Target
    letter: Event
    details: FormDetails
    file: FileFacts


def signable_file(pdf: bytes, files: FileStore) -> FileFacts:
    """Keep a letter with the empty fields of its signatures; no transaction may be open."""
    prepared = prepare(pdf, ISSUING)
    stored = files.put(prepared)
    with pikepdf.open(BytesIO(prepared)) as opened:
        return FileFacts(stored.digest, stored.size, len(opened.pages), PDF)


def file_letter(tx: Connection, command: FileLetter, actor: Actor, now: datetime) -> Dossier:
    """Make the letter a document of its dossier, with the number that it has.

    Raises `LetterNotSigned` for one that the law wants no signature under, `LetterFiledAlready`.
    """
    if not command.details.signed:
        raise LetterNotSigned(title=command.details.title)
    before = dossiers.lock(tx, command.target.code).dossier
    for there in before.documents.values():
        if (there.source or {}).get("letter") == command.letter.seq:
            raise LetterFiledAlready(code=before.code, document=there.number)
    data = {
        "document": before.documents_added + 1,
        "kind": DocumentKind.LETTER,
        "origin": Origin.DRAWN_UP,
        "file": asdict(command.file),
        "component": None,
        "place": None,
        "source": {"letter": command.letter.seq},
        "registered": _registered(command.letter),
    }
    act = act_of(actor, EventType.DOCUMENT_ADDED, now, data, {"name": command.details.title})
    return act_on(tx, command.target, act, _check(actor))


def _check(actor: Actor) -> Check:
    """Those inside the office who bring documents into dossiers."""
    what = "đưa giấy tờ này vào hồ sơ để ký"
    inside = require(actor, Permission.EVENT_READ, what)
    brings = require(actor, Permission.DOCUMENT_ADD, what)

    def check(dossier: Dossier) -> int | None:
        inside(dossier)
        return brings(dossier)

    return check


def _registered(letter: Event) -> dict[str, object]:
    data, day = letter.data, day_of(letter)
    registered = Registered(data["symbol"], data["year"], data["number"], data["symbol"], day)
    return {**asdict(registered), "issued_on": day.isoformat()}
