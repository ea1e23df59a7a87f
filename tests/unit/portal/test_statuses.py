"""The portal's codes for our states, as data."""

from datetime import date

import pytest

from engine.deadlines.clock_policy import ClockPolicy
from engine.life.rulebook import PauseReason, standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.model.status import Status
from engine.portal.statuses import FILE, read_statuses, standard_statuses

TODAY = date(2026, 7, 6)
TABLE = {
    Status.SUBMITTED: 1,
    Status.SUPPLEMENT_REQUESTED_INTAKE: 5,
    Status.REFUSED_INTAKE: 3,
    Status.RECEIVED: 2,
    Status.PROCESSING: 4,
    Status.SUPPLEMENT_REQUESTED: 5,
    Status.AWAITING_FINANCIAL_OBLIGATION: 6,
    Status.WITHDRAWAL_REQUESTED: 7,
    Status.WITHDRAWN: 7,
    Status.DISCONTINUED: 8,
    Status.REFUSED: 8,
    Status.PROCESSED: 9,
    Status.DELIVERED: 10,
}
TEXT = FILE.read_text(encoding="utf-8")


def reason(code: str, policy: ClockPolicy = ClockPolicy.PAUSE) -> PauseReason:
    return PauseReason(code, "Lý do", policy, Status.SUSPENDED, manual=True)


def test_the_table_of_the_law() -> None:
    edition = standard_statuses().on(TODAY)
    assert {status: edition.code(status, None) for status in TABLE} == TABLE


@pytest.mark.parametrize("known", read_rulebook(standard_rulebook()).pauses.values())
def test_no_pause_is_told_as_done(known: PauseReason) -> None:
    told = standard_statuses().on(TODAY).code(known.status, known)
    assert told == {"bo_sung_ho_so": 5, "nghia_vu_tai_chinh": 6}.get(known.code, 4)


def test_a_pause_may_be_told_as_stopped_by_reason_or_by_policy() -> None:
    chosen = TEXT.replace("policies = {}", "policies = { STOP = 8 }").replace(
        "reasons = {}", "reasons = { khac = 8, loi_he_thong = 4 }"
    )
    edition = read_statuses(chosen).on(TODAY)
    assert edition.code(Status.SUSPENDED, reason("khac")) == 8
    assert edition.code(Status.SUSPENDED, reason("niem_yet", ClockPolicy.STOP)) == 8
    assert edition.code(Status.SUSPENDED, reason("loi_he_thong", ClockPolicy.STOP)) == 4
    assert edition.code(Status.SUSPENDED, reason("niem_yet")) == 4


def test_a_later_edition_holds_from_its_day_on() -> None:
    later = TEXT[TEXT.index("[[editions]]") :].replace("2025-07-01", "2027-01-01")
    both = read_statuses(TEXT + later.replace("otherwise = 4", "otherwise = 8"))
    assert both.on(date(2026, 12, 31)).code(Status.SUSPENDED, None) == 4
    assert both.on(date(2027, 1, 1)).code(Status.SUSPENDED, None) == 8


@pytest.mark.parametrize(
    ("line", "instead", "complaint"),
    [
        ("submitted = 1\n", "", "no code for submitted"),
        ("processed = 9", "processed = 11", "no name for 11"),
        ("otherwise = 4", "otherwise = 9", "told as 4 or 8"),
    ],
)
def test_data_that_cannot_be_meant(line: str, instead: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_statuses(TEXT.replace(line, instead, 1))
