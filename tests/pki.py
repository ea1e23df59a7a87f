"""A small authority for tests: certificates for people and agencies, with their key files.

Keys are EC P-256. Everything is valid from 2026 to 2036, also for the clock of the tests; the
revocation list lies in the folder of trusted roots, so that nothing is fetched.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PBES,
    serialize_key_and_certificates,
)

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = datetime(2036, 1, 1, tzinfo=UTC)
PASSPHRASE = "mật khẩu tệp khóa"

Key = ec.EllipticCurvePrivateKey


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name),
        ]
    )


def _new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Holder:
    """Someone with a key and a certificate."""

    key: Key
    certificate: x509.Certificate
    authority: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, hex."""
        return self.certificate.fingerprint(SHA256()).hex()

    @cached_property
    def pkcs12(self) -> bytes:
        """The key file, protected by `PASSPHRASE` (few rounds: it is a test)."""
        protection = (
            PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(1000)
            .key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC)
            .build(PASSPHRASE.encode())
        )
        return serialize_key_and_certificates(
            b"ky so", self.key, self.certificate, [self.authority], protection
        )


@dataclass
class Authority:
    """Issues certificates, and revokes them."""

    name: str = "CA thử nghiệm"
    key: Key = field(default_factory=_new_key)
    revoked: dict[int, datetime] = field(default_factory=dict)

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The root."""
        return (
            self._builder(_name(self.name), self.key, SINCE, UNTIL)
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
            .sign(self.key, SHA256())
        )

    def issue(
        self,
        common_name: str,
        since: datetime = SINCE,
        until: datetime = UNTIL,
        usage: tuple[str, ...] = ("digital_signature", "content_commitment"),
    ) -> Holder:
        """A certificate for signing, or for other `usage`."""
        key = _new_key()
        certificate = (
            self._builder(_name(common_name), key, since, until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(*usage), critical=True)
            .sign(self.key, SHA256())
        )
        return Holder(key, certificate, self.certificate)

    def revoke(self, holder: Holder, at: datetime) -> None:
        """Put a certificate on the list that `publish` writes."""
        self.revoked[holder.certificate.serial_number] = at

    def publish(self, folder: Path, since: datetime = SINCE, until: datetime = UNTIL) -> Path:
        """Write root and revocation list as an operator keeps them."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "goc.pem").write_bytes(self.certificate.public_bytes(Encoding.PEM))
        (folder / "goc.crl").write_bytes(self.revocation_list(since, until))
        return folder

    def revocation_list(self, since: datetime = SINCE, until: datetime = UNTIL) -> bytes:
        """The list, DER."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(since)
            .next_update(until)
        )
        for serial, at in self.revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.DER)

    def _builder(
        self, subject: x509.Name, key: Key, since: datetime, until: datetime
    ) -> x509.CertificateBuilder:
        own = x509.SubjectKeyIdentifier.from_public_key(self.key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own),
                critical=False,
            )
        )


def _usage(*given: str) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in given for name in every})
