"""Digitising a dossier: what lies on the desk, what is being made, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.errors.scans import ScanUnknown
from engine.model.actor import Actor
from engine.queries.dossiers import Found
from engine.store import scans, uploads
from engine.store.scans import ScanJob, ScanState


@dataclass(frozen=True)
class LoosePage:
    """A page (from 0) of an upload that no document has, and what the upload is called."""

    upload: str
    page: int
    name: str


def scans_of(tx: Connection, found: Found, now: datetime) -> list[ScanJob]:
    """Documents of a dossier in the making, made, or that could not be, the oldest first."""
    return scans.of_dossier(tx, found.id, now)


def scan_of(tx: Connection, found: Found, wanted: int, now: datetime) -> ScanJob:
    """One of them; raises `ScanUnknown`."""
    for job in scans_of(tx, found, now):
        if job.id == wanted:
            return job
    raise ScanUnknown(code=found.dossier.code, scan=wanted)


def loose_pages(
    tx: Connection, found: Found, jobs: Sequence[ScanJob], actor: Actor, now: datetime
) -> list[LoosePage]:
    """Pages that the actor sent for a dossier and that no document takes, as they came."""
    used = {
        page for job in jobs if job.state is not ScanState.FAILED for page in job.order.pages_of
    }
    waiting = uploads.waiting(tx, actor.id, now)
    ours = [each for each in waiting if each.facts and each.dossier == found.dossier.code]
    return [
        LoosePage(each.id, page, each.name)
        for each in ours
        for page in range(each.facts.pages if each.facts else 0)
        if (each.id, page) not in used
    ]
