"""The projection of documents: what dossiers have, and every file that their logs name."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from engine.model.document import Capacity, Document, DocumentKind
from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.store.database import execute_each
from engine.store.paper_tables import document as table
from engine.store.paper_tables import dossier_file

_HERE = (table.c.dossier_id == bindparam("the_dossier"), table.c.number == bindparam("the_number"))
_INSERT, _UPDATE, _DELETE = insert(table), update(table).where(*_HERE), delete(table).where(*_HERE)
_FILE = insert(dossier_file)


def save(
    tx: Connection, dossier_id: int, before: dict[int, Document], dossier: Dossier
) -> dict[int, Document]:
    """Write the difference between the rows as they were and the dossier; returns what is now."""
    after = dict(dossier.documents)
    new = [row_of(dossier, each) for number, each in after.items() if number not in before]
    execute_each(tx, _INSERT, ({"dossier_id": dossier_id, **row} for row in new))
    for number, document in after.items():
        if number in before and before[number] != document:
            _at(tx, _UPDATE, dossier_id, number, row_of(dossier, document))
    for number in before.keys() - after.keys():
        _at(tx, _DELETE, dossier_id, number, {})
    files = files_named(dossier.news)
    execute_each(tx, _FILE, ({"dossier_id": dossier_id, **row} for row in files))
    return after


def _at(tx: Connection, statement: Any, dossier_id: int, number: int, row: dict[str, Any]) -> None:
    values = {name: value for name, value in row.items() if name != "number"}
    tx.execute(statement, {"the_dossier": dossier_id, "the_number": number, **values})


def row_of(dossier: Dossier, document: Document) -> dict[str, Any]:
    """The row that a document should have, without the dossier's id."""
    book = document.registered
    return {
        "number": document.number,
        "agency": dossier.competent_agency,
        "kind": document.kind,
        "component": document.component,
        "origin": document.origin,
        "file": document.file.digest,
        "size": document.file.size,
        "pages": document.file.pages,
        "media_type": document.file.media_type,
        "added_by": document.added_by,
        "added_at": document.added_at,
        "signed_reception": document.signed_as(Capacity.RECEPTION) is not None,
        "signed_leader": document.signed_as(Capacity.LEADER) is not None,
        "sealed": document.signed_as(Capacity.AGENCY) is not None,
        "book": book and book.book,
        "book_year": book and book.year,
        "book_number": book and book.number,
        "symbol": book and book.symbol,
        "issued_on": book and book.issued_on,
    }


def files_named(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """The files that events name and that were not destroyed since, without the dossier's id."""
    known = list(events)
    gone = {file for event in known if event.type is _MASKED for file in event.data["files"]}
    for event in known:
        part = _NAMING.get(event.type)
        if part and event.data[part]["digest"] not in gone:
            yield {"seq": event.seq, "file": event.data[part]["digest"]}


def component_files(events: Iterable[Event]) -> list[str]:
    """Digests of the files that were ever made of what was handed in."""
    known = list(events)
    added = (event for event in known if event.type is EventType.DOCUMENT_ADDED)
    numbers = {e.data["document"] for e in added if e.data["kind"] == DocumentKind.COMPONENT}
    named = (e for e in known if e.type in _NAMING and e.data["document"] in numbers)
    return sorted({event.data[_NAMING[event.type]]["digest"] for event in named})


_MASKED = EventType.PERSONAL_DATA_MASKED
_NAMING = {
    EventType.DOCUMENT_ADDED: "file",
    EventType.DOCUMENT_REPLACED: "file",
    EventType.DOCUMENT_SIGNED: "after",
    EventType.DOCUMENT_NUMBERED: "after",
}
