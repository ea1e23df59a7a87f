"""VietQR: the text in the QR code with which banking apps fill in a transfer (EMVCo, NAPAS).

It proves nothing: whether money came is for the bank to say.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass

from engine.errors.gateways import VietQrImpossible

MOST_PURPOSE = 25
_BIN = re.compile("[0-9]{6}")
_ACCOUNT = re.compile("[0-9A-Za-z]{1,19}")
_TEXT = re.compile("[ -~]{1,25}")
_NAPAS = "A000000727"
_TRANSFER_TO_ACCOUNT = "QRIBFTTA"


@dataclass(frozen=True)
class Account:
    """Where money goes: the bank's number with NAPAS (BIN) and the account in it."""

    bank: str
    number: str

    def __post_init__(self) -> None:
        """Raise `VietQrImpossible` where a bank could not read it."""
        if not _BIN.fullmatch(self.bank) or not _ACCOUNT.fullmatch(self.number):
            raise VietQrImpossible()


def vietqr(account: Account, amount: int | None = None, purpose: str = "", bill: str = "") -> str:
    """The text of the code; without an amount of đồng and a purpose it may be used many times.

    `purpose` and `bill` are ASCII, at most 25 characters. Raises `VietQrImpossible`.
    """
    if any(text and not _TEXT.fullmatch(text) for text in (purpose, bill)):
        raise VietQrImpossible()
    if amount is not None and not 0 < amount < 10**13:
        raise VietQrImpossible()
    once = amount is not None
    receiver = _field("00", account.bank) + _field("01", account.number)
    transfer = _field("00", _NAPAS) + _field("01", receiver) + _field("02", _TRANSFER_TO_ACCOUNT)
    more = _optional("01", bill) + _optional("08", purpose)
    text = "".join(
        (
            _field("00", "01"),
            _field("01", "12" if once else "11"),
            _field("38", transfer),
            _field("53", "704"),
            _optional("54", str(amount) if once else ""),
            _field("58", "VN"),
            _optional("62", more),
            "6304",
        )
    )
    return f"{text}{checksum(text):04X}"


def checksum(text: str) -> int:
    """CRC-16/CCITT-FALSE of a text in ASCII."""
    return crc_hqx(text.encode("ascii"), 0xFFFF)


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def _optional(tag: str, value: str) -> str:
    return _field(tag, value) if value else ""
