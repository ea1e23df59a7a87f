"""The signatures of a dossier's document, examined as people want to know them.

What we recorded is judged as of the moment at which the log has it; what came with an uploaded
file, as of now.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.errors.signatures import PdfUnreadable
from engine.files import FileStore
from engine.life.documents import document_in
from engine.model.actor import Actor
from engine.model.document import CAPACITY_NAMES, Document
from engine.queries import dossiers
from engine.settings import Settings
from engine.signatures.examining import examine
from engine.signatures.places import FIELDS
from engine.signatures.trust import trusted
from engine.signatures.verdict import VERDICT_NAMES, Verdict

_PDF = "application/pdf"


@dataclass(frozen=True)
class SignatureItem:
    """One signature in a document's file, with what is to be thought of it.

    `capacity_name` is None where somebody signed before the file came to us.
    """

    verdict: Verdict
    verdict_name: str
    sentence: str
    signer: str
    issuer: str
    at: datetime | None
    stamped: bool
    whole_file: bool
    capacity_name: str | None
    certificate: str


@dataclass(frozen=True)
class SignatureReport:
    """What is signed in a document: no signatures, all of them, or why they cannot be read."""

    document: int
    file: str
    signatures: tuple[SignatureItem, ...]
    unreadable: str | None = None


def document_of(tx: Connection, code: str, number: int, actor: Actor) -> Document:
    """A document that the actor may see; raises `DossierUnknown`, `DocumentUnknown`."""
    return document_in(dossiers.find(tx, code, actor).dossier, number)


def report(
    document: Document, files: FileStore, settings: Settings, now: datetime
) -> SignatureReport:
    """Examine a document's file; it takes time and no transaction. Raises `FileMissing`."""
    if document.file.media_type != _PDF:
        return SignatureReport(document.number, document.file.digest, ())
    judged = max((each.at for each in document.signatures), default=now)
    pdf = files.read(document.file.digest)
    try:
        found = examine(pdf, trusted(settings.trust_roots), judged)
    except PdfUnreadable as error:
        return SignatureReport(document.number, document.file.digest, (), error.message)
    capacities = {FIELDS[capacity]: name for capacity, name in CAPACITY_NAMES.items()}
    items = tuple(
        SignatureItem(
            verdict=each.verdict,
            verdict_name=VERDICT_NAMES[each.verdict],
            sentence=each.sentence,
            signer=each.signer,
            issuer=each.issuer,
            at=each.at,
            stamped=each.stamped,
            whole_file=each.whole_file,
            capacity_name=capacities.get(each.field),
            certificate=each.certificate,
        )
        for each in found
    )
    return SignatureReport(document.number, document.file.digest, items)
