"""A running dossier goes on under another version: within stages, and with events beside steps."""

import pytest

from bpmn.procedure import Procedure, procedure_from_sources
from bpmn.steps import Outcome
from engine.errors.migration import MigrationImpossible
from engine.life.timers import TimerKind, timers
from engine.model.event import EventType
from tests.diagrams import (
    boundary_timer,
    call,
    end,
    gateway,
    message_wait,
    service,
    start,
    task,
    timer_wait,
    way,
)
from tests.unit.bpmn.asking import changed, small, stage
from tests.unit.engine.living import Life, drawn_from_check
from tests.unit.engine.migrating import moved, open_steps, types


def _staged(*within: str, steps: str) -> Procedure:
    """A stage is called twice."""
    called = stage("stage", start("s"), *within, end("z", None), steps=steps)
    sources = small(
        *(start("start"), task("check", stage="receipt"), call("first", "stage")),
        *(task("between"), call("second", "stage"), end("e")),
        way("start", "check", "first", "between", "second", "e"),
        steps="check between",
        stage=called,
    )
    return procedure_from_sources(sources)


TWICE = _staged(task("look"), way("s", "look", "z"), steps="look")


def test_in_a_stage_the_token_stays_at_its_call() -> None:
    life = Life(TWICE)
    for step in ("check", "look", "between"):
        life.complete(step, decision="accept")
    more = _staged(task("see"), task("look"), way("s", "see", "look", "z"), steps="see look")
    moved(life, more)
    life.complete("look")
    assert life.dossier.outcome is Outcome.DELIVERED
    life.done_again()


def test_a_step_that_is_drawn_twice_must_be_said_with_its_stage() -> None:
    life = Life(TWICE)
    life.complete("check", decision="accept")
    life.complete("look")
    with pytest.raises(MigrationImpossible, match="có ở nhiều nơi"):
        moved(life, _staged(task("see"), way("s", "see", "z"), steps="see"),
              {"between": "see"})  # fmt: skip
    moved(life, _staged(task("see"), way("s", "see", "z"), steps="see"),
          {"between": "first/see"})  # fmt: skip
    life.complete("see")
    assert life.task().step == "between"
    life.done_again()


def _timed(limit: str | None) -> Procedure:
    """A step with, or without, a timer on its boundary that leads to another."""
    timer = boundary_timer("late", "work", limit or "")
    beside = [task("urge"), timer, way("late", "urge", "e")]
    return drawn_from_check(
        *(task("work", limit="40 hours"), way("start", "check", "work", "e")),
        *(beside if limit else ()),
        steps="work urge" if limit else "work",
    )


def test_a_timer_beside_a_step_keeps_its_moment() -> None:
    life = Life(_timed("2 days"))
    life.complete("check", decision="accept")
    due = timers(life.dossier)
    life.passes(days=1)
    moved(
        life, procedure_from_sources(changed(dict(_timed("2 days").sources), "Việc urge", "Giục"))
    )
    assert timers(life.dossier) == due
    life.fire(TimerKind.LAPSE, "late")
    assert life.task().step == "urge"
    life.done_again()


def test_a_timer_that_the_new_version_draws_beside_a_step_begins_now() -> None:
    life = Life(_timed(None))
    life.complete("check", decision="accept")
    life.passes(days=1)
    events = moved(life, _timed("2 days"))
    assert types(events) == [EventType.DOSSIER_MIGRATED, EventType.WAIT_STARTED]
    life.fire(TimerKind.LAPSE, "late")
    assert life.task().step == "urge"
    life.done_again()


def test_a_timer_that_is_no_longer_drawn_ends() -> None:
    life = Life(_timed("2 days"))
    life.complete("check", decision="accept")
    events = moved(life, _timed(None))
    assert types(events) == [EventType.DOSSIER_MIGRATED, EventType.WAIT_ENDED]
    life.complete("work")
    life.done_again()


def _awaited(*timers_: str) -> Procedure:
    """A gateway after which the first of several events counts."""
    waits = [
        message_wait("news", "supplement_received"),
        *(timer_wait(t, "5 days") for t in timers_),
    ]
    ways = [way("start", "check", "first", "news", "work", "e")]
    ways += [way("first", name, "work") for name in timers_]
    return drawn_from_check(
        gateway("first", "eventBased"), task("work"), *waits, *ways, steps="work"
    )


def test_of_several_events_those_that_are_still_drawn_are_waited_for() -> None:
    life = Life(_awaited("lapse"))
    life.complete("check", decision="accept")
    due = timers(life.dossier)[TimerKind.LAPSE, life._place(TimerKind.LAPSE, "lapse")]
    life.passes(days=1)
    moved(life, _awaited("lapse", "other"))
    assert open_steps(life.dossier) == ["lapse", "news", "other"]
    assert timers(life.dossier)[TimerKind.LAPSE, life._place(TimerKind.LAPSE, "lapse")] == due
    life.act(EventType.SUPPLEMENT_RECEIVED, 2, {})
    assert open_steps(life.dossier) == ["work"]
    life.done_again()
    life = Life(_awaited("lapse"))
    life.complete("check", decision="accept")
    moved(life, _awaited())
    assert open_steps(life.dossier) == ["news"]
    life.done_again()


def _asking(name: str) -> Procedure:
    """Other software is asked, for two days."""
    return drawn_from_check(
        *(service(name), boundary_timer("late", name, "2 working_days"), task("after")),
        *(way("start", "check", name, "after", "e"), way("late", "after")),
        steps="after",
    )


def test_what_other_software_is_asked_it_may_still_answer() -> None:
    life = Life(_asking("ask"), application={"note": "Bé An"})
    life.complete("check", decision="accept")
    events = moved(life, _asking("inquire"), {"ask": "inquire"})
    assert EventType.REQUEST_MADE not in types(events)
    answer = {"answer": {"personal_id": "042190001234"}}
    life.act(EventType.ANSWER_RECEIVED, "connector:civil_status", answer, number=1, outcome="done")
    assert open_steps(life.dossier) == ["after"]
    life.done_again()
