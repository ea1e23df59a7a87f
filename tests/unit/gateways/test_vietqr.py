"""VietQR, to the letter of its specification."""

import pytest

from engine.errors.gateways import VietQrImpossible
from engine.gateways.vietqr import Account, checksum, vietqr

NAPAS = Account("970403", "0011012345678")
OURS = Account("970415", "113366668888")


def test_the_vectors_come_out_byte_for_byte() -> None:
    assert checksum("123456789") == 0x29B1
    assert vietqr(NAPAS) == (
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA"
        "53037045802VN63049E6F"
    )
    assert vietqr(NAPAS, 180_000, "thanh toan don hang", "NPS6869") == (
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
        "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E"
    )
    assert vietqr(OURS, 8_000, "HS H4030 261103 0001") == (
        "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA"
        "5303704540480005802VN62240820HS H4030 261103 000163045225"
    )


@pytest.mark.parametrize(
    ("bank", "number"), [("97041", "1"), ("970415", ""), ("970415", "1 2"), ("970415", "9" * 20)]
)
def test_an_account_that_no_bank_could_have_is_refused(bank: str, number: str) -> None:
    with pytest.raises(VietQrImpossible):
        Account(bank, number)


@pytest.mark.parametrize(
    ("amount", "purpose"),
    [(0, "x"), (-1, "x"), (10**13, "x"), (1, "phí hồ sơ"), (1, "x" * 26), (1, "a\nb")],
)
def test_what_apps_could_not_read_is_refused(amount: int, purpose: str) -> None:
    with pytest.raises(VietQrImpossible):
        vietqr(OURS, amount, purpose)
