"""The ladder: who is told after the holder, in working time, and when it stops."""

import pytest

from engine.errors.time import AlertUnknown
from engine.life.timers import TimerKind, timers
from engine.model.alert import WHOLE, Level, Rung, Subject
from engine.model.event import Event, EventType
from tests.unit.engine.living import Life, ruled

DOSSIER = Subject.DOSSIER


@pytest.fixture
def life() -> Life:
    """Received on Monday at eight, due on Thursday at five; the appraisal lies with person 3."""
    life = Life().accepted()
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    return life


def climbed(life: Life, events: list[Event], subject: Subject) -> list[tuple[str, str]]:
    """When which rung was told of a subject's alerts."""
    raised = [event for event in life.log if event.type is EventType.ALERT_RAISED]
    subjects = {event.seq: event.data["subject"] for event in raised}
    return [
        (f"{event.at:%d/%m %H:%M}", event.data["rung"])
        for event in events
        if event.type is EventType.ALERT_ESCALATED and subjects[event.data["alert"]] == subject
    ]


def noted(life: Life, subject: Subject, actor: int = 3) -> list[Event]:
    """Someone takes note of the live alert of a subject."""
    return life.act(EventType.ALERT_ACKNOWLEDGED, actor, alert=life.alert(subject).seq)


def test_what_is_overdue_climbs_to_the_leader_in_working_time(life: Life) -> None:
    life.lives_until("2026-07-09 17:00")
    events = life.lives_until("2026-08-31 17:00")
    assert climbed(life, events, DOSSIER) == [
        ("10/07 09:00", "unit_head"),
        ("10/07 11:00", "control_officer"),
        ("10/07 17:00", "leader"),
    ]
    assert (life.alert(DOSSIER).rung, life.alert(DOSSIER).escalates_at) == (Rung.LEADER, None)


def test_on_the_last_day_the_supervisors_are_told(life: Life) -> None:
    life.lives_until("2026-07-09 06:59")
    events = life.lives_until("2026-07-09 16:59")
    assert climbed(life, events, DOSSIER) == [
        ("09/07 09:00", "unit_head"),
        ("09/07 11:00", "control_officer"),
    ]


def test_who_took_note_of_what_is_near_due_keeps_it_from_climbing(life: Life) -> None:
    life.lives_until("2026-07-09 07:00")
    noted(life, DOSSIER)
    assert life.alert(DOSSIER).acknowledged
    events = life.lives_until("2026-07-09 16:59")
    assert climbed(life, events, DOSSIER) == []


def test_what_is_overdue_climbs_until_it_is_settled_whoever_took_note(life: Life) -> None:
    life.lives_until("2026-07-09 17:00")
    noted(life, DOSSIER)
    assert len(climbed(life, life.lives_until("2026-08-31 17:00"), DOSSIER)) == 3


def test_the_rulebook_may_say_otherwise() -> None:
    rulebook = ruled(ladder={"overdue": {"until_acknowledged": True, "control_officer": None}})
    life = Life(rulebook=rulebook).accepted()
    events = life.lives_until("2026-07-10 09:00")
    assert climbed(life, events, DOSSIER)[-1] == ("10/07 09:00", "unit_head")
    noted(life, DOSSIER)
    assert climbed(life, life.lives_until("2026-08-31 17:00"), DOSSIER) == []


def test_a_rung_that_the_ladder_leaves_out_is_passed_over() -> None:
    rulebook = ruled(ladder={"overdue": {"unit_head": None, "control_officer": None}})
    life = Life(rulebook=rulebook).accepted()
    life.lives_until("2026-07-09 17:00")
    events = life.lives_until("2026-08-31 17:00")
    assert climbed(life, events, DOSSIER) == [("10/07 17:00", "leader")]


def test_a_pause_stops_the_ladder_and_it_begins_again_where_it_was(life: Life) -> None:
    life.lives_until("2026-07-10 10:00")
    assert life.alert(DOSSIER).rung is Rung.UNIT_HEAD
    life.pause()
    assert set(timers(life.dossier)) == {(TimerKind.PAUSE, -1)}
    life.lives_until("2026-07-20 07:00")
    life.resume()
    assert life.alert(DOSSIER).rung is Rung.UNIT_HEAD
    events = life.lives_until("2026-08-31 17:00")
    assert climbed(life, events, DOSSIER) == [
        ("20/07 11:00", "control_officer"),
        ("20/07 17:00", "leader"),
    ]


def test_a_pause_too_long_climbs_as_well(life: Life) -> None:
    life.pause("nghia_vu_tai_chinh", until="2026-07-08T10:00:00+00:00")
    events = life.lives_until("2026-08-31 17:00")
    assert [rung for _, rung in climbed(life, events, Subject.PAUSE)] == [
        "unit_head",
        "control_officer",
        "leader",
    ]


class TestNote:
    """Somebody takes note of an alert."""

    def test_of_none_that_there_is(self, life: Life) -> None:
        before = life.dossier
        for seq in (0, 1, 9_999):
            with pytest.raises(AlertUnknown):
                life.act(EventType.ALERT_ACKNOWLEDGED, 3, alert=seq)
        assert life.dossier == before

    def test_of_one_that_no_longer_holds(self, life: Life) -> None:
        life.lives_until("2026-07-06 08:50")
        seq = life.alert(Subject.STEP).seq
        life.becomes_overdue("appraise")
        with pytest.raises(AlertUnknown):
            life.act(EventType.ALERT_ACKNOWLEDGED, 3, alert=seq)

    def test_holds_for_the_next_level_no_longer(self, life: Life) -> None:
        life.lives_until("2026-07-09 07:00")
        noted(life, DOSSIER)
        life.becomes_overdue()
        assert life.warnings()[-1] == (DOSSIER, WHOLE, Level.OVERDUE)
        assert not life.alert(DOSSIER).acknowledged

    def test_may_be_taken_by_several(self, life: Life) -> None:
        life.lives_until("2026-07-09 07:00")
        for actor in (3, 4):
            noted(life, DOSSIER, actor)
        assert life.types.count(EventType.ALERT_ACKNOWLEDGED) == 2
