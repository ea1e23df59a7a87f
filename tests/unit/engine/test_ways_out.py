"""Withdrawal and discontinuation: a dossier is taken out of its way."""

import pytest

from engine.errors import (
    AlreadyEnding,
    DossierFinished,
    TooLate,
)
from engine.life.timers import TimerKind
from engine.model.event import EventType
from engine.model.status import Status
from tests.diagrams import (
    boundary_timer,
    end,
    event_subprocess,
    flow,
    task,
    way,
)
from tests.unit.engine.living import Life
from tests.unit.engine.living import drawn_from_check as drawn

WITHDRAWN, DISCONTINUED = EventType.WITHDRAWAL_REQUESTED, EventType.DISCONTINUATION_DECIDED


class TestWaysOut:
    """Withdrawal and discontinuation."""

    @pytest.mark.parametrize("type_", [WITHDRAWN, DISCONTINUED])
    def test_everything_else_is_called_off(self, type_: EventType) -> None:
        life = Life().accepted()
        events = life.act(type_, 2, {"reason": "Không cần nữa"})
        assert EventType.TASK_CANCELLED in [event.type for event in events]
        step = "return_papers" if type_ is WITHDRAWN else "issue_discontinuation"
        assert life.task().step == step
        for again in (WITHDRAWN, DISCONTINUED):
            with pytest.raises(AlreadyEnding):
                life.act(again, 2, {"reason": "Lại"})
        life.complete(step, 4)
        assert life.dossier.tasks == {}

    def test_the_status_tells_which(self) -> None:
        life = Life()
        life.act(WITHDRAWN, 2)
        assert life.status() is Status.WITHDRAWAL_REQUESTED
        life.complete("return_papers")
        assert life.status() is Status.WITHDRAWN
        life = Life().accepted()
        life.act(DISCONTINUED, 2)
        assert life.status() is Status.PROCESSING
        life.complete("issue_discontinuation", 4)
        assert life.status() is Status.DISCONTINUED

    @pytest.mark.parametrize("paused", [[], ["yeu_cau_cua_cong_dan"], ["loi_he_thong"]])
    @pytest.mark.parametrize("decision", ["approve", "supplement"])
    def test_also_of_a_paused_dossier(self, paused: list[str], decision: str) -> None:
        life = Life().accepted()
        life.complete("appraise", 3, decision=decision)
        for reason in paused:
            life.pause(reason)
        life.passes(days=1)
        life.act(WITHDRAWN, 2)
        assert (life.dossier.pauses, life.dossier.waits) == ([], {})
        life.complete("return_papers")
        assert life.status() is Status.WITHDRAWN

    def test_not_when_there_is_a_result_or_an_end(self) -> None:
        life = Life().issued()
        for type_, what in ((WITHDRAWN, "rút hồ sơ"), (DISCONTINUED, "dừng xử lý")):
            with pytest.raises(TooLate, match=what):
                life.act(type_, 2)
        life.complete("deliver")
        with pytest.raises(DossierFinished):
            life.act(WITHDRAWN, 2)

    def test_not_when_the_diagram_draws_none(self) -> None:
        life = Life(drawn(way("start", "check", "e"), steps=""))
        with pytest.raises(TooLate):
            life.act(WITHDRAWN, 2)

    def test_a_way_out_may_have_its_own_timers(self) -> None:
        sub = event_subprocess("stop", "withdrawal_requested", "hand_back", "withdrawn")
        edge = (
            boundary_timer("late", "hand_back", "3 days")
            + end("kept", "withdrawn")
            + flow("late", "kept")
        )
        procedure = drawn(
            sub.replace("</bpmn:subProcess>", edge + "</bpmn:subProcess>"),
            *(task("work"), way("start", "check", "work", "e")),
            steps="stop work",
        )
        life = Life(procedure)
        life.act(WITHDRAWN, 2)
        life.fire(TimerKind.LAPSE, "late")
        assert life.status() is Status.WITHDRAWN
