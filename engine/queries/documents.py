"""Documents of a dossier, for those who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.files.kinds import extension_of
from engine.life.documents import document_in
from engine.model.actor import Actor
from engine.model.document import (
    Document,
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
    """The present file of a document; raises `DossierUnknown` or `DocumentUnknown`.

    It is called by dossier and number: how whoever sent it called it may have been erased by law.
    """
    return named_file(code, document_in(find(tx, code, actor).dossier, number))


def named_file(code: str, document: Document) -> FileOut:
    """A document's file, called by dossier and number."""
    extension = extension_of(document.file.media_type)
    return FileOut(document.file, f"{code}-{document.number}{extension}")
