"""A supervisor presses whoever has a task."""

import pytest

from engine.errors import DossierFinished, TaskNotOpen
from engine.errors.time import PressedLately
from engine.life.timers import timers
from engine.model.alert import Level, Subject
from engine.model.event import Event, EventType
from tests.unit.engine.living import Life

NOTE = {"note": "Đề nghị làm ngay"}


def press(life: Life, step: str = "appraise") -> list[Event]:
    return life.act(EventType.TASK_PRESSED, 9, NOTE, place=life.task(step).place)


def take_note(life: Life) -> None:
    seq = life.alert(Subject.PRESS).seq
    life.act(EventType.ALERT_ACKNOWLEDGED, 3, {"note": "Đang làm"}, alert=seq)


def test_a_press_is_an_alert_of_the_task() -> None:
    life = Life().accepted()
    pressed, raised = press(life)
    assert pressed.payload == NOTE
    assert raised.type is EventType.ALERT_RAISED
    assert raised.caused_by == pressed.seq
    alert = life.alert(Subject.PRESS)
    assert (alert.place, alert.level) == (life.task("appraise").place, Level.NOTICE)
    assert alert.against == life.now
    life.done_again()


def test_it_watches_no_clock() -> None:
    life = Life().accepted()
    before = timers(life.dossier)
    press(life)
    assert timers(life.dossier) == before


def test_it_holds_until_somebody_takes_note() -> None:
    life = Life().accepted()
    press(life)
    life.pause()
    assert life.alert(Subject.PRESS)
    take_note(life)
    assert Subject.PRESS not in {subject for subject, *_ in life.warnings()}
    life.done_again()


def test_it_ends_with_the_task() -> None:
    life = Life().accepted()
    press(life)
    life.complete("appraise", 3, decision="approve")
    assert Subject.PRESS not in {subject for subject, *_ in life.warnings()}
    life.done_again()


def test_a_task_is_pressed_once_an_hour() -> None:
    life = Life().accepted()
    press(life)
    first = life.alert(Subject.PRESS).seq
    life.passes(minutes=59)
    with pytest.raises(PressedLately, match="08:00"):
        press(life)
    life.passes(minutes=1)
    press(life)
    assert life.alert(Subject.PRESS).seq > first


def test_taking_note_does_not_let_it_be_pressed_again() -> None:
    life = Life().accepted()
    press(life)
    take_note(life)
    with pytest.raises(PressedLately):
        press(life)


def test_also_while_the_dossier_is_paused() -> None:
    life = Life().accepted()
    life.pause()
    press(life)
    assert life.alert(Subject.PRESS)


def test_only_what_is_open() -> None:
    life = Life()
    with pytest.raises(TaskNotOpen):
        life.act(EventType.TASK_PRESSED, 9, NOTE, place=99)
    life.complete("check_papers", decision="refuse")
    with pytest.raises(DossierFinished):
        life.act(EventType.TASK_PRESSED, 9, NOTE, place=1)
