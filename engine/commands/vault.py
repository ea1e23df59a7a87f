"""A paper of the vault becomes a component of a dossier; one that was given out is taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require, require_readable
from engine.commands.documents import AddDocument, add_document
from engine.deadlines.calendar import local
from engine.errors.vault import (
    SupersedingUnknown,
    VaultItemNotFitting,
    VaultItemTaken,
    VaultItemUnknown,
    VaultItemUnusable,
)
from engine.model.actor import Actor, Permission
from engine.model.document import Document, DocumentKind, Origin
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.vault import Validity, VaultPaper, superseding
from engine.store import definitions, dossiers
from engine.store.shelf import Shelf


@dataclass(frozen=True)
class TakeOver:
    """A paper (`item`) of the vault is to serve as a component; `file` is the digest of the file
    that was examined and found sound."""

    target: Target
    item: int
    component: str
    file: str


@dataclass(frozen=True)
class WithdrawPaper:
    """A paper that a dossier gave to the vault is no longer to be used, for a reason.

    `superseded_by` is the code of the dossier whose result replaces it, if one does.
    """

    target: Target
    document: int
    reason: str
    superseded_by: str | None = None


def take_over(
    tx: Connection, command: TakeOver, actor: Actor, now: datetime
) -> tuple[Dossier, Document]:
    """Put a paper of the vault into a dossier, with where it came from."""
    loaded = dossiers.lock(tx, command.target.code)
    require(actor, Permission.VAULT_READ, "xem kho giấy tờ của chủ hồ sơ")(loaded.dossier)
    facts = definitions.version(tx, loaded.dossier.version).facts
    shelf = Shelf.of(tx, loaded.id, loaded.dossier, facts, local(now).date())
    paper = shelf.paper(tx, command.item)
    if paper is None:
        raise VaultItemUnknown(code=loaded.dossier.code, item=command.item)
    _require_usable(paper, command, loaded.dossier)
    source = {"item": paper.item, "dossier": paper.dossier, "document": paper.document}
    adding = AddDocument(
        target=command.target,
        kind=DocumentKind.COMPONENT,
        file=paper.file,
        origin=Origin.VAULT,
        component=command.component,
        source={**source, "type": paper.type, "number": paper.number},
    )
    return add_document(tx, adding, actor, now)


def _require_usable(paper: VaultPaper, command: TakeOver, dossier: Dossier) -> None:
    named = {"code": dossier.code, "name": paper.name}
    if command.component not in paper.components:
        raise VaultItemNotFitting(**named, component=command.component)
    if paper.validity is not Validity.VALID:
        raise VaultItemUnusable(**named, validity=paper.validity_name.lower())
    if paper.taken:
        raise VaultItemTaken(**named)
    if paper.file.digest != command.file:
        raise VaultItemUnknown(code=dossier.code, item=paper.item)


def withdraw_paper(tx: Connection, command: WithdrawPaper, actor: Actor, now: datetime) -> Dossier:
    """Take back a result or a digitised component; whoever has taken it over keeps theirs."""
    successor = command.superseded_by
    data = {
        "document": command.document,
        "superseded_by": successor and _result_of(tx, successor, actor),
    }
    act = act_of(actor, EventType.DOCUMENT_WITHDRAWN, now, data, {"reason": command.reason})
    what = "thu hồi giấy tờ đã cấp"
    return act_on(tx, command.target, act, require(actor, Permission.DOCUMENT_WITHDRAW, what))


def _result_of(tx: Connection, code: str, actor: Actor) -> str:
    """The result of another dossier, which the vault keeps."""
    loaded = dossiers.read(tx, code)
    require_readable(actor, loaded.dossier)
    for paper in loaded.vaulted.values():
        if paper.kind is DocumentKind.RESULT and paper.withdrawn_at is None:
            return superseding(code, paper.document)
    raise SupersedingUnknown(code=code)
