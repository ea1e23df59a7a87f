"""Whom the office trusts: certificates of authorities, and revocation lists kept beside them.

They lie as files in one folder that the operator fills (`MOTCUA_TRUST_ROOTS`): certificates as
`.pem`, `.crt` or `.cer`, revocation lists as `.crl`, each PEM or DER. Self-signed certificates
are roots; others only complete paths to a root. Nothing is judged by its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from asn1crypto import crl, pem, x509

from engine.settings import SettingsError

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clocks of authorities may be from ours."""

_CERTIFICATES = frozenset({".pem", ".crt", ".cer"})
_LISTS = frozenset({".crl"})


@dataclass(frozen=True)
class Trust:
    """Roots, certificates below them, and revocation lists."""

    roots: tuple[x509.Certificate, ...] = ()
    others: tuple[x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()


def trusted(folder: str) -> Trust:
    """What lies in the folder; nothing where none is set. Raises `SettingsError` naming the file
    that cannot be read."""
    if not folder:
        return Trust()
    path = Path(folder)
    if not path.is_dir():
        raise SettingsError(f"MOTCUA_TRUST_ROOTS: không có thư mục {folder}.")
    certificates = [
        x509.Certificate.load(der) for der in _contents(path, _CERTIFICATES, "CERTIFICATE")
    ]
    return Trust(
        tuple(each for each in certificates if each.self_signed != "no"),
        tuple(each for each in certificates if each.self_signed == "no"),
        tuple(crl.CertificateList.load(der) for der in _contents(path, _LISTS, "X509 CRL")),
    )


def _contents(folder: Path, suffixes: frozenset[str], kind: str) -> Iterator[bytes]:
    for file in sorted(each for each in folder.iterdir() if each.suffix.lower() in suffixes):
        try:
            yield from _der(file.read_bytes(), kind)
        except (OSError, ValueError) as error:
            raise SettingsError(f"MOTCUA_TRUST_ROOTS: không đọc được tệp {file.name}.") from error


def _der(raw: bytes, kind: str) -> Iterator[bytes]:
    if not pem.detect(raw):
        load = x509.Certificate.load if kind == "CERTIFICATE" else crl.CertificateList.load
        load(raw, strict=True)
        yield raw
        return
    for name, _, der in pem.unarmor(raw, multiple=True):
        if name == kind:
            yield der
