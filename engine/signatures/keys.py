"""Keys in files (PKCS#12), for trials. The file's passphrase is typed when signing, never kept."""

from collections.abc import Callable, Sequence

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509 import Certificate as PycaCertificate

from engine.errors.signatures import KeyFileUnusable
from engine.signatures.certificates import require_for_signing

Sign = Callable[[Sequence[bytes]], list[bytes]]
"""Signs each of several texts (SHA-256, as the key's kind has it), all in one session."""


def pkcs12(blob: bytes, passphrase: str) -> tuple[Sign, list[x509.Certificate]]:
    """The key of a file, and its certificates, its own first.

    Raises `KeyFileUnusable` (wrong passphrase, broken, no key) and `CertificateNotForSigning`.
    """
    try:
        opened = load_pkcs12(blob, passphrase.encode())
    except (ValueError, TypeError) as error:
        raise KeyFileUnusable from error
    key = opened.key
    if opened.cert is None or not isinstance(key, EllipticCurvePrivateKey | RSAPrivateKey):
        raise KeyFileUnusable
    others = [each.certificate for each in opened.additional_certs]
    certificates = [_ours(each) for each in (opened.cert.certificate, *others)]
    require_for_signing(certificates[0])
    return lambda texts: [_signed(key, text) for text in texts], certificates


def _signed(key: EllipticCurvePrivateKey | RSAPrivateKey, text: bytes) -> bytes:
    if isinstance(key, RSAPrivateKey):
        return key.sign(text, PKCS1v15(), SHA256())
    return key.sign(text, ECDSA(SHA256()))


def _ours(certificate: PycaCertificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
