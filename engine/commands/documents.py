"""Documents of a dossier: brought in, replaced, taken out. Their bytes are in the store already."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import (
    Check,
    Target,
    act_of,
    act_on,
    require,
    require_candidate,
    require_readable,
)
from engine.life.documents import document_in
from engine.model.actor import Actor, Permission
from engine.model.document import ISSUED, Document, DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.store import dossiers


@dataclass(frozen=True)
class AddDocument:
    """A file becomes a document of a dossier.

    `component` is the code of the component that it is; `place` that of the task which draws it
    up, for a result or a refusal; `source` where a file of the vault was taken from; `name` how
    whoever brought it calls it.
    """

    target: Target
    kind: DocumentKind
    file: FileFacts
    origin: Origin
    component: str | None = None
    place: int | None = None
    source: Mapping[str, Any] | None = None
    name: str | None = None


@dataclass(frozen=True)
class ReplaceDocument:
    """Another file for a document; `before` is the digest of the one that it replaces."""

    target: Target
    document: int
    before: str
    file: FileFacts
    origin: Origin
    place: int | None = None


@dataclass(frozen=True)
class RemoveDocument:
    """A document is taken out, for a reason."""

    target: Target
    document: int
    before: str
    reason: str


def add_document(
    tx: Connection, command: AddDocument, actor: Actor, now: datetime
) -> tuple[Dossier, Document]:
    """Put a document into a dossier; returns both."""
    before = dossiers.lock(tx, command.target.code).dossier
    require_readable(actor, before)
    number = before.documents_added + 1
    act = act_of_adding(command, number, actor, now)
    dossier = act_on(tx, command.target, act, _check(actor, command.kind, command.place))
    return dossier, dossier.documents[number]


def act_of_adding(command: AddDocument, number: int, actor: Actor, now: datetime) -> Act:
    """The act by which a file becomes the document of that number."""
    data = {
        "document": number,
        "kind": command.kind,
        "origin": command.origin,
        "file": asdict(command.file),
        "component": command.component,
        "place": command.place,
        "source": command.source and dict(command.source),
    }
    return act_of(actor, EventType.DOCUMENT_ADDED, now, data, {"name": command.name})


def replace_document(
    tx: Connection, command: ReplaceDocument, actor: Actor, now: datetime
) -> Dossier:
    """Give a document another file."""
    data = {
        "document": command.document,
        "before": command.before,
        "file": asdict(command.file),
        "origin": command.origin,
        "place": command.place,
    }
    act = act_of(actor, EventType.DOCUMENT_REPLACED, now, data)
    return act_on(tx, command.target, act, _check_of(actor, command.document, command.place))


def remove_document(
    tx: Connection, command: RemoveDocument, actor: Actor, now: datetime
) -> Dossier:
    """Take a document out of a dossier; the log keeps naming its file."""
    data = {"document": command.document, "before": command.before}
    act = act_of(actor, EventType.DOCUMENT_REMOVED, now, data, {"reason": command.reason})
    return act_on(tx, command.target, act, _check_of(actor, command.document, None))


def require_filing(
    tx: Connection, code: str, kind: DocumentKind, place: int | None, actor: Actor
) -> None:
    """Raise where someone may not put a document of that kind into a dossier at all."""
    _check(actor, kind, place)(dossiers.lock(tx, code).dossier)


def require_replacing(
    tx: Connection, code: str, document: int, place: int | None, actor: Actor
) -> None:
    """Raise where someone may not touch a document of a dossier at all."""
    _check_of(actor, document, place)(dossiers.lock(tx, code).dossier)


def _check_of(actor: Actor, number: int, place: int | None) -> Check:
    def check(dossier: Dossier) -> int | None:
        require_readable(actor, dossier)
        return _check(actor, document_in(dossier, number).kind, place)(dossier)

    return check


def _check(actor: Actor, kind: DocumentKind, place: int | None) -> Check:
    """Drafts are whose task it is to draw them up; all else needs the permission."""
    if kind in ISSUED and place is not None:
        return require_candidate(actor, place)
    return require(actor, Permission.DOCUMENT_ADD, "đưa tài liệu vào hồ sơ này")
