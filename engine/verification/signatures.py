"""Whether the signatures that a dossier's log records are in its files, and still hold.

Each is judged as of the moment at which the log has it, with local data only. A root that was
taken away since makes a signature unknown, which proves nothing against it.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from engine.errors.files import FileAltered, FileMissing
from engine.errors.signatures import PdfUnreadable
from engine.files import FileStore
from engine.model.document import CAPACITY_NAMES, Document, Signature
from engine.signatures.examining import examine
from engine.signatures.places import FIELDS
from engine.signatures.trust import Trust
from engine.signatures.verdict import Examined, Verdict
from engine.store import dossiers
from engine.store.database import Database
from engine.store.file_names import named_by
from engine.verification.finding import Broken, Finding, Part


def verify_signatures(
    database: Database, files: FileStore, trust: Trust, code: str
) -> Broken | None:
    """Examine every recorded signature of a dossier; the first that does not hold."""
    with database.reading() as tx:
        documents = dossiers.read(tx, code).dossier.documents.values()
        named = named_by(tx, code)
    first = next(broken_signatures(documents, named, files, trust), None)
    return Broken(code, first.seq, first.reason) if first else None


def broken_signatures(
    documents: Iterable[Document],
    named: Iterable[tuple[int, str]],
    files: FileStore,
    trust: Trust,
) -> Iterator[Finding]:
    """Examine the signatures of documents and tell, of each document, the first that does not
    hold, with the event that `named` its file. Files that are gone are told of elsewhere."""
    made_at = {digest: seq for seq, digest in named}
    for document in documents:
        with suppress(FileMissing, FileAltered):
            if document.signatures and (broken := _broken(document, files, trust)):
                signature, reason = broken
                seq = made_at.get(signature.file, 1)
                yield Finding(Part.SIGNATURES, seq, f"Tài liệu {document.number}: {reason}")


def _broken(document: Document, files: FileStore, trust: Trust) -> tuple[Signature, str] | None:
    last = document.signatures[-1]
    try:
        found = examine(files.read(document.file.digest), trust, last.at)
    except PdfUnreadable as error:
        return last, error.message
    by_field = {each.field: each for each in found}
    for signature in document.signatures:
        if reason := _reason(signature, by_field.get(FIELDS[signature.capacity])):
            return signature, f"chữ ký «{CAPACITY_NAMES[signature.capacity]}»: {reason}"
    return None


def _reason(signature: Signature, examined: Examined | None) -> str | None:
    if examined is None:
        return "không có trong tệp."
    if examined.verdict is Verdict.INVALID:
        return examined.sentence
    if examined.certificate != signature.certificate:
        return "không phải bằng chứng thư số đã ghi nhận."
    return None
