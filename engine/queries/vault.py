"""What the vault keeps for the owner of a dossier at hand, as far as it serves this dossier."""

from datetime import datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.errors.vault import VaultItemUnknown
from engine.life.guards import require_unfinished
from engine.model.actor import Actor, Permission
from engine.model.vault import VaultPaper
from engine.queries.dossiers import find, require
from engine.queries.paging import Page, Slice, page
from engine.store.shelf import Shelf


def papers_for(
    tx: Connection, wanted: Slice, code: str, actor: Actor, now: datetime
) -> Page[VaultPaper]:
    """Papers of the owner of a dossier that may stand in for its components, the latest kept
    first; also those that are no longer good.

    Raises `DossierUnknown`, `NotPermitted` or `DossierFinished`.
    """
    before = wanted.after[0] if wanted.after else None
    found = shelf_of(tx, code, actor, now).papers(tx, before, wanted.limit + 1)
    return page(found, wanted, lambda paper: paper, lambda paper: (paper.item,))


def paper_for(tx: Connection, code: str, item: int, actor: Actor, now: datetime) -> VaultPaper:
    """One of them; raises what `papers_for` raises, and `VaultItemUnknown`."""
    paper = shelf_of(tx, code, actor, now).paper(tx, item)
    if paper is None:
        raise VaultItemUnknown(code=code, item=item)
    return paper


def shelf_of(tx: Connection, code: str, actor: Actor, now: datetime) -> Shelf:
    """The shelf of a dossier on whose account the actor may look into its owner's vault: an
    unfinished one in their agency."""
    found = find(tx, code, actor)
    require(found.dossier, actor, Permission.VAULT_READ, "xem kho giấy tờ của chủ hồ sơ")
    require_unfinished(found.dossier)
    today = local(now).date()
    return Shelf.of(tx, found.id, found.dossier, found.procedure.facts, today)
