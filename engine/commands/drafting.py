"""Drafts of results and refusals: drawn up or taken from elsewhere, made ready to be signed."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pikepdf
from sqlalchemy import Connection

from bpmn.steps import Paper
from engine.commands.acting import Target, require_readable
from engine.commands.documents import (
    AddDocument,
    ReplaceDocument,
    add_document,
    replace_document,
)
from engine.files import FileStore
from engine.model.actor import Actor
from engine.model.document import DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier
from engine.signatures.preparing import ISSUING, prepare
from engine.store import dossiers

PDF = "application/pdf"


@dataclass(frozen=True)
class PutDraft:
    """A file becomes the draft of a paper at the task which draws it up, or its new version."""

    target: Target
    place: int
    paper: Paper
    file: FileFacts
    origin: Origin


def keep(pdf: bytes, files: FileStore) -> FileFacts:
    """Keep a draft with the empty fields of its signatures, number and date.

    No transaction may be open. Raises `PdfAlreadySigned`, `PdfUnreadable`.
    """
    prepared = prepare(pdf, ISSUING)
    stored = files.put(prepared)
    with pikepdf.open(BytesIO(prepared)) as opened:
        return FileFacts(stored.digest, stored.size, len(opened.pages), PDF)


def put_draft(tx: Connection, command: PutDraft, actor: Actor, now: datetime) -> Dossier:
    """Put a draft into its dossier, in place of the one before; the same file changes nothing."""
    dossier = dossiers.lock(tx, command.target.code).dossier
    require_readable(actor, dossier)
    there = dossier.document_of(command.paper)
    kind, place = DocumentKind(command.paper), command.place
    if there is None:
        adding = AddDocument(command.target, kind, command.file, command.origin, place=place)
        return add_document(tx, adding, actor, now)[0]
    if there.file == command.file:
        return dossier
    replacing = ReplaceDocument(
        command.target, there.number, there.file.digest, command.file, command.origin, place
    )
    return replace_document(tx, replacing, actor, now)
