"""Statements against books: every line ends in one place, and nothing is guessed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from api.taking_in import TakenIn, take_in
from engine.commands.differences import (
    AssignDifference,
    ExplainDifference,
    ReverseDifference,
    assign_difference,
    explain_difference,
    reverse_difference,
)
from engine.commands.payments import Settlement, settle
from engine.commands.statements import BeginStatement
from engine.errors import NotPermitted
from engine.errors.statements import (
    DifferenceActImpossible,
    DifferenceSettled,
    DifferenceUnknown,
    StatementDaysWrong,
)
from engine.gateways.statements.formats import Format, format_of
from engine.gateways.statements.reading import StatementLine
from engine.model.dossier import Dossier
from engine.model.gateway import DifferenceKind, LinePlace
from engine.model.obligation import ObligationStatus
from engine.model.payment import Means
from engine.settings import Settings
from engine.store.gateway_tables import payment_difference, statement_line
from engine.store.money_tables import payment
from engine.verification import verify_dossier
from tests.api.lives import Lives
from tests.clock import START, FakeClock
from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.office import COMMUNE_1, COMMUNE_2, Office
from tests.paying import AMOUNT, attempt, key_of, obligation, open_differences, owing

BANK, VNPAY = format_of(Settings(), "bank"), format_of(Settings(), "vnpay")
NOON = START + timedelta(hours=4)


def line(reference: str, amount: int = AMOUNT, text: str = "", **more: Any) -> StatementLine:
    return StatementLine(1, reference, more.pop("at", NOON), amount, text, **more)


def taken(
    lives: Lives, *lines: StatementLine, form: Format = BANK, by: str = "cashier1", **days: date
) -> TakenIn:
    command = BeginStatement(COMMUNE_1, form, "sao-ke.csv", lines, **days)
    return take_in(lives.office.database, command, lives.office.actor(by), lives.clock)


def places(taken_in: TakenIn) -> dict[str, int]:
    """How many lines ended where, without what is empty."""
    found = {place.value: each.lines for place, each in taken_in.places.items()}
    return {name: lines for name, lines in found.items() if lines}


def kinds(lives: Lives) -> list[str]:
    return [each.kind for each in open_differences(lives)]


def test_a_transfer_with_a_key_pays_and_is_known_again(lives: Lives) -> None:
    dossier = owing(lives)
    said = line("FT1", text=f"MBVCB.{key_of(lives, dossier)}.NGUYEN VAN A chuyen tien")
    assert places(taken(lives, said)) == {"settled": 1}
    assert obligation(lives, dossier).status is ObligationStatus.PAID
    again = taken(lives, said, line("FT2", 5_000, "ung ho"))
    assert (again.repeated.lines, places(again)) == (1, {"difference": 1})
    assert kinds(lives) == ["unknown"]
    with lives.office.database.reading() as tx:
        assert verify_dossier(tx, dossier.code) is None


def test_whatever_could_mean_something_else_is_for_a_person(lives: Lives) -> None:
    dossier = owing(lives, AMOUNT, 70_000)
    key, other = key_of(lives, dossier), key_of(lives, dossier, 2)
    found = taken(
        lives,
        line("A", AMOUNT - 1, key),
        line("B", AMOUNT, f"{key} {other}"),
        line("C", AMOUNT, key),
        line("D", AMOUNT, key),
        line("C", 9, key),
        line("E", -AMOUNT, key),
    )
    assert places(found) == {"settled": 1, "difference": 5}
    assert kinds(lives) == ["wrong_amount", "unknown", "double", "double", "reversed"]


def test_a_dossier_of_another_agency_is_not_settled_from_this_account(lives: Lives) -> None:
    dossier = owing(lives)
    said = line("FT1", text=key_of(lives, dossier))
    command = BeginStatement(COMMUNE_2, BANK, "x.csv", [said])
    take_in(lives.office.database, command, lives.office.actor("cashier2"), lives.clock)
    assert obligation(lives, dossier).paid == 0
    assert kinds(lives) == ["unknown"]


def test_the_gateway_s_file_settles_what_no_notice_told(lives: Lives, settings: Settings) -> None:
    dossier = owing(lives)
    url = attempt(lives, settings, dossier)
    order = parse_qs(urlsplit(url).query)["vnp_TxnRef"][0]
    found = taken(
        lives,
        line("14000001", order=order),
        line("14000002", order=order),
        line("14000003", order="260706LA"),
        line("14000004", -AMOUNT, order=order),
        form=VNPAY,
    )
    assert places(found) == {"settled": 1, "difference": 3}
    assert kinds(lives) == ["double", "unknown", "reversed"]
    assert obligation(lives, dossier).status is ObligationStatus.PAID


def by_hand(lives: Lives, dossier: Dossier, reference: str, at: datetime = NOON) -> None:
    """A transfer that was recorded before any statement showed it."""
    settlement = Settlement(dossier.code, 1, AMOUNT, Means.TRANSFER, reference, at)
    with lives.office.database.transaction() as tx:
        settle(tx, settlement, at)


def test_a_payment_that_the_statement_of_its_day_and_the_next_lack_is_missing_until_it_comes(
    lives: Lives,
) -> None:
    dossier, today = owing(lives), START.date()
    by_hand(lives, dossier, "FT9")
    assert taken(lives, line("X", 1), first_day=today, last_day=today).missing == 0
    tomorrow = today + timedelta(days=1)
    later = replace(line("Y", 2), at=NOON + timedelta(days=1))
    assert taken(lives, later, first_day=tomorrow, last_day=tomorrow).missing == 1
    assert kinds(lives) == ["unknown", "unknown", "missing"]
    assert places(taken(lives, line("FT9"))) == {"matched": 1}
    assert "missing" not in kinds(lives)


def test_what_a_person_decides_is_booked_and_recorded(lives: Lives) -> None:
    dossier, office = owing(lives, AMOUNT), lives.office
    taken(
        lives,
        line("A", AMOUNT - 1, "khong co ma"),
        line("B", 700, "tien khac"),
        line("C", 1, key_of(lives, dossier)),
    )
    short, other, rest = [each.id for each in open_differences(lives)]
    cashier = office.actor("cashier1")
    with office.database.transaction() as tx:
        command = AssignDifference(short, dossier.code, 1, "Người nộp mang ủy nhiệm chi đến")
        assign_difference(tx, command, cashier, lives.clock())
        explain_difference(tx, ExplainDifference(other, "Tiền tài trợ"), cashier, lives.clock())
        again = AssignDifference(rest, dossier.code, 1, "Phần còn lại")
        assign_difference(tx, again, cashier, lives.clock())
    assert obligation(lives, dossier).status is ObligationStatus.PAID
    assert open_differences(lives) == []
    with office.database.reading() as tx:
        rows = tx.execute(select(payment_difference).order_by(payment_difference.c.id)).all()
        lines = tx.execute(select(statement_line.c.place).order_by(statement_line.c.id)).scalars()
        assert [row.act for row in rows] == ["assign", "explain", "assign"]
        assert {row.closed_by for row in rows} == {cashier.id}
        assert list(lines) == ["settled", "difference", "settled"]
        assert verify_dossier(tx, dossier.code) is None


def test_a_wrong_record_is_replaced_by_what_the_bank_says_or_taken_back(lives: Lives) -> None:
    first, second = owing(lives), owing(lives)
    by_hand(lives, first, "FT1")
    by_hand(lives, second, "FT2")
    taken(lives, line("FT1", AMOUNT - 10))
    later = NOON + timedelta(days=1)
    taken(lives, replace(line("X", 1), at=later), first_day=START.date(), last_day=later.date())
    wrong, _, missing = open_differences(lives)
    assert (wrong.kind, missing.kind) == (DifferenceKind.WRONG_AMOUNT, DifferenceKind.MISSING)
    cashier = lives.office.actor("cashier1")
    with lives.office.database.transaction() as tx:
        replaced = AssignDifference(wrong.id, first.code, 1, "Thu ngân gõ nhầm số")
        assign_difference(tx, replaced, cashier, lives.clock())
        back = ReverseDifference(missing.id, "Người nộp thừa nhận chưa chuyển")
        reverse_difference(tx, back, cashier, lives.clock())
    assert obligation(lives, first).paid == AMOUNT - 10
    assert obligation(lives, second).paid == 0


def test_what_makes_no_sense_or_is_not_allowed_changes_nothing(lives: Lives) -> None:
    with pytest.raises(NotPermitted):
        taken(lives, line("A"), by="office1")
    with pytest.raises(StatementDaysWrong):
        taken(lives, line("A"), last_day=START.date() - timedelta(days=1))
    taken(lives, line("A"))
    (only,) = open_differences(lives)
    refusals = [
        (ReverseDifference(only.id, "x"), "cashier1", DifferenceActImpossible),
        (ReverseDifference(only.id, " "), "cashier1", DifferenceActImpossible),
        (ReverseDifference(only.id, "x"), "cashier2", DifferenceUnknown),
        (ReverseDifference(only.id + 9, "x"), "cashier1", DifferenceUnknown),
    ]
    for command, who, refusal in refusals:
        with pytest.raises(refusal), lives.office.database.transaction() as tx:
            reverse_difference(tx, command, lives.office.actor(who), lives.clock())
    explained = ExplainDifference(only.id, "Tiền thuê nhà")
    with lives.office.database.transaction() as tx:
        explain_difference(tx, explained, lives.office.actor("cashier1"), lives.clock())
    with pytest.raises(DifferenceSettled), lives.office.database.transaction() as tx:
        explain_difference(tx, explained, lives.office.actor("cashier1"), lives.clock())


spoken = st.tuples(
    st.sampled_from(["", "FT1", "FT2", "FT3"]),
    st.sampled_from([AMOUNT, AMOUNT - 1, 70_000, -AMOUNT]),
    st.sampled_from([(), (1,), (2,), (1, 2)]),
)


@given(files=st.lists(st.lists(spoken, min_size=1, max_size=6), min_size=1, max_size=3))
@hypothesis_settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_every_line_ends_in_one_place_and_the_sums_agree(
    fresh_database: Fresh, files: Sequence[Sequence[tuple[str, int, tuple[int, ...]]]]
) -> None:
    with fresh_database(FURNISHED) as database:
        lives = Lives(Office(database), FakeClock())
        dossier = owing(lives, AMOUNT, 70_000)
        keys = {number: key_of(lives, dossier, number) for number in (1, 2)}
        for spoken_lines in files:
            seen: Counter[Any] = Counter()
            lines = []
            for reference, amount, named in spoken_lines:
                text = " ".join(keys[number] for number in named)
                said = line(reference, amount, text)
                lines.append(replace(said, repeat=seen[said.digest]))
                seen[said.digest] += 1
            result = taken(lives, *lines)
            everywhere = [*result.places.values(), result.repeated]
            assert sum(each.lines for each in everywhere) == len(lines)
            assert sum(each.amount for each in everywhere) == sum(each.amount for each in lines)
        _agree(lives)


def _agree(lives: Lives) -> None:
    """What lines settled is what our books have; every difference is of one line, and the rest."""
    with lives.office.database.reading() as tx:
        rows = tx.execute(select(statement_line)).all()
        settled = [row for row in rows if row.place == LinePlace.SETTLED]
        booked = tx.execute(select(func.sum(payment.c.amount))).scalar_one() or 0
        told = tx.execute(select(payment_difference.c.line_id)).scalars().all()
    assert sum(row.amount for row in settled) == booked
    assert len({(row.dossier_id, row.payment) for row in settled}) == len(settled)
    unplaced = [row.id for row in rows if row.place == LinePlace.DIFFERENCE]
    assert sorted(told) == sorted(unplaced)
