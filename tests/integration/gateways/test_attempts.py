"""Attempts to pay: whatever the gateway says, and whenever, one payment counts and none is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from sqlalchemy import select

from engine.commands.gateway_answers import Learned, learn
from engine.errors.gateways import AmountNotPayable, NothingDue
from engine.gateways.vnpay.answers import Answer, Outcome, read_query
from engine.gateways.vnpay.merchant import Merchant
from engine.model.dossier import Dossier
from engine.model.gateway import DifferenceKind, OrderState
from engine.model.obligation import ObligationStatus
from engine.queries.paying import attempt_of
from engine.settings import Settings
from engine.store import payment_orders
from engine.store.gateway_tables import payment_order
from engine.verification import verify_dossier
from tests.api.lives import Lives
from tests.paying import AMOUNT, attempt, obligation, open_differences, owing
from tests.vnpay import Vnpay

Ask = Callable[[], int]


def reference_of(url: str) -> str:
    return parse_qs(urlsplit(url).query)["vnp_TxnRef"][0]


def state_of(lives: Lives, url: str) -> OrderState:
    with lives.office.database.reading() as tx:
        order = payment_orders.find(tx, reference_of(url))
    assert order
    return order.state


def answer(settings: Settings, back: str) -> Answer:
    """What the gateway says on the payer's way back, which is what its IPN says too."""
    merchant = Merchant.of(settings)
    assert merchant
    return read_query(merchant, parse_qsl(urlsplit(back).query))


def told(lives: Lives, said: Answer) -> Learned:
    with lives.office.database.transaction() as tx:
        return learn(tx, said, lives.clock())


@dataclass
class Paid:
    """A dossier that somebody paid, of which the house has not heard: the address of the attempt,
    and what the gateway says of it."""

    dossier: Dossier
    url: str
    said: Answer


@pytest.fixture
def paid(lives: Lives, vnpay: Vnpay, settings: Settings) -> Paid:
    dossier = owing(lives)
    url = attempt(lives, settings, dossier)
    return Paid(dossier, url, answer(settings, vnpay.pay(url)))


def test_an_attempt_is_of_what_is_due_and_refused_when_nothing_is(
    lives: Lives, settings: Settings, paid: Paid
) -> None:
    assert parse_qs(urlsplit(paid.url).query)["vnp_Amount"] == [str(AMOUNT * 100)]
    assert told(lives, paid.said) is Learned.SETTLED
    for number in (1, 7):
        with pytest.raises(NothingDue):
            attempt(lives, settings, paid.dossier, number)
    with pytest.raises(AmountNotPayable):
        attempt(lives, settings, owing(lives, 4_999))


def test_a_payment_counts_once_and_the_dossier_goes_on(lives: Lives, paid: Paid) -> None:
    assert lives.now(paid.dossier).pauses
    assert told(lives, paid.said) is Learned.SETTLED
    assert told(lives, paid.said) is Learned.KNOWN
    after = lives.now(paid.dossier)
    assert after.obligations[1].status is ObligationStatus.PAID
    assert not after.pauses
    with lives.office.database.reading() as tx:
        assert verify_dossier(tx, after.code) is None


def test_failure_after_success_changes_nothing_and_success_after_failure_counts(
    lives: Lives, settings: Settings, paid: Paid
) -> None:
    failed = replace(paid.said, outcome=Outcome.FAILED, code="24", status="02")
    assert told(lives, failed) is Learned.NOTED
    assert state_of(lives, paid.url) is OrderState.FAILED
    assert told(lives, failed) is Learned.KNOWN
    assert told(lives, paid.said) is Learned.SETTLED
    assert told(lives, failed) is Learned.KNOWN
    assert obligation(lives, paid.dossier).paid == AMOUNT


def test_two_attempts_that_are_both_paid_leave_the_second_to_be_refunded(
    lives: Lives, vnpay: Vnpay, settings: Settings
) -> None:
    dossier = owing(lives)
    urls = [attempt(lives, settings, dossier) for _ in range(2)]
    for url in urls:
        assert told(lives, answer(settings, vnpay.pay(url))) is Learned.SETTLED
    after = obligation(lives, dossier)
    assert (after.paid, after.to_refund) == (AMOUNT, AMOUNT)
    with lives.office.database.reading() as tx:
        told_payers = [attempt_of(tx, reference_of(url)) for url in urls]
    assert [then and then.to_refund for then in told_payers] == [0, AMOUNT]


def test_another_amount_and_an_unknown_attempt_are_kept_for_a_person(
    lives: Lives, paid: Paid
) -> None:
    short = replace(paid.said, hundredths=paid.said.hundredths - 100)
    lost = replace(paid.said, reference="260706KHONGCO")
    for _ in range(2):
        assert told(lives, short) is Learned.WRONG_AMOUNT
        assert told(lives, lost) is Learned.ORDER_UNKNOWN
    found = [(each.kind, each.amount, each.expected) for each in open_differences(lives)]
    assert found == [
        (DifferenceKind.WRONG_AMOUNT, AMOUNT - 1, AMOUNT),
        (DifferenceKind.UNKNOWN, AMOUNT, None),
    ]
    assert obligation(lives, paid.dossier).paid == 0


def test_a_lost_notice_loses_no_payment(lives: Lives, paid: Paid, ask: Ask) -> None:
    assert ask() == 0
    lives.clock.advance(minutes=17)
    assert ask() == 1
    assert state_of(lives, paid.url) is OrderState.PAID
    assert obligation(lives, paid.dossier).status is ObligationStatus.PAID
    lives.clock.advance(days=1)
    assert ask() == 0


def test_what_was_never_paid_runs_out_and_may_still_be_paid_late(
    lives: Lives, vnpay: Vnpay, settings: Settings, ask: Ask
) -> None:
    dossier = owing(lives)
    url = attempt(lives, settings, dossier)
    lives.clock.advance(minutes=17)
    ask()
    assert state_of(lives, url) is OrderState.EXPIRED
    assert told(lives, answer(settings, vnpay.pay(url))) is Learned.SETTLED
    assert obligation(lives, dossier).paid == AMOUNT


def test_whoever_waits_for_the_answer_has_it_asked_for_earlier(
    lives: Lives, paid: Paid, ask: Ask
) -> None:
    with lives.office.database.transaction() as tx:
        payment_orders.hasten(tx, reference_of(paid.url), lives.clock() + timedelta(seconds=5))
    lives.clock.advance(seconds=5)
    assert ask() == 1
    assert state_of(lives, paid.url) is OrderState.PAID


def test_a_gateway_that_is_silent_is_asked_less_and_less_often_and_then_a_person_is(
    lives: Lives, vnpay: Vnpay, paid: Paid, ask: Ask
) -> None:
    vnpay.behave(times=0, deaf=True)
    waits = []
    for _ in range(len(payment_orders.BACK_OFF) + 1):
        due = ask_at(lives, paid.url)
        assert due
        waits.append(due - lives.clock())
        lives.clock.set(due)
        assert ask() == 1
    assert waits[1:] == sorted(waits[1:])
    assert state_of(lives, paid.url) is OrderState.UNCLEAR
    assert [each.kind for each in open_differences(lives)] == [DifferenceKind.UNCLEAR]
    assert told(lives, paid.said) is Learned.SETTLED
    assert open_differences(lives) == []


def ask_at(lives: Lives, url: str) -> datetime | None:
    query = select(payment_order.c.ask_at).where(payment_order.c.reference == reference_of(url))
    with lives.office.database.reading() as tx:
        found: datetime | None = tx.execute(query).scalar_one()
    return found
