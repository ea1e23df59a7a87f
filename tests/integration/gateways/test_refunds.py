"""Money goes back through the gateway once, whatever becomes of its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from engine.commands.acting import Target
from engine.commands.gateway_refunds import (
    Asked,
    RefundByGateway,
    ask_refund,
    record_refund,
)
from engine.commands.payments import DecideRefund, MakeRefund, decide_refund, make_refund
from engine.errors import EngineError, NotPermitted
from engine.errors.gateways import RefundUnderWay
from engine.errors.money import RefundUnknown
from engine.gateways.vnpay.asking import Reply, refund
from engine.gateways.vnpay.merchant import Merchant
from engine.model.dossier import Dossier
from engine.model.gateway import RefundState
from engine.model.payment import Means
from engine.settings import Settings
from engine.verification import verify_dossier
from tests.api.lives import Lives
from tests.integration.gateways.test_attempts import answer, told
from tests.paying import AMOUNT, attempt, obligation, open_differences, owing
from tests.vnpay import Vnpay

Ask = Callable[[], int]


@dataclass
class Counter:
    """Where someone has money sent back that was paid twice."""

    lives: Lives
    merchant: Merchant
    dossier: Dossier

    def decide(self, amount: int) -> None:
        command = DecideRefund(Target(self.dossier.code), 2, amount, "Nộp trùng")
        self.lives.act(decide_refund, command, "leader1")

    def asked(self, number: int = 1, payment: int = 2, by: str = "cashier1") -> Asked:
        command = RefundByGateway(Target(self.dossier.code), payment, number)
        with self.lives.office.database.transaction() as tx:
            return ask_refund(tx, command, self.lives.office.actor(by), self.lives.clock())

    def sent(self, asked: Asked) -> RefundState:
        """Send a request, and record what comes back."""
        try:
            reply: Reply | None = refund(self.merchant, asked.request, self.lives.clock())
        except EngineError:
            reply = None
        with self.lives.office.database.transaction() as tx:
            return record_refund(tx, asked.id, reply, self.lives.clock())

    @property
    def refunded(self) -> int:
        """What our books say went back."""
        return obligation(self.lives, self.dossier).payment(2).refunded


@pytest.fixture
def counter(lives: Lives, vnpay: Vnpay, settings: Settings) -> Counter:
    """After two attempts were paid."""
    dossier, merchant = owing(lives), Merchant.of(settings)
    assert merchant
    for url in [attempt(lives, settings, dossier) for _ in range(2)]:
        told(lives, answer(settings, vnpay.pay(url)))
    return Counter(lives, merchant, dossier)


def taken(vnpay: Vnpay, counter: Counter) -> list[tuple[str, int]]:
    """Type and amount of what the gateway took to send back for this dossier."""
    info = counter.dossier.code
    said = [each for each in vnpay.refunds() if info in each["vnp_OrderInfo"]]
    reference = obligation(counter.lives, counter.dossier).payment(2).reference
    return [
        (each["vnp_TransactionType"], int(each["vnp_Amount"]) // 100)
        for each in said
        if each["vnp_TxnRef"] == reference
    ]


def test_all_or_a_part_goes_back_and_is_recorded(counter: Counter, vnpay: Vnpay) -> None:
    counter.decide(AMOUNT - 1_000)
    counter.decide(1_000)
    for number in (1, 2):
        assert counter.sent(counter.asked(number)) is RefundState.DONE
    assert taken(vnpay, counter) == [("03", AMOUNT - 1_000), ("03", 1_000)]
    assert counter.refunded == AMOUNT
    with counter.lives.office.database.reading() as tx:
        assert verify_dossier(tx, counter.dossier.code) is None


def test_what_is_refused_is_told_and_may_be_tried_again(counter: Counter, vnpay: Vnpay) -> None:
    counter.decide(AMOUNT)
    vnpay.behave(times=0, refund_code="95")
    assert counter.sent(counter.asked()) is RefundState.REFUSED
    assert counter.refunded == 0
    vnpay.behave(times=0)
    assert counter.sent(counter.asked()) is RefundState.DONE
    assert taken(vnpay, counter) == [("02", AMOUNT)]


def test_an_answer_that_is_lost_is_asked_for_and_nothing_is_sent_twice(
    counter: Counter, vnpay: Vnpay, ask: Ask
) -> None:
    counter.decide(AMOUNT)
    vnpay.behave(times=0, refund_answer_lost=True)
    assert counter.sent(counter.asked()) is RefundState.UNKNOWN
    with pytest.raises(RefundUnderWay):
        counter.asked()
    command = MakeRefund(Target(counter.dossier.code), 2, 1, Means.CASH, "PC01")
    with pytest.raises(RefundUnderWay):
        counter.lives.act(make_refund, command, "cashier1")
    counter.lives.clock.advance(minutes=16)
    ask()
    assert counter.refunded == AMOUNT
    assert taken(vnpay, counter) == [("02", AMOUNT)]


def test_a_request_that_was_never_sent_is_believed_so_the_second_time(
    counter: Counter, ask: Ask
) -> None:
    counter.decide(AMOUNT)
    counter.asked()
    for wait, under_way in ((timedelta(minutes=16), True), (timedelta(hours=2), False)):
        counter.lives.clock.advance(wait)
        ask()
        if under_way:
            with pytest.raises(RefundUnderWay):
                counter.asked()
    assert counter.sent(counter.asked()) is RefundState.DONE
    assert counter.refunded == AMOUNT


def test_where_an_earlier_refund_could_be_meant_a_person_decides(
    counter: Counter, vnpay: Vnpay, ask: Ask
) -> None:
    counter.decide(1_000)
    counter.decide(2_000)
    assert counter.sent(counter.asked(1)) is RefundState.DONE
    counter.asked(2)
    for _ in range(9):
        counter.lives.clock.advance(days=1, minutes=1)
        ask()
    assert counter.refunded == 1_000
    assert [(each.kind, each.amount) for each in open_differences(counter.lives)] == [
        ("unclear", -2_000)
    ]


def test_only_what_was_decided_and_came_through_the_gateway_by_whoever_may(
    counter: Counter,
) -> None:
    with pytest.raises(RefundUnknown):
        counter.asked()
    counter.decide(1_000)
    with pytest.raises(NotPermitted):
        counter.asked(by="office1")
