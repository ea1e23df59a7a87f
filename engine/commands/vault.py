"""A paper of the vault becomes a component of a dossier; one that was given out is taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require, require_readable
from engine.commands.documents import AddDocument, add_document
from engine.commands.signatures import House
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.errors.signatures import PdfUnreadable
from engine.errors.vault import (
    SupersedingUnknown,
    VaultItemBroken,
    VaultItemNotFitting,
    VaultItemTaken,
    VaultItemUnclear,
    VaultItemUnknown,
    VaultItemUnusable,
)
from engine.model.actor import Actor, Permission
from engine.model.document import Document, DocumentKind, Origin
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.vault import Validity, VaultPaper, superseding
from engine.signatures.examining import examine
from engine.signatures.trust import trusted
from engine.signatures.verdict import Verdict, worst
from engine.store import definitions, dossiers
from engine.store.shelf import Shelf


@dataclass(frozen=True)
class TakeOver:
    """A paper (`item`) of the vault is to serve as a component of a dossier. `confirmed`: whoever
    takes it over compared it, where nothing says whether its signature holds."""

    target: Target
    item: int
    component: str
    confirmed: bool = False


@dataclass(frozen=True)
class WithdrawPaper:
    """A paper that a dossier gave to the vault is no longer to be used, for a reason.

    `superseded_by` is the code of the dossier whose result replaces it, if one does.
    """

    target: Target
    document: int
    reason: str
    superseded_by: str | None = None


def take_over(house: House, command: TakeOver, actor: Actor) -> tuple[Dossier, Document]:
    """Put a paper of the vault into a dossier, with where it came from, where it is still whole.

    The file is read and its signatures are examined outside any transaction; a paper that is
    another one by then is refused. Raises `VaultItemBroken` where a signature does not hold, and
    `VaultItemUnclear` where nobody can tell and nobody confirmed it.
    """
    with house.database.reading() as tx:
        loaded = dossiers.read(tx, command.target.code)
        paper = _usable(tx, loaded, command, actor, house.clock())
    _require_sound(house, command, paper)
    with house.database.transaction() as tx:
        now, loaded = house.clock(), dossiers.lock(tx, command.target.code)
        if _usable(tx, loaded, command, actor, now).file != paper.file:
            raise VaultItemUnknown(code=command.target.code, item=command.item)
        return add_document(tx, _adding(command, paper), actor, now)


def _usable(
    tx: Connection, loaded: dossiers.Loaded, command: TakeOver, actor: Actor, now: datetime
) -> VaultPaper:
    """The paper that is asked for, where it may be taken."""
    code = command.target.code
    require(actor, Permission.VAULT_READ, "xem kho giấy tờ của chủ hồ sơ")(loaded.dossier)
    facts = definitions.version(tx, loaded.dossier.version).facts
    shelf = Shelf.of(tx, loaded.id, loaded.dossier, facts, local(now).date())
    paper = shelf.paper(tx, command.item)
    if paper is None:
        raise VaultItemUnknown(code=code, item=command.item)
    if command.component not in paper.components:
        raise VaultItemNotFitting(code=code, name=paper.name, component=command.component)
    if paper.validity is not Validity.VALID:
        raise VaultItemUnusable(code=code, name=paper.name, validity=paper.validity_name.lower())
    if paper.taken:
        raise VaultItemTaken(code=code, name=paper.name)
    return paper


def _require_sound(house: House, command: TakeOver, paper: VaultPaper) -> None:
    """What a dossier gave to the vault was signed; of historic results not all are."""
    what = {"code": command.target.code, "name": paper.name}
    try:
        content = house.files.read(paper.file.digest)
        found = worst(examine(content, trusted(house.settings.trust_roots), house.clock()))
    except PdfUnreadable:
        found = None
    except EngineError as error:
        raise VaultItemBroken(**what, reason=error.message) from error
    if found is None and paper.dossier is not None:
        raise VaultItemBroken(**what, reason="Tệp không còn chữ ký số.")
    if found and found.verdict is Verdict.INVALID:
        raise VaultItemBroken(**what, reason=found.sentence)
    if found and found.verdict is Verdict.UNKNOWN and not command.confirmed:
        raise VaultItemUnclear(**what, reason=found.sentence)


def _adding(command: TakeOver, paper: VaultPaper) -> AddDocument:
    source = {name: getattr(paper, name) for name in ("item", "dossier", "document", "type")}
    return AddDocument(
        target=command.target,
        kind=DocumentKind.COMPONENT,
        file=paper.file,
        origin=Origin.VAULT,
        component=command.component,
        source={**source, "number": paper.number, "confirmed": command.confirmed},
    )


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
