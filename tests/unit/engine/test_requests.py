"""A dossier asks other software and tells it things: by the pure rules, done again from the log."""

from pathlib import Path
from typing import Any

import pytest

from bpmn.findings import Severity
from bpmn.lint import lint
from bpmn.procedure import procedure_from_sources, read_folder
from bpmn.steps import Outcome
from engine.errors import EngineError, FormInvalid
from engine.errors.connectors import (
    AnswerKept,
    AnswersTooMany,
    NothingAsked,
    RefusalNeedsReason,
    RequestSettled,
    RequestUnknown,
)
from engine.life.moments import text
from engine.life.timers import TimerKind
from engine.model.event import SYSTEM, Event, EventType
from engine.model.request import AnswerOutcome, Request, RequestState
from tests.diagrams import boundary_timer, flow, gateway, service, task, way
from tests.unit.engine.living import Life, drawn_from_check

EXAMPLE = Path(__file__).parents[3] / "docs/examples/9_000003"
PERSON = {"personal_id": "042190001234"}
ASKING = drawn_from_check(
    service("ask", pauses="lay_y_kien_phoi_hop"),
    boundary_timer("late", "ask", "2 working_days"),
    gateway("registered", default="by_hand"),
    service("tell", "tell"),
    *(task("by_hand"), task("after")),
    *(way("start", "check", "ask", "registered", "by_hand", "after"), way("late", "by_hand")),
    *(flow("registered", "tell", 'ask.outcome == "done"'), way("tell", "after", "e")),
    steps="by_hand after",
)


class Asking(Life):
    """A dossier that has asked."""

    def __init__(self) -> None:
        super().__init__(ASKING, application={"note": "Bé An"})
        self.complete("check", decision="accept")

    def answers(self, outcome: str = "done", number: int = 1, **said: Any) -> list[Event]:
        """The other side answers."""
        payload = {"answer": PERSON} if outcome == "done" else {"reason": "Trùng"}
        data = {"number": number, "outcome": outcome}
        by = "connector:civil_status"
        return self.act(EventType.ANSWER_RECEIVED, by, payload | said, **data)

    def request(self, number: int = 1) -> Request:
        """A request as it stands."""
        return self.dossier.requests[number]

    @property
    def steps(self) -> list[str]:
        """Where it stands in the diagram."""
        return [*(t.step for t in self.dossier.tasks.values()), *self.waits]

    @property
    def waits(self) -> list[str]:
        """What it waits for."""
        return [wait.step for wait in self.dossier.waits.values()]


def test_asking_leaves_what_was_sent_in_the_log_and_waits() -> None:
    life = Asking()
    (made,) = [event for event in life.log if event.type is EventType.REQUEST_MADE]
    assert made.payload == {"sends": {"note": "Bé An"}}
    assert made.data["connector"] == "civil_status"
    (clock,) = [wait.clock for wait in life.dossier.waits.values() if wait.clock]
    assert made.data["answer_by"] == text(clock.due_at)
    assert life.waits == ["ask", "late"]
    assert [pause.reason for pause in life.dossier.pauses] == ["lay_y_kien_phoi_hop"]
    assert life.request().waiting


def test_an_answer_becomes_facts_and_lets_the_dossier_go_on() -> None:
    life = Asking()
    life.answers()
    assert life.dossier.facts["ask"] == PERSON | {"outcome": "done"}
    assert (life.steps, life.dossier.pauses) == (["after"], [])
    answered = life.request()
    assert (answered.state, answered.outcome) == (RequestState.ANSWERED, AnswerOutcome.DONE)
    told = life.request(2)
    assert (told.connector, told.state, told.place) == ("tax", RequestState.TOLD, None)
    assert life.done_again() == life.dossier


def test_a_refusal_is_an_answer_too() -> None:
    life = Asking()
    life.answers("refused")
    assert life.dossier.facts["ask"] == {"outcome": "refused", "reason": "Trùng"}
    assert life.steps == ["by_hand"]
    assert life.done_again() == life.dossier


def test_when_no_answer_comes_the_timer_leads_on_and_what_comes_later_is_kept() -> None:
    life = Asking()
    life.fire(TimerKind.LAPSE, "late")
    assert life.steps == ["by_hand"]
    assert life.request().state is RequestState.UNANSWERED
    life.answers()
    assert life.request().answered_late
    assert (life.steps, "ask" in life.dossier.facts) == (["by_hand"], False)
    assert life.log[-1].payload == {"answer": PERSON}
    assert life.done_again() == life.dossier


def test_whoever_takes_it_back_goes_on_by_hand_at_once() -> None:
    life = Asking()
    life.act(EventType.REQUEST_DROPPED, SYSTEM, number=1, why="unconnected")
    assert (life.steps, life.request().state) == (["by_hand"], RequestState.DROPPED)
    with pytest.raises(RequestSettled):
        life.act(EventType.REQUEST_DROPPED, SYSTEM, number=1, why="unconnected")
    with pytest.raises(RequestSettled):
        life.act(EventType.REQUEST_RESENT, 2, number=1)
    assert life.done_again() == life.dossier


def test_the_first_answer_counts_and_a_different_one_is_kept_beside_it() -> None:
    life = Asking()
    life.answers()
    with pytest.raises(AnswerKept):
        life.answers()
    for last in range(4):
        life.answers(answer={"personal_id": f"00000000000{last}"})
    assert life.request().contradicted
    assert life.dossier.facts["ask"]["personal_id"] == PERSON["personal_id"]
    with pytest.raises(AnswersTooMany):
        life.answers("refused")
    assert life.done_again() == life.dossier


def test_an_answer_after_the_end_is_kept() -> None:
    life = Asking()
    life.act(EventType.REQUEST_DROPPED, SYSTEM, number=1, why="unconnected")
    life.complete("by_hand")
    life.complete("after")
    life.answers()
    assert life.request().answered_late
    with pytest.raises(RequestSettled):
        life.act(EventType.REQUEST_DROPPED, SYSTEM, number=1, why="unconnected")
    assert life.done_again() == life.dossier


def test_an_answer_is_taken_while_the_dossier_is_paused_by_order() -> None:
    life = Asking()
    life.pause("loi_he_thong")
    life.answers()
    assert life.steps == ["after"]
    assert life.done_again() == life.dossier


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"answer": {"personal_id": "x"}}, FormInvalid),
        ({"answer": {**PERSON, "more": 1}}, FormInvalid),
        ({"outcome": "refused", "reason": ""}, RefusalNeedsReason),
        ({"number": 7}, RequestUnknown),
    ],
)
def test_what_does_not_fit_changes_nothing(said: dict[str, Any], error: type[EngineError]) -> None:
    life = Asking()
    before = life.dossier
    with pytest.raises(error):
        life.answers(**said)
    assert life.dossier == before


def test_what_was_only_told_takes_no_answer() -> None:
    life = Asking()
    life.answers()
    with pytest.raises(NothingAsked):
        life.answers(number=2)
    life.act(EventType.REQUEST_RESENT, 2, number=2)
    assert life.done_again() == life.dossier


def _registering() -> Life:
    """The example of the documentation, after it has asked."""
    procedure = procedure_from_sources(read_folder(EXAMPLE))
    assert [f for f in lint(procedure) if f.severity is Severity.ERROR] == []
    child = {"child_name": "Nguyễn An", "child_birth_date": "2026-07-01"}
    life = Life(procedure, application=child)
    life.complete("intake", decision="accept")
    return life


def test_the_documented_example_asks_and_tells() -> None:
    life = _registering()
    said = {"answer": PERSON}
    life.act(EventType.ANSWER_RECEIVED, "connector:civil_status", said, number=1, outcome="done")
    told = [event for event in life.log if event.type is EventType.REQUEST_MADE][-1]
    assert told.payload == {"sends": {"child_name": "Nguyễn An", **PERSON}}
    life.complete("hand_over")
    assert life.done_again().outcome is Outcome.DELIVERED


def test_the_documented_example_goes_on_by_hand_where_nothing_is_connected() -> None:
    life = _registering()
    life.act(EventType.REQUEST_DROPPED, SYSTEM, number=1, why="unconnected")
    life.complete("enter_by_hand", personal_id=PERSON["personal_id"])
    life.complete("hand_over")
    assert life.done_again().outcome is Outcome.DELIVERED
