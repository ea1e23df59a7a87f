"""Certificates: read, described, and checked before anything is signed with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import keys, pem, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath

from engine.errors.signatures import (
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateRevoked,
    CertificateStatusUnknown,
    CertificateUnreadable,
    CertificateUntrusted,
)
from engine.signatures.marks import moment_in_words
from engine.signatures.revocation import Fetch, Statements, statements
from engine.signatures.running import result_of
from engine.signatures.trust import CLOCKS_DIFFER, Trust

Certificate = x509.Certificate

_SIGNING = frozenset({"digital_signature", "non_repudiation"})
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
_LEAST_RSA_BITS = 2048


@dataclass(frozen=True)
class CertificateFacts:
    """What people need to know of a certificate; `fingerprint` is the SHA-256 of its DER, hex."""

    fingerprint: str
    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True)
class Evidence:
    """What shows that a certificate could be used: certificates from the root down to it, and what
    the authorities said about them."""

    path: tuple[x509.Certificate, ...]
    statements: Statements

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(self.path + other.path, self.statements + other.statements)

    def context(self, trust: Trust, now: datetime) -> ValidationContext:
        """For pyHanko: it validates with this and asks nobody."""
        return ValidationContext(
            trust_roots=list(trust.roots),
            other_certs=[*self.path, *trust.others],
            ocsps=list(self.statements.ocsps),
            crls=[*self.statements.crls, *trust.crls],
            moment=now,
            revocation_mode="require",
            time_tolerance=CLOCKS_DIFFER,
        )


def certificate_of(raw: bytes) -> x509.Certificate:
    """A certificate, PEM or DER; raises `CertificateUnreadable`."""
    try:
        der = pem.unarmor(raw)[2] if pem.detect(raw) else raw
        certificate = x509.Certificate.load(der, strict=True)
        facts(certificate)
    except (ValueError, TypeError, KeyError) as error:
        raise CertificateUnreadable from error
    return certificate


def name_of(name: x509.Name) -> str:
    """The common name, or the whole name where there is none."""
    return str(name.native.get("common_name") or name.human_friendly)


def facts(certificate: x509.Certificate) -> CertificateFacts:
    """Whose it is, by whom, from when to when."""
    return CertificateFacts(
        fingerprint=certificate.sha256.hex(),
        subject=name_of(certificate.subject),
        issuer=name_of(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        valid_from=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
    )


def require_for_signing(certificate: x509.Certificate) -> None:
    """Raises `CertificateNotForSigning` where key or usage do not fit signatures."""
    usage = certificate.key_usage_value
    fits = usage is None or _SIGNING & usage.native
    if not fits or certificate.ca or not _strong(certificate.public_key):
        raise CertificateNotForSigning(subject=name_of(certificate.subject))


def _strong(key: keys.PublicKeyInfo) -> bool:
    if key.algorithm == "ec":
        return key.curve[1] in _CURVES
    return bool(key.algorithm == "rsa" and key.bit_size >= _LEAST_RSA_BITS)


@dataclass(frozen=True)
class Inquiry:
    """How certificates are judged: whom we trust, as of when, and how authorities are asked."""

    trust: Trust
    now: datetime
    fetch: Fetch


def check(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], inquiry: Inquiry
) -> Evidence:
    """Whether a certificate may sign now; returns what shows it.

    `others` may lead from it to a root. Raises `CertificateNotForSigning`,
    `CertificateNotYetValid`, `CertificateExpired`, `CertificateUntrusted`, `CertificateRevoked`,
    `CertificateStatusUnknown`.
    """
    require_in_time(certificate, inquiry.now)
    require_for_signing(certificate)
    return evidence(certificate, others, inquiry)


def require_in_time(certificate: x509.Certificate, now: datetime) -> None:
    """Raises `CertificateNotYetValid` or `CertificateExpired`."""
    subject = name_of(certificate.subject)
    if now < certificate.not_valid_before:
        since = moment_in_words(certificate.not_valid_before)
        raise CertificateNotYetValid(subject=subject, since=since)
    if now > certificate.not_valid_after:
        raise CertificateExpired(
            subject=subject, until=moment_in_words(certificate.not_valid_after)
        )


def evidence(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], inquiry: Inquiry
) -> Evidence:
    """The path to a root and the word of the authorities that nothing on it is revoked."""
    subject = name_of(certificate.subject)
    path = list(require_trusted(certificate, others, inquiry.trust, inquiry.now))
    found = Evidence(tuple(path), statements(path, inquiry.fetch))
    try:
        _path(certificate, found.context(inquiry.trust, inquiry.now))
    except RevokedError as error:
        since = moment_in_words(error.revocation_dt)
        raise CertificateRevoked(subject=subject, since=since) from error
    except (PathError, ValidationError) as error:
        raise CertificateStatusUnknown(subject=subject) from error
    return found


def require_trusted(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    trust: Trust,
    now: datetime,
) -> ValidationPath:
    """The path from a root to a certificate; raises `CertificateUntrusted`."""
    unchecked = ValidationContext(
        trust_roots=list(trust.roots), other_certs=[*others, *trust.others], moment=now
    )
    try:
        return _path(certificate, unchecked)
    except (PathError, ValidationError) as error:
        raise CertificateUntrusted(subject=name_of(certificate.subject)) from error


def _path(certificate: x509.Certificate, context: ValidationContext) -> ValidationPath:
    validator = CertificateValidator(certificate, validation_context=context)
    path: ValidationPath = result_of(validator.async_validate_usage(set()))
    return path
