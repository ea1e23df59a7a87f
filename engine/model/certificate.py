"""Certificates with which people and agencies sign, and where their keys are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Provider(StrEnum):
    """Where the key is.

    PKCS12: in a file kept here, for trials. PKCS11: in a token in the server. CSC: at a remote
    signing service. OUTSIDE: with its owner, at another computer.
    """

    PKCS12 = "pkcs12"
    PKCS11 = "pkcs11"
    CSC = "csc"
    OUTSIDE = "outside"


PROVIDER_NAMES = {
    Provider.PKCS12: "Tệp khóa (dùng thử)",
    Provider.PKCS11: "Thiết bị ký trên máy chủ",
    Provider.CSC: "Ký số từ xa",
    Provider.OUTSIDE: "USB Token tại máy người ký",
}

NEAR_EXPIRY = timedelta(days=30)
"""How long before its end a certificate is warned of."""


@dataclass(frozen=True)
class KeptCertificate:
    """A certificate that is registered: of a person (`user_id`), else of the agency itself.

    `der` is the certificate, `chain` others that lead to a root (DER), `access` how the key is
    reached. `key_file` is protected by a passphrase that nobody but its owner knows. `image` is
    the handwriting or the seal (PNG).
    """

    id: int
    agency: str
    user_id: int | None
    provider: Provider
    fingerprint: str
    subject: str
    valid_from: datetime
    valid_until: datetime
    der: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    access: Mapping[str, Any]
    key_file: bytes | None = field(repr=False)
    image: bytes | None = field(repr=False)
    retired_at: datetime | None

    @property
    def provider_name(self) -> str:
        """Where the key is, in words."""
        return PROVIDER_NAMES[self.provider]
