"""An apology and a later date: once, in time, on a working day (Decree 61/2018, art. 19(9))."""

import pytest

from engine.errors import DossierFinished, EngineError
from engine.errors.time import (
    ClockNotRunning,
    ExtensionDateInvalid,
    ExtensionTooLate,
    ExtensionUsedUp,
    UnknownOverdueCause,
)
from engine.model.event import Event, EventType
from tests.unit.engine.living import CALENDAR, OWN_DELAY, Life, ruled


@pytest.fixture
def life() -> Life:
    """Received on Monday, 6 July; due on Thursday at five."""
    return Life().accepted()


def extend(life: Life, until: str = "2026-07-13", cause: str = OWN_DELAY) -> list[Event]:
    return life.act(EventType.DUE_DATE_EXTENDED, 4, until=until, cause=cause)


def refused(
    life: Life, error: type[EngineError], until: str = "2026-07-13", cause: str = OWN_DELAY
) -> str:
    """An extension that is refused and changes nothing; why, in words."""
    before = life.dossier
    with pytest.raises(error) as refusal:
        extend(life, until, cause)
    assert life.dossier == before
    return refusal.value.message


def test_the_closing_of_the_promised_day_is_the_due_date(life: Life) -> None:
    first = life.dossier.due_at
    events = extend(life)
    clock = life.dossier.clock
    assert clock is not None
    assert (clock.first_due_at, clock.due_at) == (first, life.until("2026-07-13 17:00"))
    assert [event.type for event in events][:2] == [
        EventType.DUE_DATE_EXTENDED,
        EventType.DUE_DATE_SET,
    ]
    assert events[1].data["why"] == "extension"
    assert life.dossier.extensions == 1


def test_the_last_moment_is_the_working_day_before(life: Life) -> None:
    life.until("2026-07-08 23:59")
    extend(life)


@pytest.mark.parametrize("now", ["2026-07-09 00:00", "2026-07-09 16:00", "2026-07-20 08:00"])
def test_too_late(life: Life, now: str) -> None:
    life.until(now)
    said = refused(life, ExtensionTooLate, until="2026-07-24")
    assert "08/07/2026" in said


def test_the_rulebook_may_want_more_notice() -> None:
    life = Life(rulebook=ruled(extension={"notice": "2 working_days"})).accepted()
    life.until("2026-07-08 08:00")
    refused(life, ExtensionTooLate)


def test_not_a_second_time(life: Life) -> None:
    extend(life)
    assert "1 lần" in refused(life, ExtensionUsedUp, until="2026-07-20")


def test_as_often_as_the_rulebook_says() -> None:
    life = Life(rulebook=ruled(extension={"times": 2})).accepted()
    extend(life)
    extend(life, "2026-07-20")
    refused(life, ExtensionUsedUp, until="2026-07-27")
    never = Life(rulebook=ruled(extension={"times": 0})).accepted()
    refused(never, ExtensionUsedUp)


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2026-07-09", "không sau hạn hiện tại"),
        ("2026-07-01", "không sau hạn hiện tại"),
        ("2026-07-11", "Thứ Bảy"),
        ("2026-09-02", "Quốc khánh"),
    ],
)
def test_a_day_that_cannot_be_promised(life: Life, until: str, why: str) -> None:
    assert why in refused(life, ExtensionDateInvalid, until)


def test_a_saturday_that_is_worked_can_be_promised(life: Life) -> None:
    life = Life()
    life.until("2026-08-17 08:00")
    life.accepted(because=OWN_DELAY)
    extend(life, "2026-08-22")
    assert life.dossier.due_at == CALENDAR.closing(life.until("2026-08-22 08:00").date())


def test_an_unknown_cause(life: Life) -> None:
    refused(life, UnknownOverdueCause, cause="tai_toi")


def test_only_while_the_clock_runs(life: Life) -> None:
    refused(Life(), ClockNotRunning)
    refused(Life().issued(), ClockNotRunning)
    life.pause()
    refused(life, ClockNotRunning)
    life.resume()
    life.pause("loi_he_thong")
    refused(life, ClockNotRunning)
    life.resume()
    life.complete("appraise", 3, decision="supplement")
    refused(life, ClockNotRunning)
    life.act(EventType.SUPPLEMENT_RECEIVED, 2)
    life.complete("appraise", 3, decision="refuse")
    refused(life, DossierFinished)


def test_working_time_is_longer_by_what_was_promised(life: Life) -> None:
    before = life.dossier.clock
    extend(life)
    after = life.dossier.clock
    assert before is not None
    assert after is not None
    gained = CALENDAR.working_time(before.due_at, after.due_at)
    assert after.budget - before.budget == gained
