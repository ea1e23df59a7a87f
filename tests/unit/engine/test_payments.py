"""Every way in which money can come in has one outcome, and no money is lost or counts twice."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.errors.money import MoneyMissing, RefundTooMuch
from engine.life.timers import TimerKind, timers
from engine.model.alert import Level, Subject
from engine.model.event import SYSTEM, EventType
from engine.model.obligation import ObligationStatus
from engine.model.status import Status
from tests.unit.engine.paying import CHARGE, Paying

S = ObligationStatus


def open_steps(life: Paying) -> set[str]:
    """The steps that wait for someone."""
    return {task.step for task in life.dossier.tasks.values()}


class TestOutcomes:
    """One table: what came in, what of it counts, what goes back, where the dossier stands."""

    @pytest.mark.parametrize(
        ("amounts", "status", "applied", "to_refund"),
        [
            ([CHARGE], S.PAID, [CHARGE], 0),
            ([40_000], S.PARTLY_PAID, [40_000], 0),
            ([40_000, 60_000], S.PAID, [40_000, 60_000], 0),
            ([CHARGE, CHARGE], S.PAID, [CHARGE, 0], CHARGE),
            ([150_000], S.PAID, [CHARGE], 50_000),
            ([40_000, CHARGE], S.PAID, [40_000, 60_000], 40_000),
        ],
        ids=["exact", "partial", "rest", "double", "too much", "rest and too much"],
    )
    def test_what_came_in(
        self, amounts: list[int], status: S, applied: list[int], to_refund: int
    ) -> None:
        life = Paying()
        life.complete("work")
        for amount in amounts:
            life.pay(amount)
        assert life.charge.status is status
        assert list(life.charge.applied().values()) == applied
        assert life.charge.to_refund == to_refund
        assert open_steps(life) == {"deliver" if status is S.PAID else "collect"}

    def test_a_charge_that_was_paid_before_needs_no_stage(self) -> None:
        life = Paying()
        life.pay(CHARGE)
        life.complete("work")
        assert open_steps(life) == {"deliver"}
        assert EventType.TASK_OPENED in life.types
        assert "collect" not in [e.data.get("step") for e in life.log]

    def test_a_waived_charge_needs_no_stage_and_says_why(self) -> None:
        life = Paying()
        poor = {"evidence": "Giấy chứng nhận số 12"}
        life.act(EventType.CATEGORY_RECORDED, 2, poor, category="ho_ngheo")
        life.complete("work")
        assert open_steps(life) == {"deliver"}
        charge = life.charge
        assert (charge.status, charge.relief) == (S.NOTHING_DUE, "Hộ nghèo")
        assert charge.explanation is not None
        assert charge.explanation["row"] == 1
        assert charge.explanation["asked"] == {"applicant.category": "ho_ngheo"}
        assert charge.explanation["version"] == life.dossier.version

    def test_money_for_a_cancelled_obligation_goes_back(self) -> None:
        life = Paying()
        life.cancel()
        life.pay(CHARGE)
        assert (life.charge.status, life.charge.to_refund) == (S.CANCELLED, CHARGE)

    def test_money_after_a_withdrawal_goes_back_and_what_had_counted_stays(self) -> None:
        life = Paying()
        life.pay(40_000)
        life.act(EventType.WITHDRAWAL_REQUESTED, 2, {"reason": "Thôi"})
        life.pay(60_000)
        life.complete("return_papers")
        life.pay(10_000)
        assert (life.charge.status, life.charge.paid) == (S.LAPSED, 40_000)
        assert life.charge.to_refund == 70_000

    def test_what_was_deferred_counts_even_after_the_end(self) -> None:
        life = Paying()
        life.complete("work")
        life.defer()
        life.complete("deliver")
        assert life.status() is Status.DELIVERED
        life.pay(CHARGE)
        assert life.charge.status is S.PAID

    def test_a_charge_back_makes_it_due_again_at_once(self) -> None:
        life = Paying()
        life.complete("work")
        life.pay(CHARGE)
        life.reverse(1)
        assert (life.charge.status, life.charge.due_at) == (S.DUE, life.now)
        assert open_steps(life) == {"deliver"}

    def test_after_a_charge_back_money_that_was_too_much_takes_its_place(self) -> None:
        life = Paying()
        life.pay(CHARGE)
        life.pay(CHARGE)
        life.reverse(1)
        assert (life.charge.status, life.charge.to_refund) == (S.PAID, 0)
        assert life.charge.applied() == {1: 0, 2: CHARGE}

    def test_what_goes_back_is_decided_and_no_more_than_there_is(self) -> None:
        life = Paying()
        life.pay(150_000)
        with pytest.raises(RefundTooMuch):
            life.decide(1, 50_001)
        life.decide(1, 50_000)
        life.correct(CHARGE + 20_000)
        assert life.charge.outstanding == 20_000
        life.refund(1, 1)
        assert life.charge.payment(1).refunded == 50_000

    def test_nobody_completes_the_cashiers_task_while_money_is_missing(self) -> None:
        life = Paying()
        life.complete("work")
        with pytest.raises(MoneyMissing):
            life.complete("collect")

    def test_a_stage_that_is_paid_while_work_stands_still_is_passed_when_it_goes_on(self) -> None:
        life = Paying()
        life.complete("work")
        life.pause()
        life.pay(CHARGE)
        assert open_steps(life) == {"collect"}
        life.resume()
        assert open_steps(life) == {"deliver"}


class TestFinancialObligations:
    """What another agency sets holds the dossier up until it is paid, deferred or confirmed."""

    def test_it_pauses_where_it_stands_and_lets_go_on_when_paid(self) -> None:
        life = Paying()
        number = life.oblige()
        assert life.status() is Status.AWAITING_FINANCIAL_OBLIGATION
        life.pay(1_000_000, number)
        assert life.status() is Status.AWAITING_FINANCIAL_OBLIGATION
        life.pay(4_000_000, number)
        assert life.status() is Status.PROCESSING

    def test_the_wait_of_the_diagram_is_over_when_all_is_met(self) -> None:
        life = Paying("tax")
        first, second = life.oblige(), life.oblige(700)
        assert life.dossier.suspended is None
        life.pay(CHARGE)
        life.complete("work")
        assert life.status() is Status.AWAITING_FINANCIAL_OBLIGATION
        with pytest.raises(MoneyMissing):
            life.act(EventType.OBLIGATION_FULFILLED, 2)
        life.pay(5_000_000, first)
        life.defer(second)
        assert EventType.OBLIGATION_FULFILLED in life.types
        assert open_steps(life) == {"deliver"}

    def test_a_wrong_amount_put_right_may_fulfil_it(self) -> None:
        life = Paying()
        number = life.oblige(5_000_000)
        life.pay(500_000, number)
        life.correct(500_000, number)
        assert life.dossier.suspended is None


class TestReminders:
    """Those who look after a dossier are reminded before the day and after it."""

    def test_some_days_before_and_once_it_has_passed(self) -> None:
        life = Paying()
        life.oblige()
        key = (TimerKind.OBLIGATION, -1_002)
        until = datetime.fromisoformat("2026-08-06T17:00:00+07:00")
        levels: dict[Level, timedelta] = {}
        while key in timers(life.dossier) and life.now < until + timedelta(seconds=1):
            life.now = timers(life.dossier)[key]
            life.act(EventType.TIMER_FIRED, SYSTEM, kind=key[0].value, place=key[1])
            levels.setdefault(life.alert(Subject.OBLIGATION).level, until - life.now)
        assert levels == {
            Level.NEAR_DUE_1: timedelta(days=5),
            Level.NEAR_DUE_2: timedelta(days=1),
            Level.OVERDUE: timedelta(0),
        }
        life.pay(5_000_000, 2)
        assert Subject.OBLIGATION not in {subject for subject, *_ in life.warnings()}

    def test_a_charge_back_is_late_at_once(self) -> None:
        life = Paying()
        life.complete("work")
        life.pay(CHARGE)
        life.reverse(1)
        assert timers(life.dossier)[TimerKind.OBLIGATION, -1_001] == life.now


_AMOUNT = st.sampled_from([1, 40_000, 60_000, CHARGE, 150_000])
_NUMBER = st.integers(1, 4)
_DEEDS = st.one_of(
    st.tuples(st.just("pay"), _AMOUNT, st.integers(1, 2)),
    st.tuples(st.just("reverse"), _NUMBER),
    st.tuples(st.just("decide"), _NUMBER, _AMOUNT),
    st.tuples(st.just("refund"), _NUMBER, st.integers(1, 2)),
    st.tuples(st.just("correct"), _AMOUNT, st.integers(1, 2)),
    st.tuples(st.just("cancel"), st.integers(1, 2)),
    st.tuples(st.just("defer"), st.integers(1, 2)),
    st.tuples(st.just("oblige"), _AMOUNT),
    st.tuples(st.just("complete"), st.sampled_from(["work", "deliver", "return_papers"])),
    st.tuples(st.just("withdraw")),
)


@given(deeds=st.lists(_DEEDS, max_size=14))
def test_no_money_is_lost_or_counts_twice_whatever_happens(deeds: list[tuple[object, ...]]) -> None:
    life, received = Paying(), 0
    for name, *arguments in deeds:
        with suppress(EngineError, ValueError):
            if name == "withdraw":
                life.act(EventType.WITHDRAWAL_REQUESTED, 2, {"reason": "Thôi"})
            else:
                getattr(life, str(name))(*arguments)
            received += int(str(arguments[0])) if name == "pay" else 0
        _check(life, received)
    life.done_again()


def _check(life: Paying, received: int) -> None:
    obligations = list(life.dossier.obligations.values())
    payments = list(chain.from_iterable(each.payments for each in obligations))
    assert sum(payment.amount for payment in payments) == received
    kept = sum(payment.amount for payment in payments if not payment.reversed_at)
    applied = sum(each.paid for each in obligations)
    back = sum(each.to_refund for each in obligations)
    committed = sum(payment.committed for payment in payments if not payment.reversed_at)
    assert kept == applied + back + committed
    for each in obligations:
        assert 0 <= each.paid <= each.capacity <= each.amount
        assert all(amount >= 0 for amount in each.applied().values())
    if not life.dossier.outcome:
        assert ("collect" in open_steps(life)) <= any(each.is_open for each in obligations)
