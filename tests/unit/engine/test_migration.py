"""A running dossier goes on under another version: where its tokens lie, what its clocks keep."""

import pytest

from bpmn.procedure import Procedure, procedure_from_sources
from bpmn.steps import Outcome
from engine.errors import DossierFinished, FourEyesForbids
from engine.errors.migration import MigrationImpossible, MigrationNeedless, OtherProcedure
from engine.life.timers import TimerKind, timers
from engine.model.event import EventType
from engine.model.status import Status
from tests.diagrams import (
    gateway,
    simple,
    task,
    way,
)
from tests.unit.bpmn.asking import changed
from tests.unit.engine.living import Life, drawn_from_check
from tests.unit.engine.migrating import moved, open_steps, types


def drawn(*replaced: tuple[str, str], file: str = "procedure.bpmn") -> Procedure:
    """The simple procedure with texts of a file replaced wherever they stand."""
    sources = simple()
    for old, new in replaced:
        assert old in sources[file]
        sources = {**sources, file: sources[file].replace(old, new)}
    return procedure_from_sources(sources)


RENAMED = drawn(("appraise", "examine"))
"""The appraisal has another id."""
OF_ANOTHER = procedure_from_sources({
    **changed(simple(), "p_9_000001", "p_9_000002"),
    "facts.toml": simple()["facts.toml"].replace("9.000001", "9.000002"),
})  # fmt: skip
"""The same drawing, of another procedure."""


def test_an_open_step_goes_on_with_whoever_has_it() -> None:
    life = Life().accepted()
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    before = life.task("appraise")
    events = moved(life, RENAMED, {"appraise": "examine"})
    assert types(events) == [EventType.DOSSIER_MIGRATED, EventType.PLACE_MOVED]
    after = life.task("examine")
    assert (after.place, after.assignee, after.clock) == (before.place, 3, before.clock)
    assert life.dossier.version == RENAMED.digest
    life.complete("examine", 3, decision="approve")
    assert life.task().step == "sign"
    life.done_again()


def test_the_due_date_stays_what_was_promised() -> None:
    life = Life().accepted()
    clock = life.dossier.clock
    moved(life, drawn(('time_limit = "3 working_days"', 'time_limit = "9 working_days"'),
                      file="facts.toml"))  # fmt: skip
    assert life.dossier.clock == clock


def test_a_step_that_is_gone_must_be_replaced_by_one_that_is_there() -> None:
    life = Life().accepted()
    with pytest.raises(MigrationImpossible, match="không có bước «Việc appraise»"):
        moved(life, RENAMED)
    with pytest.raises(MigrationImpossible, match="không có bước «nowhere»"):
        moved(life, RENAMED, {"appraise": "nowhere"})
    assert life.task().step == "appraise"


def test_who_did_a_step_is_known_under_its_new_name() -> None:
    life = Life().signing()
    moved(life, RENAMED, {"appraise": "examine"})
    with pytest.raises(FourEyesForbids):
        life.complete("sign", 3, decision="approve")
    life.complete("sign", 4, decision="return")
    assert life.task().step == "examine"
    life.done_again()


def test_two_steps_may_change_their_names() -> None:
    swapped = drawn(("appraise", "third"), ("check_papers", "appraise"), ("third", "check_papers"))
    life = Life().signing()
    facts, done_by = life.dossier.facts, life.dossier.done_by
    moved(life, swapped, {"appraise": "check_papers", "check_papers": "appraise"})
    for before, after in ((facts, life.dossier.facts), (done_by, life.dossier.done_by)):
        assert after["check_papers"] == before["appraise"]
        assert after["appraise"] == before["check_papers"]
    life.done_again()


def test_what_was_declared_is_no_step_and_is_not_renamed() -> None:
    life = Life(application={"note": "Kính đề nghị"}).accepted()
    moved(life, RENAMED, {"appraise": "examine", "application": "sign", "dossier": "sign"})
    assert life.dossier.facts["application"] == {"note": "Kính đề nghị"}
    assert "sign" not in life.dossier.facts


def test_a_step_of_another_role_is_free_again_and_what_was_held_is_told() -> None:
    to_leaders = drawn(
        ("<bpmn:flowNodeRef>appraise</bpmn:flowNodeRef>", ""),
        ("<bpmn:flowNodeRef>sign</bpmn:flowNodeRef>",
         "<bpmn:flowNodeRef>sign</bpmn:flowNodeRef><bpmn:flowNodeRef>appraise</bpmn:flowNodeRef>"),
    )  # fmt: skip
    life = Life().accepted()
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.passes(hours=2)
    events = moved(life, to_leaders)
    assert types(events) == [EventType.DOSSIER_MIGRATED, EventType.TASK_HELD]
    assert events[1].data["holder"] == 3
    assert life.task("appraise").assignee is None
    life.done_again()


@pytest.mark.parametrize(("limits", "hours"), [("kept", 1), ("new", 6)])
def test_an_open_step_keeps_its_limit_or_takes_the_new_one(limits: str, hours: int) -> None:
    longer = drawn(('name="limit" value="1 hours"', 'name="limit" value="6 hours"'))
    life = Life().accepted()
    opened, due = life.task().opened_at, life.task().clock.due_at
    life.passes(minutes=30)
    moved(life, longer, limits=limits)
    clock = life.task().clock
    assert str(clock.limit) == f"{hours} hours"
    assert clock.started_at == opened
    assert (clock.due_at == due) == (limits == "kept")
    assert timers(life.dossier)[TimerKind.STEP, life.task().place] <= clock.due_at
    life.done_again()


def test_a_shorter_limit_makes_nothing_late_that_was_not() -> None:
    shorter = drawn(('name="limit" value="1 hours"', 'name="limit" value="0.25 hours"'))
    life = Life().accepted()
    life.passes(minutes=30)
    due = life.task().clock.due_at
    moved(life, shorter, limits="new")
    assert life.task().clock.due_at == due
    assert not life.task().overdue


def test_a_pause_of_the_diagram_goes_on_where_the_new_step_pauses_for_the_same() -> None:
    life = Life().accepted()
    life.complete("appraise", 3, decision="supplement")
    paused = life.dossier.pauses
    moved(life, drawn(("await_supplement", "await_papers")), {"await_supplement": "await_papers"})
    assert life.dossier.pauses == paused
    assert life.dossier.clock is not None
    assert life.dossier.clock.is_halted
    life.act(EventType.SUPPLEMENT_RECEIVED, 2, {})
    assert life.task().step == "appraise"
    assert life.status() is Status.PROCESSING
    life.done_again()


def test_a_pause_ends_where_the_new_step_does_not_pause() -> None:
    life = Life().accepted()
    life.complete("appraise", 3, decision="supplement")
    life.passes(days=1)
    events = moved(
        life, drawn(('<spiffworkflow:property name="pauses" value="bo_sung_ho_so" />', ""))
    )
    assert EventType.DOSSIER_RESUMED in types(events)
    assert not life.dossier.pauses
    assert life.dossier.clock is not None
    assert life.dossier.clock.is_running
    life.done_again()


def test_a_pause_that_a_person_ordered_goes_on_and_work_stays_halted() -> None:
    life = Life().accepted()
    life.pause()
    life.passes(days=2)
    moved(life, RENAMED, {"appraise": "examine"}, limits="new")
    assert life.dossier.suspended is not None
    assert life.task("examine").clock.is_halted
    life.resume()
    life.complete("examine", 3, because="cham_xu_ly", decision="approve")
    life.done_again()


def test_a_wait_becomes_a_step_of_a_person() -> None:
    life = Life().accepted()
    life.complete("appraise", 3, decision="supplement")
    asked = drawn(("await_supplement", "await_other"))
    events = moved(life, asked, {"await_supplement": "appraise"})
    assert EventType.WAIT_ENDED in types(events)
    assert EventType.TASK_OPENED in types(events)
    assert not life.dossier.pauses
    assert life.task().step == "appraise"
    life.done_again()


def test_a_finished_dossier_the_same_version_and_another_procedure_are_refused() -> None:
    life = Life()
    with pytest.raises(MigrationNeedless):
        moved(life, life.setting.procedure)
    with pytest.raises(OtherProcedure):
        moved(life, OF_ANOTHER)
    life.complete("check_papers", decision="refuse")
    assert life.dossier.outcome is Outcome.REFUSED_INTAKE
    with pytest.raises(DossierFinished):
        moved(life, RENAMED)


def test_in_a_way_out_the_token_stays_there() -> None:
    life = Life().accepted()
    life.act(EventType.WITHDRAWAL_REQUESTED, 2, {})
    moved(life, drawn(("return_papers", "give_back")), {"return_papers": "give_back"})
    assert life.status() is Status.WITHDRAWAL_REQUESTED
    life.complete("give_back")
    assert life.dossier.outcome is Outcome.WITHDRAWN
    life.done_again()


# Branches


def _branches(one: str, other: str, *more: str, steps: str = "") -> Procedure:
    """Two tasks side by side, then a third."""
    return drawn_from_check(
        *(gateway("split", "parallel"), gateway("join", "parallel")),
        *(task(one), task(other), task("last"), *more),
        way("start", "check", "split", one, "join", "last", "e"),
        way("split", other, "join"),
        steps=f"{one} {other} last {steps}",
    )


BRANCHES = _branches("police", "tax")


def _branching(*done: str) -> Life:
    life = Life(BRANCHES)
    life.complete("check", decision="accept")
    for step in done:
        life.complete(step, 3)
    return life


def test_branches_go_on_side_by_side_and_meet() -> None:
    life = _branching()
    moved(life, _branches("police", "revenue"), {"tax": "revenue"})
    assert open_steps(life.dossier) == ["police", "revenue"]
    life.complete("police", 3)
    assert open_steps(life.dossier) == ["revenue"]
    life.complete("revenue", 3)
    assert open_steps(life.dossier) == ["last"]
    life.done_again()


def test_a_branch_that_has_come_is_not_waited_for_again() -> None:
    life = _branching("police")
    moved(life, _branches("police", "revenue"), {"tax": "revenue"})
    life.complete("revenue", 3)
    assert open_steps(life.dossier) == ["last"]
    life.complete("last", 3)
    assert life.dossier.outcome is Outcome.DELIVERED
    life.done_again()


def test_a_branch_that_has_come_from_where_no_way_is_drawn_any_more_is_said() -> None:
    life = _branching("police")
    with pytest.raises(MigrationImpossible, match="đã tới cổng «join» từ «police»"):
        moved(life, _branches("guard", "tax"))


def test_two_branches_cannot_come_to_lie_where_one_runs() -> None:
    line = drawn_from_check(
        *(task("police"), task("tax"), task("last")),
        way("start", "check", "police", "tax", "last", "e"),
        steps="police tax last",
    )
    with pytest.raises(MigrationImpossible, match="không bao giờ đồng thời"):
        moved(_branching(), line)
    with pytest.raises(MigrationImpossible, match="2 việc đang mở"):
        moved(_branching(), line, {"police": "last", "tax": "last"})


def test_one_token_cannot_come_to_lie_in_a_branch_whose_other_nobody_is_on() -> None:
    with pytest.raises(MigrationImpossible, match="không bao giờ đồng thời"):
        moved(Life(), BRANCHES, {"check_papers": "police"})
