"""The letters of a dossier: which were issued, and what is needed to draw one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.calendar import local
from engine.errors.letters import LetterUnknown
from engine.model.document import Capacity, Document
from engine.model.dossier import Dossier
from engine.model.event import Event
from engine.model.letter_forms import FormDetails, LetterForm, form_on
from engine.printing.templates import Source
from engine.queries.dossiers import Found
from engine.queries.letter_log import letter_log
from engine.queries.letter_values import Links, letter_values
from engine.store import letter_templates
from engine.store.letter_tables import letter as table


@dataclass(frozen=True)
class LetterView:
    """A letter that was issued. `seq` is its event; `document` the number under which it is a
    document of the dossier, once it was made ready to be signed; `signed`: by the agency too."""

    seq: int
    form: LetterForm
    form_number: str
    title: str
    number: str
    agency: str
    issued_at: datetime
    to_be_signed: bool
    signed: bool
    document: int | None


@dataclass(frozen=True)
class Sheet:
    """A letter to be drawn; `file` is the digest of what was drawn before, None at first, and
    `signed` that of the signed document which it became."""

    dossier_id: int
    issued: Event
    details: FormDetails
    file: str | None
    signed: str | None
    source: Source
    values: Mapping[str, Any]


def letters_of(tx: Connection, found: Found) -> list[LetterView]:
    """The letters of a dossier, oldest first."""
    query = select(table).where(table.c.dossier_id == found.id).order_by(table.c.seq)
    rows = tx.execute(query)
    return [view for row in rows if (view := _view(row, letter_document(found.dossier, row.seq)))]


def letter_document(dossier: Dossier, seq: int) -> Document | None:
    """The document that a letter became when it was made ready to be signed."""
    papers = dossier.documents.values()
    return next((each for each in papers if (each.source or {}).get("letter") == seq), None)


def sheet_of(tx: Connection, found: Found, seq: int, links: Links) -> Sheet:
    """What is needed to draw a letter; raises `LetterUnknown` and `LetterErased`."""
    row = letter_row(tx, found, seq)
    log = letter_log(tx, found, seq)
    source = letter_templates.get(tx, log.issued.data["template"])
    values = letter_values(tx, found, log, links)
    paper = letter_document(found.dossier, seq)
    signed = paper.file.digest if paper and paper.signatures else None
    return Sheet(found.id, log.issued, log.details, row.file, signed, source, values)


def letter_row(tx: Connection, found: Found, seq: int) -> Any:
    """The row of a letter; raises `LetterUnknown`."""
    query = select(table).where(table.c.dossier_id == found.id, table.c.seq == seq)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise LetterUnknown(code=found.dossier.code, letter=seq)
    return row


def _view(row: Any, paper: Document | None) -> LetterView | None:
    details = form_on(LetterForm(row.form), _day(row.issued_at))
    if details is None:
        return None
    return LetterView(
        seq=row.seq,
        form=details.form,
        form_number=details.number,
        title=details.title,
        number=f"{row.number:02}/{row.symbol}",
        agency=row.agency,
        issued_at=row.issued_at,
        to_be_signed=details.signed,
        signed=bool(paper and paper.signed_as(Capacity.AGENCY)),
        document=paper.number if paper else None,
    )


def _day(moment: datetime) -> date:
    return local(moment).date()
