"""Money is settled once, however often and from how many sides at once it is told."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from engine.commands.acting import Target
from engine.commands.cash import TakeCash, take_cash
from engine.commands.payments import (
    CancelReceipt,
    Reversal,
    Settlement,
    cancel_receipt,
    reverse,
    settle,
)
from engine.errors import EngineError
from engine.errors.money import (
    AmountInvalid,
    CashTooMuch,
    ObligationUnknown,
    ReferenceInvalid,
    ReferenceUsed,
)
from engine.model.payment import Means
from engine.store.money_tables import obligation, payment
from engine.verification import verify_dossier
from tests.owing import Owing
from tests.unit.engine.paying import CHARGE


def transfer(owing: Owing, reference: str = "FT1") -> Settlement:
    """A transfer of the whole charge of a new dossier."""
    code = owing.dossier().code
    return Settlement(code, 1, CHARGE, Means.TRANSFER, reference, owing.clock())


def told(owing: Owing, settlement: Settlement) -> bool:
    """Whether it was known before."""
    with owing.office.database.transaction() as tx:
        return settle(tx, settlement, owing.clock()).known


def all_at_once(owing: Owing, settlements: Iterable[Settlement]) -> list[bool]:
    """Tell of them from eight sides."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda each: told(owing, each), settlements))


def sums(owing: Owing) -> tuple[int, int, int]:
    """How many payments there are, what counts, and what is to be refunded."""
    columns = (func.count(), func.sum(payment.c.applied), func.sum(payment.c.to_refund))
    with owing.office.database.reading() as tx:
        count, applied, to_refund = tx.execute(select(*columns)).one()
    return count, int(applied), int(to_refund)


def test_two_hundred_settlements_with_one_reference_settle_once(owing: Owing) -> None:
    one = transfer(owing)
    assert all_at_once(owing, [one] * 200).count(False) == 1
    assert sums(owing) == (1, CHARGE, 0)
    with owing.office.database.reading() as tx:
        assert verify_dossier(tx, one.code) is None


def test_of_two_hundred_with_different_references_one_counts(owing: Owing) -> None:
    one = transfer(owing)
    each = [replace(one, reference=f"FT{number}") for number in range(200)]
    assert all_at_once(owing, each).count(False) == 200
    assert sums(owing) == (200, CHARGE, 199 * CHARGE)
    with owing.office.database.reading() as tx:
        assert verify_dossier(tx, one.code) is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"obligation": 9}, ObligationUnknown),
        ({"amount": 0}, AmountInvalid),
        ({"amount": -5}, AmountInvalid),
        ({"amount": 10**15}, AmountInvalid),
        ({"reference": " "}, ReferenceInvalid),
        ({"reference": "x" * 101}, ReferenceInvalid),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(
    owing: Owing, wrong: dict[str, object], error: type[EngineError]
) -> None:
    with pytest.raises(error):
        told(owing, replace(transfer(owing), **wrong))  # type: ignore[arg-type]
    with owing.office.database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(payment)).scalar_one() == 0


def test_a_reference_speaks_of_one_payment_for_ever(owing: Owing) -> None:
    one = transfer(owing)
    told(owing, one)
    for other in (replace(one, amount=5), transfer(owing)):
        with pytest.raises(ReferenceUsed):
            told(owing, other)


def test_a_charge_back_is_told_once_or_of_nothing(owing: Owing) -> None:
    one = transfer(owing)
    told(owing, one)
    with owing.office.database.transaction() as tx:
        for _ in range(2):
            after = reverse(tx, Reversal(Means.TRANSFER, "FT1", "Ngân hàng thu hồi"), owing.clock())
        assert after is not None
        assert after.obligations[1].outstanding == CHARGE
        assert reverse(tx, Reversal(Means.VNPAY, "FT1", "?"), owing.clock()) is None
        owed = tx.execute(select(obligation.c.outstanding)).scalar_one()
    assert owed == CHARGE


def test_receipts_for_cash_are_numbered_without_gaps_and_stay_in_the_book(owing: Owing) -> None:
    cashier = owing.office.actor("cashier1")

    def take(code: str, amount: int) -> str:
        command = TakeCash(Target(code), 1, amount, "Trần Thị Hoa")
        with owing.office.database.transaction() as tx:
            receipt = take_cash(tx, command, cashier, owing.clock()).payment.receipt
        assert receipt is not None
        return receipt.in_words

    first, second = owing.dossier().code, owing.dossier().code
    assert take(first, 40_000) == "BL-2026/0000001"
    with pytest.raises(CashTooMuch):
        take(first, 60_001)
    assert take(second, CHARGE) == "BL-2026/0000002"
    command = CancelReceipt(Target(second), 1, "Ghi nhầm hồ sơ")
    with owing.office.database.transaction() as tx:
        after = cancel_receipt(tx, command, cashier, owing.clock())
    assert after.obligations[1].outstanding == CHARGE
    assert take(second, CHARGE) == "BL-2026/0000003"
    with owing.office.database.reading() as tx:
        book = tx.execute(
            select(payment.c.receipt_number, payment.c.reversed_at).order_by("receipt_number")
        ).all()
        assert [(row[0], row[1] is not None) for row in book] == [(1, False), (2, True), (3, False)]
        assert verify_dossier(tx, second) is None
