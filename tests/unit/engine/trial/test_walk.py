"""A test dossier goes the ways of real ones, by their rules, and nothing of it is kept."""

from datetime import timedelta

import pytest

from bpmn.procedure import procedure_from_sources
from bpmn.steps import Outcome
from engine.errors import EngineError, FourEyesForbids, NotCandidate
from engine.errors.trials import (
    TrialBegun,
    TrialNotBegun,
    TrialPersonUnknown,
    TrialTimeInvalid,
    TrialTooLong,
)
from engine.model.event import EventType
from engine.model.status import Status
from engine.replay import turns
from engine.trial.moves import MOST_MOVES, Move, MoveKind
from engine.trial.view import view
from engine.trial.walk import walked
from tests import diagrams
from tests.clock import START
from tests.diagrams import end, task, way
from tests.samples import shipped
from tests.unit.bpmn.asking import small
from tests.unit.engine.trial.ground import Walker


@pytest.fixture
def walker() -> Walker:
    """A birth is registered."""
    return Walker(shipped("1_001193"))


def test_it_goes_all_the_way(walker: Walker) -> None:
    trial = walker.to_the_end()
    assert trial.dossier.outcome is Outcome.DELIVERED
    assert trial.notices[0].subject == "Hồ sơ THU-0001 đã được tiếp nhận"
    assert view(trial).possible == []


def test_its_log_replays_to_the_same_dossier(walker: Walker) -> None:
    trial = walker.to_the_end()
    *_, (_turn, again) = turns(trial.log, walker.ground.setting)
    again.news.clear()
    assert again == trial.dossier


def test_time_passes_and_brings_what_it_brings(walker: Walker) -> None:
    walker.complete()
    walker.complete()
    trial = walker.complete(decision="supplement", reason="Thiếu giấy chứng sinh")
    trial = walker.complete()
    assert trial.dossier.status is Status.SUPPLEMENT_REQUESTED
    (awaited,) = [each for each in view(trial).awaited if each.until]
    trial = walker.later(days=31)
    assert trial.now == START + timedelta(days=31)
    assert EventType.TIMER_FIRED in [event.type for event in trial.log]
    assert awaited.place not in trial.dossier.waits
    assert [task.step for task in trial.dossier.tasks.values()] == ["notify_no_supplement"]


def test_whoever_may_not_is_told_why(walker: Walker) -> None:
    with pytest.raises(NotCandidate):
        walker.complete("leader1")
    assert len(walker.moves) == 1


def test_four_eyes_are_kept() -> None:
    steps = "write read"
    drawn = small(
        diagrams.START, task("write"), task("read", four_eyes="write"), end("done"),
        way("start", *steps.split(), "done"), steps=steps,
    )  # fmt: skip
    walker = Walker(procedure_from_sources(drawn))
    walker.complete("specialist1")
    assert view(walker.trial).tasks[0].candidates == ("specialist1", "specialist2")
    with pytest.raises(FourEyesForbids):
        walker.complete("specialist1")
    assert walker.complete("specialist2").dossier.outcome is Outcome.DELIVERED


def test_ways_out_are_offered_and_taken(walker: Walker) -> None:
    walker.complete()
    kinds = {each.kind for each in view(walker.trial).possible}
    assert kinds == {MoveKind.WITHDRAW, MoveKind.DISCONTINUE}
    walker.make(Move(MoveKind.WITHDRAW, "reception_officer1", form={"reason": "Đổi ý"}))
    assert walker.to_the_end().dossier.outcome is Outcome.WITHDRAWN


@pytest.mark.parametrize(
    ("move", "refused"),
    [
        (Move(MoveKind.SUBMIT, "portal1"), TrialBegun),
        (Move(MoveKind.COMPLETE, "nobody", 1), TrialPersonUnknown),
        (Move(MoveKind.LATER, until=START - timedelta(hours=1)), TrialTimeInvalid),
        (Move(MoveKind.LATER, until=START + timedelta(days=4000)), TrialTimeInvalid),
        (Move(MoveKind.LATER), TrialTimeInvalid),
        (Move(MoveKind.COMPLETE, "specialist1", 999), EngineError),
        (Move(MoveKind.SUPPLEMENT, "reception_officer1"), EngineError),
        (Move(MoveKind.ANSWER, "", 7), EngineError),
    ],
    ids=lambda value: getattr(value, "kind", getattr(value, "__name__", "")),
)
def test_what_makes_no_sense_is_refused(
    walker: Walker, move: Move, refused: type[EngineError]
) -> None:
    with pytest.raises(refused):
        walker.make(move)


def test_nothing_is_done_before_it_begins(walker: Walker) -> None:
    with pytest.raises(TrialNotBegun):
        walked(walker.ground, [Move(MoveKind.PAY, "cashier1")], START)


def test_a_trial_has_its_bounds(walker: Walker) -> None:
    moves = [Move(MoveKind.LATER, until=START + timedelta(hours=n + 1)) for n in range(MOST_MOVES)]
    with pytest.raises(TrialTooLong):
        walked(walker.ground, [*walker.moves, *moves], START)
