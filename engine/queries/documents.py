"""Documents of a dossier, for those who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.errors.retention import FileDestroyed
from engine.files.kinds import extension_of
from engine.life.documents import document_in
from engine.model.actor import Actor
from engine.model.document import (
    Document,
    DocumentKind,
    FileFacts,
)
from engine.queries.dossiers import find


@dataclass(frozen=True)
class FileOut:
    """A file of the store, with how to call it outside."""

    facts: FileFacts
    name: str


def documents_of(tx: Connection, code: str, actor: Actor) -> Sequence[Document]:
    """What a dossier has now, by number; raises `DossierUnknown`."""
    documents = find(tx, code, actor).dossier.documents
    return [documents[number] for number in sorted(documents)]


def file_of(tx: Connection, code: str, number: int, actor: Actor) -> FileOut:
    """The present file of a document; raises `DossierUnknown`, `DocumentUnknown`, or
    `FileDestroyed`.

    It is called by dossier and number: how whoever sent it called it may have been erased by law.
    """
    dossier = find(tx, code, actor).dossier
    document = document_in(dossier, number)
    if dossier.masked_at and document.kind is DocumentKind.COMPONENT:
        raise FileDestroyed(code=code)
    return named_file(code, document)


def named_file(code: str, document: Document) -> FileOut:
    """A document's file, called by dossier and number."""
    extension = extension_of(document.file.media_type)
    return FileOut(document.file, f"{code}-{document.number}{extension}")
