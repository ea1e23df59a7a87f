"""The life of a petition: its time limits, what is open in which state, what may be published."""

from datetime import datetime
from typing import Any

import pytest

from engine.deadlines.edition import read_calendar, standard_document
from engine.errors.petitions import PetitionActNotOpen
from engine.model.alert import Level, Rung
from engine.model.petition import Petition, PetitionEvent, PetitionEventType, PetitionState
from engine.petitions import life
from engine.petitions.redacting import HIDDEN, personal_data, redacted
from tests.clock import START, VIETNAM

_T = PetitionEventType
CALENDAR = read_calendar(standard_document())


def calendars(digest: str) -> Any:
    return CALENDAR


def on(day: int, hour: int = 8) -> datetime:
    """A moment of July 2026."""
    return datetime(2026, 7, day, hour, tzinfo=VIETNAM)


def event(type_: PetitionEventType, at: datetime, **data: Any) -> PetitionEvent:
    return PetitionEvent(type_, at, "1", {"calendar": "any", **data})


def received(**data: Any) -> Petition:
    """One that came on Monday, 6 July 2026, at eight."""
    known = {"kind": "conduct", "source": "public", "agency": "H40", "field": None, "dossier": None,
             "officer": None, "anonymous": False, "external": None, **data}  # fmt: skip
    return life.received("PA-26-00001", event(_T.PETITION_RECEIVED, START, **known), calendars)


def then(petition: Petition, type_: PetitionEventType, at: datetime, **data: Any) -> Petition:
    return life.after(petition, event(type_, at, **data), calendars)


def test_limits_count_working_days_from_the_receipt() -> None:
    petition = received()
    assert petition.step_due_at == on(8, 17)
    assert petition.clock.due_at == on(27, 17)
    taken = then(petition, _T.PETITION_ACCEPTED, on(7), handler=2)
    assert taken.step_due_at == on(27, 17)
    answered = then(taken, _T.PETITION_ANSWERED, on(27, 16))
    assert (answered.on_time, answered.step_due_at) == (True, on(29, 17))
    public = then(answered, _T.PETITION_PUBLISHED, on(30))
    assert (public.missed, public.on_time, public.watched) == (("publish",), True, None)


def test_what_is_late_is_late_for_ever() -> None:
    assert then(received(), _T.PETITION_REFUSED, on(8, 17)).on_time is True
    assert then(received(), _T.PETITION_REFUSED, on(9)).missed == ("refuse",)
    assert then(received(), _T.PETITION_SUPPLEMENT_ASKED, on(14)).missed == ("ask",)
    taken = then(received(), _T.PETITION_ACCEPTED, on(7), handler=2)
    assert then(taken, _T.PETITION_ANSWERED, on(28)).on_time is False


def test_the_time_of_the_sender_is_not_counted() -> None:
    asked = then(received(), _T.PETITION_SUPPLEMENT_ASKED, on(8))
    assert (asked.step_due_at, asked.watched) == (None, None)
    supplied = then(asked, _T.PETITION_SUPPLIED, on(15))
    assert supplied.state is PetitionState.PROCESSING
    assert supplied.clock.due_at == datetime(2026, 8, 3, 17, tzinfo=VIETNAM)


def test_the_agency_that_is_competent_has_its_own_time() -> None:
    taken = then(received(), _T.PETITION_ACCEPTED, on(7), handler=2)
    here = then(taken, _T.PETITION_FORWARDED, on(8), agency="H40.1", outside=None)
    assert (here.state, here.agency, here.handler) == (PetitionState.RECEIVED, "H40.1", None)
    assert (here.step_due_at, here.clock.due_at) == (on(10, 17), on(29, 17))
    gone = then(taken, _T.PETITION_FORWARDED, on(8), agency=None, outside="Bộ Công an")
    assert (gone.state, gone.on_time, gone.watched) == (PetitionState.FORWARDED, None, None)


def test_each_limit_warns_comes_due_and_climbs() -> None:
    petition = received()
    seen = []
    for _ in range(3):
        assert petition.watched is not None
        alert = life.alert_at(petition, petition.watched)
        assert alert is not None
        level, rung = alert
        seen.append((level, rung))
        at = petition.watched
        petition = then(petition, _T.PETITION_ALERTED, at, level=level.value, rung=int(rung))
    assert seen == [
        (Level.NEAR_DUE_1, Rung.HOLDER), (Level.OVERDUE, Rung.HOLDER), (Level.OVERDUE, Rung.LEADER),
    ]  # fmt: skip
    assert petition.watched is None
    taken = then(petition, _T.PETITION_ACCEPTED, on(20), handler=2)
    assert (taken.level, taken.rung) == (None, 0)
    assert life.alert_at(received(), on(20)) == (Level.OVERDUE, Rung.HOLDER)
    assert life.alert_at(received(), on(6, 9)) is None


@pytest.mark.parametrize("act", [_T.PETITION_ANSWERED, _T.PETITION_PUBLISHED, _T.PETITION_RATED])
def test_nothing_happens_out_of_order(act: PetitionEventType) -> None:
    with pytest.raises(PetitionActNotOpen):
        then(received(), act, on(7), stars=5)


def test_whoever_is_complained_of_loses_it() -> None:
    taken = then(received(), _T.PETITION_ACCEPTED, on(7), handler=2)
    linked = then(taken, _T.PETITION_LINKED, on(8), dossier=None, officer=2)
    assert (linked.officer, linked.handler, linked.watched) == (2, None, taken.watched)


PRIVATE = (
    "Tôi là Trần Thị Bích (0912 345 678, bich@example.vn, CCCD 042090001234), hồ sơ"
    " H40.30.01-260706-0001 phải nộp 1.250.000.000 đồng ngày 06/07/2026."
)


def test_nobody_can_be_found_by_what_is_published() -> None:
    names = ["Trần Thị Bích", None, "Lê Văn An"]
    assert personal_data(PRIVATE, names) == [
        "địa chỉ thư điện tử", "mã hồ sơ", "số điện thoại hoặc số định danh", "họ tên",
    ]  # fmt: skip
    assert personal_data("Chị TRAN THI BICH, phàn nàn", names) == ["họ tên"]
    clean = redacted(PRIVATE, names)
    assert personal_data(clean, names) == []
    assert clean == (
        f"Tôi là {HIDDEN} ({HIDDEN}, {HIDDEN}, CCCD {HIDDEN}), hồ sơ {HIDDEN} phải nộp"
        " 1.250.000.000 đồng ngày 06/07/2026."
    )
