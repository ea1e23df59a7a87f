"""A trial authority for the example office: certificates with key files that prove nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PBES,
    serialize_key_and_certificates,
)
from PIL import Image, ImageDraw

NAME = "CA DÙNG THỬ - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
_LASTS = timedelta(days=3653)
_SEAL_PIXELS = 496
"""42 mm at 300 dots per inch."""


@dataclass(frozen=True)
class Authority:
    """A root of its own; everything is valid from `since` on, for ten years."""

    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate
    since: datetime

    @classmethod
    def founded(cls, since: datetime) -> "Authority":
        """A new one."""
        key = ec.generate_private_key(ec.SECP256R1())
        authority = _name(NAME)
        builder = _builder(authority, authority, key, since).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        root = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        return cls(key, root.sign(key, SHA256()), since)

    def key_file(self, whose: str, passphrase: str) -> bytes:
        """A certificate for somebody with its key, as PKCS#12."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(whose), self.root.subject, key, self.since).add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        )
        usage = _usage(digital_signature=True, content_commitment=True)
        certificate = builder.add_extension(usage, critical=True).sign(self.key, SHA256())
        protection = (
            PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(20_000)
            .key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC)
            .build(passphrase.encode())
        )
        return serialize_key_and_certificates(None, key, certificate, [self.root], protection)

    def publish(self, folder: Path) -> None:
        """Write the root and an empty revocation list where the server looks for those it
        trusts."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "goc.pem").write_bytes(self.root.public_bytes(Encoding.PEM))
        revoked = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(self.since)
            .next_update(self.since + _LASTS)
            .sign(self.key, SHA256())
        )
        (folder / "goc.crl").write_bytes(revoked.public_bytes(Encoding.DER))


def seal() -> bytes:
    """A red ring with a star, as PNG: not the seal of any office."""
    size, red = _SEAL_PIXELS, "#d8232a"
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((8, 8, size - 8, size - 8), outline=red, width=14)
    drawing.ellipse((90, 90, size - 90, size - 90), outline=red, width=6)
    drawing.regular_polygon((size / 2, size / 2, 60), 5, fill=red)
    output = BytesIO()
    image.save(output, "PNG", dpi=(300, 300))
    return output.getvalue()


def _name(common_name: str) -> x509.Name:
    country = x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "VN")
    return x509.Name([country, x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name[:64])])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, since: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + _LASTS)
    )


_USAGES = (
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


def _usage(**given: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: given.get(name, False) for name in _USAGES})
