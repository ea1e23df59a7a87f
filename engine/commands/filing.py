"""A file that someone sent becomes a document of a dossier, or takes the place of another."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target
from engine.commands.documents import (
    AddDocument,
    ReplaceDocument,
    add_document,
    replace_document,
    require_filing,
    require_replacing,
)
from engine.commands.uploads import take_upload
from engine.errors.documents import DraftNotUploaded, LetterNotUploaded
from engine.errors.uploads import UploadUnfinished
from engine.model.actor import Actor
from engine.model.document import DOCUMENT_KIND_NAMES, ISSUED, Document, DocumentKind, Origin
from engine.model.dossier import Dossier
from engine.store.uploads import Upload


@dataclass(frozen=True)
class FileUpload:
    """What a document is made of: the id of an upload, what it is, and at which task."""

    target: Target
    upload: str
    kind: DocumentKind
    component: str | None = None
    place: int | None = None


@dataclass(frozen=True)
class ReplaceByUpload:
    """Another file for a document; `before` is the digest of the one that whoever asks has seen."""

    target: Target
    document: int
    before: str
    upload: str
    place: int | None = None


def file_upload(
    tx: Connection, command: FileUpload, actor: Actor, now: datetime
) -> tuple[Dossier, Document]:
    """Put what was sent into a dossier; returns both.

    Raises what taking the upload and adding the document raise, and `LetterNotUploaded`.
    """
    if command.kind is DocumentKind.LETTER:
        raise LetterNotUploaded()
    if command.kind in ISSUED:
        raise DraftNotUploaded(name=DOCUMENT_KIND_NAMES[command.kind])
    require_filing(tx, command.target.code, command.kind, command.place, actor)
    upload = take_upload(tx, command.upload, command.target.code, actor, now)
    added = added_from(upload, command.target, command.kind, command.component, command.place)
    return add_document(tx, added, actor, now)


def added_from(
    upload: Upload,
    target: Target,
    kind: DocumentKind,
    component: str | None = None,
    place: int | None = None,
) -> AddDocument:
    """The command that makes a document of what was sent."""
    if upload.facts is None:
        raise UploadUnfinished(name=upload.name)
    origin, name = Origin.UPLOADED, upload.name
    return AddDocument(target, kind, upload.facts, origin, component, place, name=name)


def replace_by_upload(
    tx: Connection, command: ReplaceByUpload, actor: Actor, now: datetime
) -> Dossier:
    """Give a document of a dossier the file that was sent."""
    require_replacing(tx, command.target.code, command.document, command.place, actor)
    upload = take_upload(tx, command.upload, command.target.code, actor, now)
    if upload.facts is None:
        raise UploadUnfinished(name=upload.name)
    replaced = ReplaceDocument(
        command.target,
        command.document,
        command.before,
        upload.facts,
        Origin.UPLOADED,
        command.place,
    )
    return replace_document(tx, replaced, actor, now)
