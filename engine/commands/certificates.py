"""Certificates registered for people and agencies, and retired, by who administers there."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from engine.errors import NotPermitted
from engine.errors.signatures import (
    CertificateIncomplete,
    CertificateInUse,
    CertificateRetired,
    OwnerElsewhere,
    ProviderUnavailable,
)
from engine.life.moments import text
from engine.model.actor import Actor, Permission, may_at
from engine.model.certificate import PROVIDER_NAMES, KeptCertificate, Provider
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.settings import Settings
from engine.signatures.certificates import (
    Certificate,
    certificate_of,
    facts,
    require_for_signing,
    require_in_time,
    require_trusted,
)
from engine.signatures.keys import pkcs12
from engine.signatures.marks import checked_image
from engine.signatures.remote import RemoteKey, Service
from engine.signatures.trust import trusted
from engine.store import accounts, agencies, certificates, office_log

MOST_BYTES = 100_000
"""Of a certificate or of a key file."""


@dataclass(frozen=True)
class Handed:
    """What is handed in to register a certificate, by provider.

    PKCS12: `key_file` and `passphrase`, which is forgotten at once. PKCS11: `certificate`, `token`
    and `key` (labels). CSC: `credential`. OUTSIDE: `certificate`.
    """

    provider: Provider
    certificate: bytes = field(default=b"", repr=False)
    key_file: bytes = field(default=b"", repr=False)
    passphrase: str = field(default="", repr=False)
    token: str = ""
    key: str = ""
    credential: str = ""
    image: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Material:
    """What was handed in, opened and checked."""

    handed: Handed
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True)
class RegisterCertificate:
    """From now on a person of an agency signs with this, or the agency itself (`user` None)."""

    agency: str
    user: int | None
    material: Material


def read_material(handed: Handed, settings: Settings, now: datetime) -> Material:
    """Open and check what was handed in; no place for it within a transaction.

    Raises what the checks of `engine.signatures` raise, `CertificateIncomplete` and
    `ProviderUnavailable`.
    """
    found = _certificates(handed, settings)
    require_in_time(found[0], now)
    require_for_signing(found[0])
    require_trusted(found[0], found[1:], trusted(settings.trust_roots), now)
    if handed.image:
        checked_image(handed.image)
    return Material(handed, tuple(found))


def _certificates(handed: Handed, settings: Settings) -> list[Certificate]:
    if max(len(handed.certificate), len(handed.key_file)) > MOST_BYTES:
        raise CertificateIncomplete(what="tệp nhỏ hơn 100 kB")
    if handed.provider is Provider.PKCS12:
        _require("tệp khóa PKCS#12", handed.key_file)
        return pkcs12(handed.key_file, handed.passphrase)[1]
    if handed.provider is Provider.CSC:
        _require("mã định danh khóa ở dịch vụ ký số từ xa", handed.credential)
        _require_service(handed.provider, settings.csc_url)
        service = Service(settings.csc_url, settings.csc_token)
        return RemoteKey(service, handed.credential).certificates()
    _require("tệp chứng thư số", handed.certificate)
    if handed.provider is Provider.PKCS11:
        _require_service(handed.provider, settings.pkcs11_module)
        _require("nhãn của thiết bị và của khóa", handed.token.strip() and handed.key.strip())
    return [certificate_of(handed.certificate)]


def _require(what: str, given: object) -> None:
    if not given:
        raise CertificateIncomplete(what=what)


def _require_service(provider: Provider, setting: str) -> None:
    if not setting:
        raise ProviderUnavailable(provider=PROVIDER_NAMES[provider])


def register_certificate(
    tx: Connection, command: RegisterCertificate, actor: Actor, now: datetime
) -> KeptCertificate:
    """Register a certificate.

    Raises `NotPermitted`, `OwnerElsewhere` where the person has no role in the agency, and
    `CertificateInUse` where it is registered there already.
    """
    agencies.level_of(tx, command.agency)
    require_reach(actor, command.agency)
    office_log.one_at_a_time(tx)
    _require_owner(tx, command)
    certificate = command.material.certificates[0]
    known, handed = facts(certificate), command.material.handed
    if any(each.fingerprint == known.fingerprint for each in _same_owners(tx, command)):
        raise CertificateInUse(subject=known.subject)
    chain = [b64encode(each.dump()).decode() for each in command.material.certificates[1:]]
    number = certificates.add(
        tx,
        agency=command.agency,
        user_id=command.user,
        provider=handed.provider,
        fingerprint=known.fingerprint,
        subject=known.subject[:200],
        issuer=known.issuer[:200],
        serial=known.serial[:64],
        valid_from=known.valid_from,
        valid_until=known.valid_until,
        der=certificate.dump(),
        chain=chain,
        access=_access(handed),
        key_file=handed.key_file or None,
        image=handed.image or None,
        registered_at=now,
        registered_by=actor.id,
    )
    kept = certificates.get(tx, number)
    _record(tx, OfficeEventType.CERTIFICATE_REGISTERED, kept, actor, now)
    return kept


def retire_certificate(tx: Connection, number: int, actor: Actor, now: datetime) -> None:
    """Let nobody sign with a certificate any more; its key file is forgotten.

    Raises `CertificateUnknown`, `NotPermitted`, `CertificateRetired`.
    """
    kept = certificates.get(tx, number)
    require_reach(actor, kept.agency)
    if not certificates.retire(tx, number, now):
        raise CertificateRetired(subject=kept.subject)
    _record(tx, OfficeEventType.CERTIFICATE_RETIRED, kept, actor, now)


def require_reach(actor: Actor, agency: str) -> None:
    """Raise `NotPermitted` unless the actor administers the certificates of an agency."""
    if not may_at(actor, Permission.CERTIFICATE_MANAGE, agency):
        raise NotPermitted(what=f"quản lý chứng thư số của cơ quan {agency}")


def _require_owner(tx: Connection, command: RegisterCertificate) -> None:
    if command.user is None:
        return
    account = accounts.lock(tx, command.user)
    if not account.active or command.agency not in {each.agency for each in account.grants}:
        raise OwnerElsewhere(full_name=account.full_name, agency=command.agency)


def _same_owners(tx: Connection, command: RegisterCertificate) -> list[KeptCertificate]:
    if command.user is None:
        return certificates.of_agency(tx, command.agency)
    return certificates.of_person(tx, command.user)


def _access(handed: Handed) -> dict[str, str]:
    if handed.provider is Provider.PKCS11:
        return {"token": handed.token.strip(), "key": handed.key.strip()}
    return {"credential": handed.credential} if handed.provider is Provider.CSC else {}


def _record(
    tx: Connection, type_: OfficeEventType, kept: KeptCertificate, actor: Actor, now: datetime
) -> None:
    said = {
        "subject": kept.subject,
        "fingerprint": kept.fingerprint,
        "provider": kept.provider.value,
        "user": kept.user_id,
        "valid_until": text(kept.valid_until),
    }
    retired = type_ is OfficeEventType.CERTIFICATE_RETIRED
    before, after = (said, {}) if retired else ({}, said)
    event = OfficeEvent(type_, kept.agency, f"certificate:{kept.id}", before, after)
    office_log.record(tx, event, actor.key, now)
