"""Documents are ordered from scans and photographs, and come into their dossier when made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Target, require
from engine.commands.documents import AddDocument, ReplaceDocument, add_document, replace_document
from engine.errors.documents import DocumentSigned
from engine.errors.scans import (
    ReplacesAnother,
    ScanDone,
    ScanPageMissing,
    ScansWaiting,
    ScanUnknown,
)
from engine.errors.uploads import UploadMeantElsewhere, UploadTaken, UploadUnfinished
from engine.life.documents import document_in
from engine.life.guards import require_unfinished
from engine.life.obtaining import component_of
from engine.model.actor import Actor, Permission
from engine.model.document import Document, DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier
from engine.scans.arrangement import Arrangement, read_arrangement
from engine.scans.worker import Made
from engine.store import definitions, dossiers, scans, uploads, users
from engine.store.scans import ClaimedScan, ScanJob, ScanOrder, ScanOutcome, ScanSource, ScanState

MOST_WAITING = 50
"""Documents of one dossier that may be in the making at once."""

KEPT = timedelta(days=7)
"""How long uploads stay at least from which a document is to be made."""


@dataclass(frozen=True)
class OrderScan:
    """Make a document of a component from pages of uploads: {upload, page, rotation, crop}.

    `replaces` is the number of an unsigned document of the component whose file it takes over.
    """

    code: str
    component: str
    pages: Sequence[Mapping[str, Any]]
    replaces: int | None = None


def order_scan(tx: Connection, command: OrderScan, actor: Actor, now: datetime) -> ScanJob:
    """Put the making of a document into the queue.

    Raises whatever can be told beforehand of why it would never become one.
    """
    loaded = dossiers.lock(tx, command.code)
    dossier = loaded.dossier
    _require_adding(actor, dossier)
    require_unfinished(dossier)
    component_of(definitions.setting_of(tx, dossier.version, dossier.rulebook), command.component)
    jobs = scans.of_dossier(tx, loaded.id, now)
    if (waiting := sum(job.is_waiting for job in jobs)) >= MOST_WAITING:
        raise ScansWaiting(code=dossier.code, waiting=waiting)
    replaced = _replaced(dossier, command)
    sources, arrangement = _taken(tx, command, actor, now)
    before = replaced.file.digest if replaced else None
    order = ScanOrder(command.component, sources, arrangement, command.replaces, before)
    job_id = scans.add(tx, loaded.id, order, actor.id, now)
    return _job(tx, loaded, job_id, now)


def drop_scan(tx: Connection, code: str, job_id: int, actor: Actor, now: datetime) -> None:
    """Throw away a document that is not made yet, or could not be; its pages can be arranged anew.

    Raises `ScanUnknown` or `ScanDone`.
    """
    loaded = dossiers.read(tx, code)
    _require_adding(actor, loaded.dossier)
    if _job(tx, loaded, job_id, now).state is ScanState.DONE:
        raise ScanDone(code=code)
    scans.remove(tx, job_id)


def record_scan(
    tx: Connection, job: ClaimedScan, file: FileFacts, made: Made, now: datetime
) -> bool:
    """Bring a document that was made into its dossier, for whoever ordered it.

    False where the claim was lost: then nothing is changed.
    """
    if not scans.still_mine(tx, job):
        return False
    actor, target, order = users.actor_by_id(tx, job.ordered_by), Target(job.code), job.order
    origin = Origin.UPLOADED if made.signed else Origin.SCANNED
    if order.replaces is None:
        adding = AddDocument(target, DocumentKind.COMPONENT, file, origin, order.component)
        number = add_document(tx, adding, actor, now)[1].number
    else:
        number = order.replaces
        replacing = ReplaceDocument(target, number, str(order.before), file, origin)
        replace_document(tx, replacing, actor, now)
    scans.end(tx, job, ScanOutcome(number, made.text_layer, made.resolution), now)
    _release_used(tx, job.dossier_id, order, now)
    return True


def _require_adding(actor: Actor, dossier: Dossier) -> None:
    require(actor, Permission.DOCUMENT_ADD, "đưa tài liệu vào hồ sơ này")(dossier)


def _job(tx: Connection, loaded: dossiers.Loaded, job_id: int, now: datetime) -> ScanJob:
    job = scans.lock(tx, loaded.id, job_id, now)
    if job is None:
        raise ScanUnknown(code=loaded.dossier.code, scan=job_id)
    return job


def _replaced(dossier: Dossier, command: OrderScan) -> Document | None:
    if command.replaces is None:
        return None
    document = document_in(dossier, command.replaces)
    if document.component != command.component or document.kind is not DocumentKind.COMPONENT:
        raise ReplacesAnother(code=dossier.code, document=document.number)
    if document.signatures:
        raise DocumentSigned(code=dossier.code, document=document.number)
    return document


def _taken(
    tx: Connection, command: OrderScan, actor: Actor, now: datetime
) -> tuple[list[ScanSource], Arrangement]:
    """The uploads that pages are taken from, in the order of their first page."""
    ids = list(dict.fromkeys(str(page["upload"]) for page in command.pages))
    sources = [_source(tx, id_, command.code, actor, now) for id_ in ids]
    rows = [{**page, "source": ids.index(str(page["upload"]))} for page in command.pages]
    arrangement = read_arrangement(rows, len(sources))
    for page in arrangement:
        if page.page >= sources[page.source].file.pages:
            raise ScanPageMissing(number=page.source + 1, page=page.page + 1)
    return sources, arrangement


def _source(tx: Connection, id_: str, code: str, actor: Actor, now: datetime) -> ScanSource:
    """An upload of the actor for this dossier, kept for as long as the making may take."""
    upload = uploads.get(tx, id_, actor.id, now, lock=True)
    if upload.facts is None:
        raise UploadUnfinished(name=upload.name)
    if upload.taken:
        raise UploadTaken(name=upload.name)
    if upload.dossier != code:
        raise UploadMeantElsewhere(name=upload.name)
    uploads.change(tx, id_, expires_at=max(upload.expires_at, now + KEPT))
    return ScanSource(id_, upload.facts)


def _release_used(tx: Connection, dossier_id: int, order: ScanOrder, now: datetime) -> None:
    """Uploads of which every page has become part of a document are not offered any more."""
    jobs = [job for job in scans.of_dossier(tx, dossier_id, now) if job.state is ScanState.DONE]
    used = {page for job in jobs for page in job.order.pages_of}
    for source in order.sources:
        if all((source.upload, page) in used for page in range(source.file.pages)):
            uploads.change(tx, source.upload, taken=True)
