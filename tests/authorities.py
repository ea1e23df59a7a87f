"""Authorities that answer over HTTP: a time-stamp authority, OCSP and revocation lists.

They are Certomancer's, served within the process, at the time of the wall clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from asn1crypto import keys, x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import (
    ArchLabel,
    CertLabel,
    CertomancerConfig,
    KeyLabel,
    PKIArchitecture,
)
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509 import load_der_x509_certificate
from werkzeug.serving import make_server

from tests.pki import Holder

_KEYS = ("root", "issuing", "ocsp", "tsa", "leader", "agency", "revoked")
_ALWAYS = {"valid-from": "2000-01-01T00:00:00+0000", "valid-to": "2100-01-01T00:00:00+0000"}
_SIGNING = ["digital_signature", "non_repudiation"]


def _usage(*names: str) -> dict[str, Any]:
    value = {"schema": "key-usage", "params": list(names)}
    return {"id": "key_usage", "critical": True, "smart-value": value}


def _purpose(name: str) -> dict[str, Any]:
    return {"id": "extended_key_usage", "critical": True, "value": [name]}


_PLAIN = _usage("digital_signature")
_CA = {"id": "basic_constraints", "critical": True, "value": {"ca": True}}
_FROM_ROOT = {
    "id": "crl_distribution_points",
    "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["root"]}},
}
_FROM_OCSP = {
    "id": "authority_information_access",
    "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["issuing"]}},
}
_FROM_LIST = {
    "id": "crl_distribution_points",
    "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["issuing"]}},
}


def _certificate(issuer: str, *extensions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"issuer": issuer, "validity": _ALWAYS, "extensions": list(extensions), **more}


def _config(folder: Path) -> dict[str, Any]:
    ca = (_CA, _usage("digital_signature", "key_cert_sign", "crl_sign"))
    revocation = {"revoked-since": "2025-01-01T00:00:00+0000", "reason": "key_compromise"}
    certificates = {
        "root": _certificate("root", *ca),
        "issuing": _certificate("root", *ca, _FROM_ROOT),
        "ocsp": _certificate("issuing", _PLAIN, _purpose("ocsp_signing"), {"id": "ocsp_no_check"}),
        "tsa": _certificate("root", _PLAIN, _purpose("time_stamping"), _FROM_ROOT),
        "leader": _certificate("issuing", _usage(*_SIGNING), _FROM_OCSP),
        "agency": _certificate("issuing", _usage(*_SIGNING), _FROM_LIST),
        "revoked": _certificate("issuing", _usage(*_SIGNING), _FROM_OCSP, revocation=revocation),
    }
    architecture = {
        "keyset": "vn",
        "entity-defaults": {"country-name": "VN", "organization-name": "Thử nghiệm"},
        "entities": {name: {"common-name": f"Khóa {name}"} for name in _KEYS},
        "certs": {name: {"subject": name, **each} for name, each in certificates.items()},
        "services": {
            "ocsp": {
                "issuing": {
                    "for-issuer": "issuing",
                    "responder-cert": "ocsp",
                    "signing-key": "ocsp",
                }
            },
            "crl-repo": {
                name: {
                    "for-issuer": name,
                    "signing-key": name,
                    "simulated-update-schedule": "P90D",
                }
                for name in ("root", "issuing")
            },
            "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
        },
    }
    return {
        "keysets": {
            "vn": {
                "path-prefix": str(folder),
                "keys": {name: {"path": f"{name}.pem"} for name in _KEYS},
            }
        },
        "pki-architectures": {"vn": architecture},
    }


def _write_keys(folder: Path) -> None:
    for name in _KEYS:
        key = ec.generate_private_key(ec.SECP256R1())
        form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.pem").write_bytes(key.private_bytes(*form))


@dataclass(frozen=True)
class Authorities:
    """Where they answer, and whom they issued certificates to. `roots` is a folder for
    `MOTCUA_TRUST_ROOTS`: without revocation lists, so that those must be asked for."""

    url: str
    architecture: PKIArchitecture
    roots: Path

    @property
    def tsa_url(self) -> str:
        """The time-stamp authority."""
        return f"{self.url}/vn/tsa/tsa"

    def holder(self, name: str) -> Holder:
        """leader (known to OCSP), agency (to a revocation list) or revoked."""
        key: keys.PrivateKeyInfo = self.architecture.key_set.get_private_key(KeyLabel(name))
        loaded = load_der_private_key(key.dump(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return Holder(loaded, _loaded(self._issued(name)), _loaded(self._issued("issuing")))

    def _issued(self, name: str) -> x509.Certificate:
        return self.architecture.get_cert(CertLabel(name))


def _loaded(certificate: x509.Certificate) -> Any:
    return load_der_x509_certificate(certificate.dump())


@contextmanager
def authorities(folder: Path) -> Iterator[Authorities]:
    """Answering until the end of the block."""
    _write_keys(folder)
    animator = Animator(AnimatorArchStore({}), with_web_ui=False)
    server = make_server("127.0.0.1", 0, animator, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    config = CertomancerConfig(_config(folder), str(folder), external_url_prefix=url)
    animator.architectures = AnimatorArchStore(config.pki_archs)
    architecture = config.get_pki_arch(ArchLabel("vn"))
    roots = folder / "goc"
    roots.mkdir()
    root = _loaded(architecture.get_cert(CertLabel("root")))
    (roots / "goc.pem").write_bytes(root.public_bytes(Encoding.PEM))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Authorities(url, architecture, roots)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
