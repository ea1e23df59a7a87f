"""The gate through which every signature of a dossier's document comes, wherever it was made.

It believes nothing: it reads the current file itself, compares, examines, and only then lets the
act DOCUMENT_SIGNED happen. Comparing and examining take time and stay outside transactions; the
act is refused when the document changed meanwhile.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import (
    Check,
    Target,
    act_of,
    act_on,
    rehearse,
    require_candidate,
    require_readable,
)
from engine.errors import NotPermitted
from engine.errors.signatures import CertificateRetired, CertificateUnknown, NoCertificate
from engine.files import FileStore, Stored
from engine.life.documents import document_in
from engine.model.actor import Actor, held, on_behalf_of
from engine.model.certificate import KeptCertificate
from engine.model.document import CAPACITY_NAMES, Capacity
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.model.signing_roles import SIGNING_ROLES
from engine.settings import Settings
from engine.signatures.continuing import require_signed
from engine.signatures.trust import Trust, trusted
from engine.store import certificates, dossiers
from engine.store.database import Database
from engine.wallclock import Clock


@dataclass(frozen=True)
class House:
    """What signing needs of the installation."""

    database: Database
    files: FileStore
    settings: Settings
    clock: Clock


@dataclass(frozen=True)
class Wanted:
    """A signature that somebody is to give.

    `place` is that of the task at which a result or a refusal is signed; `certificate` the number
    of the one to sign with, needed only where there are several.
    """

    code: str
    document: int
    capacity: Capacity
    place: int | None = None
    certificate: int | None = None


@dataclass(frozen=True)
class Signable:
    """A signature that was allowed when this was read: of the file `before`, with a certificate."""

    wanted: Wanted
    before: str
    kept: KeptCertificate


@dataclass(frozen=True)
class SignedFile:
    """A file that somebody signed, in answer to what was wanted."""

    wanted: Wanted
    signed: bytes = field(repr=False)


def signable(tx: Connection, wanted: Wanted, actor: Actor, now: datetime) -> Signable:
    """What the actor is to sign, and with what, where they may.

    Raises what recording the signature would raise, and `NoCertificate`, `CertificateUnknown`.
    """
    dossier = dossiers.read(tx, wanted.code).dossier
    _check(actor, wanted)(dossier)
    file = document_in(dossier, wanted.document).file
    kept = chosen_certificate(
        tx, wanted.capacity, dossier.competent_agency, actor, wanted.certificate
    )
    ready = Signable(wanted, file.digest, kept)
    act = _act(ready, Stored(file.digest, file.size), actor, now)
    rehearse(tx, Target(wanted.code), act, _check(actor, wanted))
    return ready


def record_signature(
    house: House, made: SignedFile, actor: Actor, trust: Trust | None = None
) -> Dossier:
    """Let a signed file become the document's; returns the dossier. `trust` is whom the house
    trusts, where it was read already.

    Raises `NotPermitted`, `NotCandidate`, `SignedOutOfOrder`, `SignedAlready`, `DocumentChanged`,
    `CertificateRetired`, and what `continuing.require_signed` raises. Nothing is recorded then.
    """
    with house.database.reading() as tx:
        ready = signable(tx, made.wanted, actor, house.clock())
    require_signed(
        house.files.read(ready.before),
        made.signed,
        made.wanted.capacity,
        ready.kept.fingerprint,
        trust or trusted(house.settings.trust_roots),
        house.clock(),
    )
    stored = house.files.put(made.signed)
    with house.database.transaction() as tx:
        if certificates.get(tx, ready.kept.id).retired_at is not None:
            raise CertificateRetired(subject=ready.kept.subject)
        act = _act(ready, stored, actor, house.clock())
        return act_on(tx, Target(made.wanted.code), act, _check(actor, made.wanted))


def _act(ready: Signable, after: Stored, actor: Actor, now: datetime) -> Act:
    data = {
        "document": ready.wanted.document,
        "capacity": ready.wanted.capacity,
        "place": ready.wanted.place,
        "before": ready.before,
        "after": {"digest": after.digest, "size": after.size},
        "certificate": ready.kept.fingerprint,
    }
    return act_of(actor, EventType.DOCUMENT_SIGNED, now, data)


def _check(actor: Actor, wanted: Wanted) -> Check:
    """The role for the capacity; for what is issued, also that the task is meant for the actor."""

    def check(dossier: Dossier) -> int | None:
        require_readable(actor, dossier)
        grants = list(held(actor, SIGNING_ROLES[wanted.capacity], dossier))
        if not grants:
            capacity = CAPACITY_NAMES[wanted.capacity]
            raise NotPermitted(what=f"ký số với tư cách «{capacity}» ở hồ sơ này")
        if wanted.place is not None:
            return require_candidate(actor, wanted.place)(dossier)
        return on_behalf_of(grants)

    return check


def chosen_certificate(
    tx: Connection, capacity: Capacity, agency: str, actor: Actor, chosen: int | None
) -> KeptCertificate:
    """The certificate that was chosen, else the one registered last: the actor's own, or the
    agency's for its seal. Raises `NoCertificate`, `CertificateUnknown`."""
    own = certificates.of_person(tx, actor.id)
    if capacity is Capacity.AGENCY:
        own = certificates.of_agency(tx, agency)
    if not own:
        raise NoCertificate(owner=_owner(capacity))
    if chosen is None:
        return own[0]
    found = next((each for each in own if each.id == chosen), None)
    if found is None:
        raise CertificateUnknown(certificate=chosen)
    return found


def _owner(capacity: Capacity) -> str:
    return "cơ quan" if capacity is Capacity.AGENCY else "bạn"
