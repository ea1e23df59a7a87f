"""Alerts: what of a dossier turns worse is said once, taken back, and said anew when it moves."""

import pytest

from bpmn.procedure import Procedure, procedure_from_sources
from engine.life.timers import TimerKind, timers
from engine.model.alert import ORDERED, WHOLE, Level, Subject
from engine.model.event import Event, EventType
from engine.model.status import Status
from tests.unit.engine.living import OWN_DELAY, RULEBOOK, SIMPLE, Life, ruled

RAISED, WITHDRAWN = EventType.ALERT_RAISED, EventType.ALERT_WITHDRAWN
RESTORED = EventType.ALERT_RESTORED
DOSSIER, STEP = (Subject.DOSSIER, WHOLE), Subject.STEP
QUIET = ruled(ladder={"near_due": None, "due": None, "overdue": None})
"""A rulebook without a ladder, so that alerts themselves are seen."""


@pytest.fixture
def life() -> Life:
    """Received on Monday at eight, due on Thursday at five; the appraisal lies with person 3
    and is due at nine."""
    life = Life(rulebook=QUIET).accepted()
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    return life


def said(events: list[Event], type_: EventType, **about: object) -> list[tuple[str, str]]:
    """Alerts of one kind of event, as (Vietnamese time, level or reason)."""
    told = [e for e in events if e.type is type_ and about.items() <= dict(e.data).items()]
    return [
        (f"{event.at:%d/%m %H:%M}", event.data.get("level") or event.data.get("why", ""))
        for event in told
    ]


class TestLevels:
    """As time passes, each level comes once, at its moment."""

    def test_of_a_dossier(self, life: Life) -> None:
        events = life.lives_until("2026-08-31 17:00")
        assert said(events, RAISED, subject="dossier") == [
            ("08/07 17:00", "near_due_1"),
            ("09/07 07:00", "due"),
            ("09/07 17:00", "overdue"),
        ]
        assert EventType.DOSSIER_OVERDUE in life.types

    def test_of_a_long_dossier_share_and_time_left_are_two_levels(self) -> None:
        facts = SIMPLE.sources["facts.toml"].replace("3 working_days", "10 working_days")
        life = Life(_procedure(facts), rulebook=QUIET).accepted()
        events = life.lives_until("2026-08-31 17:00")
        assert said(events, RAISED, subject="dossier") == [
            ("16/07 15:36", "near_due_1"),
            ("17/07 17:00", "near_due_2"),
            ("20/07 07:00", "due"),
            ("20/07 17:00", "overdue"),
        ]

    def test_a_procedure_may_set_its_own(self) -> None:
        facts = SIMPLE.sources["facts.toml"]
        own = facts.replace("[[components]]", 'near_due = ["50%"]\n[[components]]', 1)
        events = Life(_procedure(own), rulebook=QUIET).accepted().lives_until("2026-07-09 06:00")
        assert said(events, RAISED, subject="dossier") == [("08/07 07:30", "near_due_1")]

    def test_of_a_step(self, life: Life) -> None:
        events = life.lives_until("2026-08-31 17:00")
        assert said(events, RAISED, subject="step") == [
            ("06/07 08:48", "near_due_1"),
            ("06/07 09:00", "overdue"),
        ]

    def test_a_worse_level_takes_the_place_of_the_milder(self, life: Life) -> None:
        events = life.lives_until("2026-07-09 17:00")
        assert said(events, WITHDRAWN)[-2:] == [
            ("09/07 07:00", "superseded"),
            ("09/07 17:00", "superseded"),
        ]
        assert (*DOSSIER, Level.OVERDUE) in life.warnings()
        assert len(life.warnings()) == 2

    def test_a_scheduler_that_slept_says_only_the_worst(self, life: Life) -> None:
        life.until("2026-07-10 08:00")
        life.fire(TimerKind.DOSSIER)
        assert [level for _, _, level in life.warnings()] == [Level.OVERDUE]

    def test_a_rulebook_may_warn_of_nothing_beforehand(self) -> None:
        silent = ruled(alerts={"dossier": {"near_due": []}, "step": {"near_due": []}})
        events = Life(rulebook=silent).accepted().lives_until("2026-08-31 17:00")
        levels = {event.data["level"] for event in events if event.type is RAISED}
        assert levels == {"due", "overdue"}

    def test_a_step_that_takes_no_time_is_not_watched(self) -> None:
        life = Life().issued()
        assert life.task().clock.limit.amount == 0
        assert timers(life.dossier) == {}


class TestTakenBack:
    """An alert that no longer holds is withdrawn; one whose moment comes back is restored."""

    def test_when_the_step_is_done(self, life: Life) -> None:
        life.lives_until("2026-07-06 08:50")
        events = life.complete("appraise", 3, decision="approve")
        assert said(events, WITHDRAWN) == [("06/07 08:50", "settled")]
        assert life.warnings() == []

    def test_when_the_result_is_ready(self) -> None:
        life = Life(rulebook=QUIET).accepted()
        life.becomes_overdue()
        life.complete("appraise", 3, because=OWN_DELAY, decision="approve")
        life.complete("sign", 4, because=OWN_DELAY, decision="approve")
        assert life.status() is Status.PROCESSED
        assert life.warnings() == []

    def test_when_the_dossier_is_paused_and_restored_when_the_same_moment_comes_back(
        self, life: Life
    ) -> None:
        life.lives_until("2026-07-10 08:00")
        assert said(life.pause(), WITHDRAWN) == [("10/07 08:00", "settled")] * 2
        assert life.warnings() == []
        life.passes(days=3)
        events = life.resume()
        assert said(events, RESTORED) == [("13/07 08:00", "")] * 2
        assert said(events, RAISED) == []
        assert (*DOSSIER, Level.OVERDUE) in life.warnings()

    def test_a_date_that_moved_is_watched_anew(self, life: Life) -> None:
        life.lives_until("2026-07-08 17:00")
        assert (*DOSSIER, Level.NEAR_DUE_1) in life.warnings()
        life.pause()
        life.until("2026-07-13 08:00")
        assert said(life.resume(), RESTORED, subject="dossier") == []
        events = life.lives_until("2026-08-31 17:00")
        assert said(events, RAISED, subject="dossier") == [
            ("13/07 17:00", "near_due_1"),
            ("14/07 07:00", "due"),
            ("14/07 17:00", "overdue"),
        ]

    def test_a_second_pause_at_night_says_nothing_twice(self, life: Life) -> None:
        life.lives_until("2026-07-08 18:00")
        for _ in range(2):
            life.pause()
            life.resume()
        raised = said(life.log, RAISED, subject="dossier")
        assert raised == [("08/07 17:00", "near_due_1")]
        assert (*DOSSIER, Level.NEAR_DUE_1) in life.warnings()


class TestUnassigned:
    """A task that nobody has taken."""

    def test_for_four_working_hours(self) -> None:
        events = Life(rulebook=QUIET).accepted().lives_until("2026-08-31 17:00")
        assert said(events, RAISED, subject="unassigned") == [("06/07 14:00", "overdue")]

    def test_until_someone_takes_it(self) -> None:
        life = Life(rulebook=QUIET).accepted()
        life.lives_until("2026-07-06 15:00")
        events = life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
        assert said(events, WITHDRAWN) == [("06/07 15:00", "settled")]

    def test_counts_anew_when_it_is_given_back(self, life: Life) -> None:
        life.until("2026-07-06 10:00")
        life.on_task(EventType.TASK_RELEASED, 3, "appraise")
        events = life.lives_until("2026-07-07 17:00")
        assert said(events, RAISED, subject="unassigned") == [("06/07 16:00", "overdue")]

    def test_not_while_work_is_stopped(self) -> None:
        life = Life(rulebook=QUIET).accepted()
        life.pause("loi_he_thong")
        events = life.lives_until("2026-07-06 17:00")
        assert said(events, RAISED, subject="unassigned") == []


class TestIntake:
    """An application sent in is answered within eight working hours (Decree 45/2020, art. 11)."""

    @pytest.mark.parametrize("channel", ["online", "postal"])
    def test_not_answered(self, channel: str) -> None:
        events = Life(channel=channel, rulebook=QUIET).lives_until("2026-08-31 17:00")
        assert said(events, RAISED, subject="intake") == [("07/07 08:00", "overdue")]

    def test_at_the_counter_nobody_waits_for_an_answer(self) -> None:
        events = Life(channel="direct", rulebook=QUIET).lives_until("2026-08-31 17:00")
        assert said(events, RAISED, subject="intake") == []

    def test_answered(self) -> None:
        life = Life(rulebook=QUIET)
        life.lives_until("2026-07-07 08:30")
        assert Subject.INTAKE in {subject for subject, *_ in life.warnings()}
        life.accepted(because=OWN_DELAY)
        assert life.warnings() == []


def test_a_pause_beyond_its_end_is_said_once() -> None:
    life = Life(rulebook=QUIET).accepted()
    life.pause()
    events = life.lives_until("2026-12-31 17:00")
    assert said(events, RAISED) == [("27/07 17:00", "overdue")]
    assert life.warnings() == [(Subject.PAUSE, ORDERED, Level.OVERDUE)]
    assert said(life.resume(), WITHDRAWN) == [("31/12 17:00", "settled")]


def test_each_is_raised_once_for_each_due_moment(life: Life) -> None:
    for day in ("07", "08", "09", "10", "13", "14"):
        life.lives_until(f"2026-07-{day} 11:00")
        life.pause()
        life.passes(hours=0.5)
        life.resume()
    keys = ("subject", "place", "level", "against")
    raised = [tuple(e.data[k] for k in keys) for e in life.log if e.type is RAISED]
    assert len(raised) == len(set(raised))


def test_after_the_end_nothing_is_warned_of() -> None:
    life = Life().accepted()
    life.becomes_overdue()
    life.complete("appraise", 3, because=OWN_DELAY, decision="refuse")
    assert (life.warnings(), timers(life.dossier)) == ([], {})


def test_the_shipped_rulebook_has_a_rule_for_every_subject() -> None:
    assert set(RULEBOOK.alerts) == set(Subject)


def _procedure(facts: str) -> Procedure:
    return procedure_from_sources({**SIMPLE.sources, "facts.toml": facts})
