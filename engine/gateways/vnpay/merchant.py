"""Who we are to VNPAY, and how both sides sign: HMAC-SHA512 under a shared secret."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from engine.settings import Settings

VERSION = "2.1.0"
RETURN_PATH = "/thanh-toan/ket-qua"
"""Where VNPAY sends the payer's browser back to."""


@dataclass(frozen=True)
class Merchant:
    """A merchant's account: its code, the shared secret, VNPAY's page for payers, its address for
    questions, where payers come back to, and for how many minutes an attempt holds."""

    code: str
    secret: str = field(repr=False)
    pay_url: str
    api_url: str
    return_url: str
    minutes: int

    @classmethod
    def of(cls, settings: Settings) -> "Merchant | None":
        """As the settings say; None where VNPAY is not used."""
        if not settings.vnpay_url:
            return None
        return cls(
            settings.vnpay_tmn_code,
            settings.vnpay_secret,
            settings.vnpay_url,
            settings.vnpay_api_url,
            settings.base_url.rstrip("/") + RETURN_PATH,
            settings.vnpay_minutes,
        )

    def query(self, parameters: Mapping[str, str]) -> str:
        """The parameters as they are signed and sent in an address: sorted by name."""
        return urlencode(sorted(parameters.items()))

    def sign(self, text: str) -> str:
        """The signature of a text, in hexadecimal digits."""
        return hmac.new(self.secret.encode(), text.encode(), "sha512").hexdigest()

    def sign_fields(self, values: Iterable[str]) -> str:
        """The signature of a question or its answer: of its fields, joined by `|`."""
        return self.sign("|".join(values))

    def signed(self, text: str, signature: str) -> bool:
        """Whether a text was signed by VNPAY; takes the same time however wrong it is."""
        made = self.sign(text).encode()
        return hmac.compare_digest(made, signature.lower().encode(errors="replace"))
