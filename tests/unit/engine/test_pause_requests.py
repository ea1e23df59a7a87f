"""Who may not order a pause asks for it; those who may grant it or say no."""

from typing import Any

import pytest

from engine.errors import AlreadyPaused, DossierFinished
from engine.errors.time import NoPauseRequested, PauseRequestPending
from engine.life.timers import timers
from engine.model.event import Event, EventType
from engine.model.status import Status
from tests.unit.engine.living import Life

UNTIL = "2026-07-10T10:00:00+00:00"
TERMS: dict[str, Any] = {"reason": "khac", "until": UNTIL, "evidence": {"document": "5/TTr"}}


@pytest.fixture
def life() -> Life:
    """Received; person 3 has asked for a pause."""
    life = Life().accepted()
    life.act(EventType.PAUSE_REQUESTED, 3, **TERMS)
    return life


def granted(life: Life) -> list[Event]:
    """Person 4 orders what was asked for."""
    return life.act(EventType.DOSSIER_PAUSED, 4, **TERMS)


def test_asking_halts_nothing() -> None:
    life = Life().accepted()
    before = timers(life.dossier)
    life.act(EventType.PAUSE_REQUESTED, 3, **TERMS)
    assert (life.status(), timers(life.dossier)) == (Status.PROCESSING, before)
    request = life.dossier.pause_request
    assert request is not None
    assert (request.by, request.reason, request.at) == ("3", "khac", life.now)


def test_a_pause_that_was_granted_names_who_asked_and_who_decided(life: Life) -> None:
    life.passes(hours=0.5)
    granted(life)
    (pause,) = life.dossier.pauses
    assert (pause.asked_by, pause.by, pause.since) == ("3", "4", life.now)
    assert life.dossier.pause_request is None


def test_one_request_at_a_time(life: Life) -> None:
    with pytest.raises(PauseRequestPending):
        life.act(EventType.PAUSE_REQUESTED, 5, **TERMS)


def test_a_request_that_was_declined_is_gone_and_may_be_made_again(life: Life) -> None:
    life.act(EventType.PAUSE_DECLINED, 4)
    assert life.dossier.pause_request is None
    with pytest.raises(NoPauseRequested):
        life.act(EventType.PAUSE_DECLINED, 4)
    life.act(EventType.PAUSE_REQUESTED, 3, **TERMS)


def test_a_request_does_not_use_up_a_reason(life: Life) -> None:
    for _ in range(3):
        life.act(EventType.PAUSE_DECLINED, 4)
        life.act(EventType.PAUSE_REQUESTED, 3, **TERMS)
    granted(life)


def test_nothing_to_decline() -> None:
    with pytest.raises(NoPauseRequested):
        Life().accepted().act(EventType.PAUSE_DECLINED, 4)


def test_not_while_paused_nor_after_the_end(life: Life) -> None:
    granted(life)
    with pytest.raises(AlreadyPaused):
        life.act(EventType.PAUSE_REQUESTED, 3, **TERMS)
    life.resume()
    life.complete("appraise", 3, decision="refuse")
    for type_ in (EventType.PAUSE_REQUESTED, EventType.PAUSE_DECLINED):
        with pytest.raises(DossierFinished):
            life.act(type_, 3, **TERMS)
