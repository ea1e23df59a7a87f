"""Keys at a remote signing service that speaks CSC v1 (Cloud Signature Consortium, 1.0.4.0).

All digests of a batch go in one request, authorised by one PIN and one code.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import requests

from engine.errors.signatures import RemoteSigningFailed
from engine.signatures.certificates import Certificate, certificate_of

_SECONDS = 30
_SHA256 = "2.16.840.1.101.3.4.2.1"
_ALGORITHMS = {"ec": "1.2.840.10045.4.3.2", "rsa": "1.2.840.113549.1.1.11"}


@dataclass(frozen=True)
class Service:
    """Where the service is, and the token with which the office is known to it."""

    url: str
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class RemoteKey:
    """A credential of a service, with what its owner typed to use it now."""

    service: Service
    credential: str
    pin: str = field(default="", repr=False)
    code: str = field(default="", repr=False)

    def sign(self, texts: Sequence[bytes], certificate: Certificate) -> list[bytes]:
        """The signature of each text; all or none. Raises `RemoteSigningFailed`."""
        most = self._info().get("multisign", 1)
        if not isinstance(most, int) or len(texts) > most:
            raise self._failed(f"mỗi lần chỉ ký được tối đa {most} văn bản")
        digests = [b64encode(sha256(text).digest()).decode() for text in texts]
        common = {"credentialID": self.credential, "hash": digests}
        typed = {"PIN": self.pin, "OTP": self.code}
        authorised = self._ask(
            "credentials/authorize",
            {**common, "numSignatures": len(texts), **{k: v for k, v in typed.items() if v}},
        )
        answer = self._ask(
            "signatures/signHash",
            {
                **common,
                "SAD": authorised.get("SAD", ""),
                "hashAlgo": _SHA256,
                "signAlgo": _ALGORITHMS[certificate.public_key.algorithm],
            },
        )
        return self._values(answer.get("signatures"), len(texts))

    def certificates(self) -> list[Certificate]:
        """The credential's certificate, then those that lead from it to a root."""
        listed = self._info().get("cert", {}).get("certificates", [])
        if not listed:
            raise self._failed("không có chứng thư số")
        return [certificate_of(b64decode(each)) for each in listed]

    def _info(self) -> dict[str, Any]:
        asked = {"credentialID": self.credential, "certificates": "chain"}
        return self._ask("credentials/info", asked)

    def _values(self, values: Any, wanted: int) -> list[bytes]:
        try:
            found = [b64decode(each, validate=True) for each in values]
        except (TypeError, ValueError) as error:
            raise self._failed("câu trả lời không đúng định dạng") from error
        if len(found) != wanted:
            raise self._failed("thiếu chữ ký trong câu trả lời")
        return found

    def _ask(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.service.token}"} if self.service.token else {}
        try:
            answer = requests.post(
                f"{self.service.url.rstrip('/')}/csc/v1/{what}",
                json=body,
                headers=headers,
                timeout=_SECONDS,
                allow_redirects=False,
            )
            said = answer.json()
        except (OSError, ValueError) as error:
            raise self._failed("không trả lời") from error
        if answer.status_code != 200 or not isinstance(said, dict):
            raise self._failed("từ chối: sai mã PIN hoặc mã xác nhận, hoặc không có quyền")
        return said

    def _failed(self, reason: str) -> RemoteSigningFailed:
        return RemoteSigningFailed(service=self.service.url, reason=reason)
