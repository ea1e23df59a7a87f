"""What citizens are told, by the rules as they are shipped."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.commands.rating import INVITATIONS
from engine.deadlines.calendar import VIETNAM
from engine.letters.notice_rules import QuietHours, rules_on
from engine.model.contact import Means
from engine.model.event import Event, EventType

RULES = rules_on(date(2026, 11, 26))
NIGHT = QuietHours(time(21), time(7))
MOMENTS = st.integers(0, 365 * 24 * 3600).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=seconds)
)
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
COUNTER = {"wish": "counter", "method": "counter", "kind": "financial_obligation"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=VIETNAM)


def called(type_: EventType, more: dict[str, str] = COUNTER, **data: str) -> set[str]:
    event = Event(3, type_, at("26 09:00"), "1", data)
    return {rule.code for rule in RULES.called_for(event, more)}


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        ("26 20:59:59", "26 20:59:59"),
        ("26 21:00", "27 07:00"),
        ("26 23:30", "27 07:00"),
        ("26 06:59", "26 07:00"),
        ("26 07:00", "26 07:00"),
        ("26 12:00", "26 12:00"),
    ],
)
def test_the_night(moment: str, over: str) -> None:
    assert NIGHT.over(at(moment)) == at(over)


@given(TIMES, TIMES, MOMENTS)
def test_quiet_hours_end_outside_of_themselves(start: time, end: time, moment: datetime) -> None:
    quiet = QuietHours(start, end)
    over = quiet.over(moment)
    assert moment <= over <= moment + timedelta(days=1)
    assert not quiet.holds(over)
    assert quiet.holds(moment) == (over != moment)


@pytest.mark.parametrize(
    ("called_for", "codes"),
    [
        (called(EventType.DOSSIER_RECEIVED), {"received"}),
        (called(EventType.DOSSIER_PAUSED, reason="bo_sung_ho_so"), {"supplement"}),
        (called(EventType.DOSSIER_PAUSED, reason="khac"), set()),
        (called(EventType.DOSSIER_PAUSED, reason="nghia_vu_tai_chinh"), {"obligation"}),
        (called(EventType.DOSSIER_RESUMED, reason="bo_sung_ho_so"), {"resumed"}),
        (called(EventType.DOSSIER_RESUMED, reason="niem_yet_cong_khai"), set()),
        (called(EventType.OBLIGATION_SET), {"obligation_set"}),
        (called(EventType.OBLIGATION_SET, kind="fee"), set()),
        (called(EventType.DUE_DATE_EXTENDED), {"apology"}),
        (called(EventType.DUE_DATE_SET, why="extension"), set()),
        (called(EventType.DUE_DATE_SET, why="calendar"), {"rescheduled"}),
        (called(EventType.TASK_OPENED, step="collect_fee"), {"fee"}),
        (called(EventType.TASK_OPENED, step="appraise"), set()),
        (called(EventType.RESULT_ISSUED), {"result", "uncollected"}),
        (called(EventType.RESULT_ISSUED, COUNTER | {"wish": "postal"}), {"result_by_post"}),
        (called(EventType.RESULT_ISSUED, COUNTER | {"wish": "electronic"}), {"result_as_file"}),
        (called(EventType.DOSSIER_FINISHED, outcome="delivered"), {"delivered"}),
        (
            called(EventType.DOSSIER_FINISHED, COUNTER | {"method": "postal"}, outcome="delivered"),
            {"posted", "rating"},
        ),
        (called(EventType.DOSSIER_FINISHED, outcome="refused_intake"), {"refused"}),
        (called(EventType.DOSSIER_FINISHED, outcome="discontinued"), {"discontinued"}),
        (called(EventType.DOSSIER_FINISHED, outcome="withdrawn"), {"withdrawn"}),
    ],
)
def test_which_event_tells_what(called_for: set[str], codes: set[str]) -> None:
    assert called_for == codes


def test_what_is_cancelled_exists() -> None:
    for rule in RULES.notices.values():
        assert set(rule.cancels) < RULES.notices.keys(), rule.code


def test_invitations_to_rate_exist() -> None:
    assert set(INVITATIONS) < RULES.notices.keys()


def test_a_telephone_waits_for_the_morning_and_mail_does_not() -> None:
    rule = RULES.notices["received"]
    assert RULES.ready_at(rule, Means.PHONE, 0, at("26 20:58")) == at("27 07:00")
    assert RULES.ready_at(rule, Means.MAIL, 0, at("26 20:58")) == at("26 21:03")


def test_an_invitation_to_rate_waits_on_every_channel() -> None:
    rule = RULES.notices["rating"]
    assert RULES.ready_at(rule, Means.MAIL, 5, at("21 22:00")) == at("27 07:00")


def test_a_day_before_all_sets_has_the_first_one() -> None:
    assert rules_on(date(2000, 1, 1)) == rules_on(date(2018, 6, 21))
