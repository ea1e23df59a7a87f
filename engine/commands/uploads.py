"""Files come in piece by piece, over a line that may break, and wait for a document to take them.

Pieces and files go into the store outside these commands, between one that says whether they are
awaited and one that writes down that they came.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from engine.commands.acting import require_readable, require_somewhere
from engine.errors import NotPermitted
from engine.errors.uploads import (
    FileEmpty,
    FileTooLarge,
    TooManyUploads,
    UploadMeantElsewhere,
    UploadOffsetWrong,
    UploadPieceTooLong,
    UploadPieceTooShort,
    UploadTaken,
    UploadUnfinished,
)
from engine.files.names import cleaned
from engine.files.staging import Piece
from engine.model.actor import Actor, Permission, may, may_work
from engine.model.document import FileFacts
from engine.store import dossiers, uploads, verdicts
from engine.store.uploads import Upload
from engine.store.verdicts import FileVerdict

KEPT = timedelta(days=1)
"""For so long after its last piece, a file waits for the next or for a document to take it."""

MOST = 1_000
"""Files of one person that may wait at once."""

SHORTEST = 65_536
"""Bytes that a piece has at least, the last one apart."""

MEGA = 1_000_000


@dataclass(frozen=True)
class BeginUpload:
    """A file of that name and size is about to come, perhaps for a dossier."""

    name: str
    size: int
    dossier: str | None = None


@dataclass(frozen=True)
class Room:
    """How large a file may be, and all together that wait of one person, in bytes."""

    file: int
    waiting: int


def begin_upload(
    tx: Connection, command: BeginUpload, room: Room, actor: Actor, now: datetime
) -> Upload:
    """Make ready for a file.

    Raises `NotPermitted`, `FileNameUnsafe`, `FileEmpty`, `FileTooLarge` or `TooManyUploads`.
    """
    _require_allowed(tx, command.dossier, actor)
    name, size = cleaned(command.name), command.size
    if size == 0:
        raise FileEmpty(name=name)
    if size > room.file:
        raise FileTooLarge(name=name, most=room.file // MEGA)
    number, burden = uploads.burden(tx, actor.id, now)
    if number >= MOST or burden + size > room.waiting:
        raise TooManyUploads(most=MOST, megabytes=room.waiting // MEGA)
    upload = Upload(
        id=secrets.token_hex(16),
        user_id=actor.id,
        dossier=command.dossier,
        name=name,
        size=size,
        received=0,
        expires_at=now + KEPT,
        facts=None,
        taken=False,
    )
    uploads.add(tx, upload)
    return upload


def _require_allowed(tx: Connection, code: str | None, actor: Actor) -> None:
    """Who may bring papers into that dossier or work on it; before there is one, into any."""
    what = "gửi tệp vào hồ sơ"
    if code is None:
        require_somewhere(actor, Permission.DOCUMENT_ADD, what)
        return
    dossier = dossiers.read(tx, code).dossier
    require_readable(actor, dossier)
    works = any(may_work(actor, task) for task in dossier.tasks.values())
    if not works and not may(actor, Permission.DOCUMENT_ADD, dossier):
        raise NotPermitted(what=what)


def require_awaited(upload: Upload, start: int, length: int) -> None:
    """Raise where a piece of that length does not continue the file at `start`."""
    if start != upload.received or upload.facts:
        raise UploadOffsetWrong(received=upload.received, name=upload.name)
    end = start + length
    if end > upload.size:
        raise UploadPieceTooLong(name=upload.name)
    if length < SHORTEST and end < upload.size:
        raise UploadPieceTooShort(name=upload.name, least=SHORTEST)


def note_piece(
    tx: Connection, id_: str, piece: Piece, length: int, actor: Actor, now: datetime
) -> Upload:
    """A piece that is in the store continues the file."""
    upload = uploads.get(tx, id_, actor.id, now, lock=True)
    require_awaited(upload, piece.start, length)
    uploads.add_piece(tx, id_, piece.start, piece.digest)
    after = replace(upload, received=piece.start + length, expires_at=now + KEPT)
    uploads.change(tx, id_, received=after.received, expires_at=after.expires_at)
    return after


def require_whole(upload: Upload) -> None:
    """Raise `UploadUnfinished` where pieces are missing."""
    if upload.received != upload.size:
        raise UploadUnfinished(name=upload.name)


def note_file(
    tx: Connection,
    id_: str,
    facts: FileFacts,
    actor: Actor,
    now: datetime,
    signatures: FileVerdict | None = None,
) -> Upload:
    """The file is whole, was let in, and is in the store; its pieces are no longer needed.
    `signatures` is what was found of those in it."""
    upload = uploads.get(tx, id_, actor.id, now, lock=True)
    if signatures:
        verdicts.put(tx, facts.digest, signatures, now)
    values = {"file": facts.digest, "pages": facts.pages, "media_type": facts.media_type}
    uploads.change(tx, id_, **values, expires_at=now + KEPT)
    return replace(upload, facts=facts, expires_at=now + KEPT)


def drop_upload(tx: Connection, id_: str, actor: Actor, now: datetime) -> None:
    """Someone gives up sending a file."""
    upload = uploads.get(tx, id_, actor.id, now, lock=True)
    if upload.taken:
        raise UploadTaken(name=upload.name)
    uploads.drop(tx, [id_])


def take_upload(
    tx: Connection, id_: str, dossier: str | None, actor: Actor, now: datetime
) -> Upload:
    """A document of that dossier takes a file, which no other can take then.

    Raises `UploadUnknown`, `UploadUnfinished`, `UploadTaken` or `UploadMeantElsewhere`.
    """
    upload = uploads.get(tx, id_, actor.id, now, lock=True)
    if upload.facts is None:
        raise UploadUnfinished(name=upload.name)
    if upload.taken:
        raise UploadTaken(name=upload.name)
    if upload.dossier not in {None, dossier}:
        raise UploadMeantElsewhere(name=upload.name)
    uploads.change(tx, id_, taken=True)
    return upload
