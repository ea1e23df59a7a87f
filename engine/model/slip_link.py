"""The address in the QR code of an appointment slip: whoever holds the slip sees the progress.

It carries a key that only the office can make, and so needs no second factor; it also works
when what people declared was erased by law. It never expires: paper cannot be renewed, and it
shows no more than the citizen may know as long as the dossier is kept.
"""

import hmac
from base64 import urlsafe_b64encode

_PURPOSE = b"slip-link:"
_KEY_BYTES = 16


def slip_path(secret: str, code: str) -> str:
    """Path and query of a dossier's progress page, to be put behind the office's own address.

    `secret` is the installation's secret key; another one makes the slips of before unreadable.
    """
    return f"/tra-cuu/{code}?k={slip_key(secret, code)}"


def slip_key(secret: str, code: str) -> str:
    """The key of one dossier: 22 characters that may stand in an address."""
    digest = hmac.digest(secret.encode(), _PURPOSE + code.encode(), "sha256")
    return urlsafe_b64encode(digest[:_KEY_BYTES]).decode().rstrip("=")


def is_slip_key(secret: str, code: str, key: str) -> bool:
    """Whether a key is that of the dossier; takes the same time however wrong it is."""
    return hmac.compare_digest(slip_key(secret, code).encode(), key.encode(errors="replace"))
