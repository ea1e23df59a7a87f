"""Proof of a dossier: its chain is whole, and doing it again gives what is stored.

First every hash is computed anew over the one before; then the acts are re-executed, and their
consequences, the state, the open tasks, the timers and the dates must be those in the database.
What differs is named with the event where it does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select

from bpmn.findings import ProcedureError
from bpmn.procedure import Procedure
from engine.errors import EngineError
from engine.files import FileStore
from engine.life.setting import Setting
from engine.model.document import Document
from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.replay import Mismatch, stored, turns
from engine.signatures.trust import Trust
from engine.store.database import Database
from engine.store.definitions import setting_of, version
from engine.store.dossiers import read
from engine.store.events import log_of
from engine.store.file_names import named_by
from engine.store.tables import dossier as table
from engine.verification.anchor_logs import anchor_findings
from engine.verification.chain import chain_findings
from engine.verification.course import Course
from engine.verification.files import lost_files, verify_files
from engine.verification.finding import Broken, Finding, Part
from engine.verification.projections import differences
from engine.verification.signatures import broken_signatures, verify_signatures

BATCH = 200
MOST = 100
"""So many findings are listed of one dossier."""
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ProcedureError)


@dataclass(frozen=True)
class Verified:
    """What was found of one dossier, whose log has so many events and ends with this hash.

    `more` says that there is more wrong than is listed.
    """

    events: int
    head: str
    findings: tuple[Finding, ...]
    more: bool

    @property
    def intact(self) -> bool:
        """Whether everything holds."""
        return not self.findings


@dataclass(frozen=True)
class Recorded:
    """What the database alone shows of one dossier: `wrong` in it, the files that it names with the
    events that do, and the documents whose signatures are to be examined."""

    events: int
    head: str
    wrong: tuple[Finding, ...]
    named: Sequence[tuple[int, str]]
    documents: tuple[Document, ...]

    def examined(self, files: FileStore, trust: Trust) -> Verified:
        """Read the files and examine the signatures as well; no transaction may be open."""
        lost = islice(lost_files(files, self.named), MOST + 1)
        broken = broken_signatures(self.documents, self.named, files, trust)
        found = (*self.wrong, *lost, *islice(broken, MOST + 1))[: MOST + 1]
        return Verified(self.events, self.head, found[:MOST], len(found) > MOST)


def recorded(tx: Connection, code: str) -> Recorded:
    """Check one dossier as far as the database goes; raises `DossierUnknown`."""
    row = stored(tx, code)
    wrong = tuple(islice(findings(tx, code), MOST + 1))
    try:
        documents = tuple(read(tx, code).dossier.documents.values())
    except _UNREADABLE:  # which `wrong` says already
        documents = ()
    return Recorded(row.seq, row.head, wrong, named_by(tx, code), documents)


def verify_dossier(tx: Connection, code: str) -> Broken | None:
    """Check one dossier; None when everything holds. Raises `DossierUnknown`."""
    first = next(findings(tx, code), None)
    return Broken(code, first.seq, first.reason) if first else None


def findings(tx: Connection, code: str) -> Iterator[Finding]:
    """Everything that does not hold of one dossier; nothing when it does.

    Each change of the log is told where it was made. Of re-execution only the first difference
    is, for the others follow from it. Raises `DossierUnknown`.
    """
    row = stored(tx, code)
    try:
        yield from _examined(tx, row)
    except _UNREADABLE as error:
        seq = _first_unreadable(tx, row)
        reason = f"Không đọc được dữ liệu lưu ở sự kiện {seq}: {error!r}"
        yield Finding(Part.STORED, seq, reason)


def _examined(tx: Connection, row: Any) -> Iterator[Finding]:
    log = log_of(tx, row.id)
    yield from chain_findings(row, log)
    yield from anchor_findings(tx, row.code, log)
    events = [logged.event for logged in log]
    course = Course()
    try:
        dossier = _re_executed(tx, row, events, course)
    except Mismatch as mismatch:
        yield Finding(Part.EXECUTION, mismatch.seq, mismatch.reason)
        return
    for reason in differences(tx, row, dossier, events):
        yield Finding(Part.STORED, dossier.seq, reason)
    for reason in course.differences(tx, row.id, dossier):
        yield Finding(Part.STORED, dossier.seq, reason)


def verify_all(
    database: Database,
    files: FileStore,
    trust: Trust,
    codes: Iterable[str],
    done: Callable[[Broken | None], None],
) -> None:
    """Check many dossiers, all their files and their signatures, telling `done` of each dossier
    in turn; holds no transaction for long."""
    for code in codes:
        with database.reading() as tx:
            broken = verify_dossier(tx, code)
        broken = broken or verify_files(database, files, code)
        done(broken or verify_signatures(database, files, trust, code))


def all_codes(database: Database) -> Iterator[str]:
    """Codes of all dossiers, oldest first, read in batches."""
    last = 0
    while True:
        query = select(table.c.id, table.c.code).where(table.c.id > last)
        with database.reading() as tx:
            rows = tx.execute(query.order_by(table.c.id).limit(BATCH)).all()
        if not rows:
            return
        yield from (row.code for row in rows)
        last = rows[-1].id


def count_dossiers(database: Database) -> int:
    """How many dossiers `all_codes` will give."""
    with database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


def _re_executed(tx: Connection, row: Any, events: list[Event], course: Course) -> Dossier:
    """The dossier done again; `course` is filled with where it stood after each act."""
    dossier, setting = None, _setting(tx, row)
    if setting.procedure.digest != row.version:
        raise Mismatch(1, "Quy trình lưu trong cơ sở dữ liệu đã bị sửa.")
    for turn, dossier in turns(events, setting):
        for event, again in zip(turn, dossier.news, strict=False):
            if event != again:
                raise Mismatch(event.seq, f"Chạy lại cho kết quả khác ở sự kiện {event.seq}.")
        if len(turn) != len(dossier.news):
            raise Mismatch(turn[-1].seq, "Chạy lại cho số sự kiện khác với sổ ghi.")
        if turn[0].type is EventType.LETTER_ISSUED:
            course.forget()  # It was kept together with what called for it.
        course.note(dossier)
    if dossier is None:
        raise Mismatch(1, "Hồ sơ không có sự kiện nào.")
    return dossier


def _setting(tx: Connection, row: Any) -> Setting:
    try:
        return replace(setting_of(tx, row.version, row.rulebook), procedure_of=_unaltered(tx))
    except EngineError as error:
        raise Mismatch(1, f"Không đọc được quy tắc của hồ sơ: {error.message}") from error


def _unaltered(tx: Connection) -> Callable[[str], Procedure]:
    """Gives a version by its digest, as long as it is still that version."""

    def procedure(digest: str) -> Procedure:
        found = version(tx, digest)
        if found.digest != digest:
            raise LookupError("quy trình lưu trong cơ sở dữ liệu đã bị sửa")
        return found

    return procedure


def _first_unreadable(tx: Connection, row: Any) -> int:
    """The first event that cannot be read; the last one where it is the state that cannot."""
    for seq in range(1, row.seq + 1):
        try:
            log_of(tx, row.id, after=seq - 1, limit=1)
        except (ValueError, LookupError, TypeError):
            return seq
    return int(row.seq)
