"""Where a dossier stands, in every situation, and what is told of it."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from bpmn.procedure import Procedure, procedure_from_sources
from engine.errors import DiagramFault
from engine.life.rulebook import standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.model.event import EventType
from engine.model.status import ENDED, STATUS_NAMES, Status
from tests.diagrams import (
    START,
    decide,
    decision_table,
    end,
    flow,
    gateway,
    message_wait,
    task,
    way,
)
from tests.samples import answer, application, shipped
from tests.unit.bpmn.asking import small
from tests.unit.engine.living import Life


def drawn(*elements: str, steps: str, **tables: str) -> Procedure:
    """A procedure of the specialists."""
    sources = small(START, end("e"), *elements, steps=steps)
    return procedure_from_sources(sources | {f"{name}.dmn": text for name, text in tables.items()})


def waiting(message: str, reason: str) -> Life:
    check, wait = task("check", stage="receipt"), message_wait("wait", message, pauses=reason)
    life = Life(drawn(check, wait, way("start", "check", "wait", "e"), steps="check"))
    life.complete("check", decision="accept")
    return life


def birth(*steps: str, **changes: str) -> Life:
    procedure = shipped("1_001193")
    life = Life(procedure, application=application(procedure))
    for number, step in enumerate(steps):
        more = changes if step == steps[-1] else {}
        life.complete(step, number, **answer(procedure, step, **more))
    return life


def withdrawn() -> Life:
    life = Life()
    life.act(EventType.WITHDRAWAL_REQUESTED, 1)
    return life


def discontinued() -> Life:
    life = Life().accepted()
    life.act(EventType.DISCONTINUATION_DECIDED, 4)
    return life


def done(life: Life, step: str, **form: str) -> Life:
    life.complete(step, 4, **form)
    return life


def suspended() -> Life:
    life = Life().accepted()
    life.pause()
    return life


SITUATIONS: dict[Status, list[Callable[[], Life]]] = {
    Status.SUBMITTED: [Life],
    Status.SUPPLEMENT_REQUESTED_INTAKE: [lambda: birth("check_papers", decision="supplement")],
    Status.REFUSED_INTAKE: [lambda: done(Life(), "check_papers", decision="refuse")],
    Status.RECEIVED: [lambda: birth("check_papers")],
    Status.PROCESSING: [
        lambda: Life().accepted(),
        lambda: Life().signing(),
        lambda: birth("check_papers", "digitise"),
        discontinued,
    ],
    Status.SUPPLEMENT_REQUESTED: [lambda: waiting("supplement_received", "bo_sung_ho_so")],
    Status.AWAITING_FINANCIAL_OBLIGATION: [
        lambda: waiting("obligation_fulfilled", "nghia_vu_tai_chinh")
    ],
    Status.SUSPENDED: [
        suspended,
        *(
            lambda reason=reason: waiting("obligation_fulfilled", reason)
            for reason, known in read_rulebook(standard_rulebook()).pauses.items()
            if known.status is Status.SUSPENDED
        ),
    ],
    Status.WITHDRAWAL_REQUESTED: [withdrawn],
    Status.WITHDRAWN: [lambda: done(withdrawn(), "return_papers")],
    Status.DISCONTINUED: [lambda: done(discontinued(), "issue_discontinuation")],
    Status.REFUSED: [lambda: done(Life().accepted(), "appraise", decision="refuse")],
    Status.PROCESSED: [lambda: Life().issued()],
    Status.DELIVERED: [lambda: done(Life().issued(), "deliver")],
}


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_situations(status: Status) -> None:
    for situation in SITUATIONS[status]:
        life = situation()
        assert life.status() is status
        assert (life.dossier.outcome is not None) == (status in ENDED.values())
        assert (life.dossier.finished_at is not None) == (status in ENDED.values())


@pytest.mark.parametrize("status", list(Status))
def test_changes_of_status_are_told_in_a_chain(status: Status) -> None:
    for situation in SITUATIONS[status]:
        told = [e for e in situation().log if e.type is EventType.DOSSIER_STATUS_CHANGED]
        chain = [Status.SUBMITTED, *(Status(event.data["after"]) for event in told)]
        assert [event.data["before"] for event in told] == [step.value for step in chain[:-1]]
        assert chain[-1] is status
        assert all(one is not other for one, other in pairwise(chain))


def test_every_status_has_a_name() -> None:
    assert set(STATUS_NAMES) == set(Status)
    assert len(set(STATUS_NAMES.values())) == len(Status)


def test_the_result_is_issued_once() -> None:
    life = Life().issued()
    issued = [event for event in life.log if event.type is EventType.RESULT_ISSUED]
    assert [event.data for event in issued] == [{"result": "KQ.T.000001"}]
    assert EventType.RESULT_ISSUED not in done(withdrawn(), "return_papers").types


def test_an_end_that_says_nothing_of_the_dossier_is_a_fault() -> None:
    life = Life(
        procedure_from_sources(
            small(START, task("w"), end("e", None), way("start", "w", "e"), steps="w")
        )
    )
    with pytest.raises(DiagramFault, match="không có kết quả"):
        life.complete("w")


def test_a_join_that_waits_for_ever_is_a_fault() -> None:
    procedure = drawn(
        *(
            task("w"),
            gateway("which", default="a"),
            task("a"),
            task("b"),
            gateway("join", "parallel"),
        ),
        *(way("start", "w", "which", "a", "join", "e"), way("b", "join")),
        flow("which", "b", "w.fast"),
        steps="w a b",
    )
    life = Life(procedure)
    life.complete("w")
    with pytest.raises(DiagramFault):
        life.complete("a")


class TestDecidedLimit:
    """A table may say how long a dossier may take."""

    def received(self, limit: str) -> Life:
        table = decision_table("time_limit", ["application.fast"], ["limit"], [["-", f'"{limit}"']])
        procedure = drawn(
            *(task("check", stage="receipt"), decide("time_limit", "time_limit"), task("work")),
            way("start", "check", "time_limit", "work", "e"),
            steps="check work",
            time_limit=table,
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        return life

    @pytest.mark.parametrize(
        ("limit", "due"), [("1 working_days", "2026-07-07 17:00"), ("4 hours", "2026-07-07 11:00")]
    )
    def test_it_holds_instead_of_the_procedures_own(self, limit: str, due: str) -> None:
        life = self.received(limit)
        assert life.dossier.due_at == life.until(due)

    def test_one_that_cannot_be_meant_is_a_fault(self) -> None:
        with pytest.raises(DiagramFault, match="time_limit"):
            self.received("4 ngày")
