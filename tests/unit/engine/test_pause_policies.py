"""What a pause does to time, by the policy that the rulebook gives its reason."""

from datetime import timedelta

import pytest

from bpmn.procedure import Procedure
from engine.life.groups import standing
from engine.life.rulebook import Rulebook
from engine.life.timers import TimerKind, timers
from engine.model.alert import ORDERED, Level, Subject
from engine.model.event import Event, EventType
from engine.model.standing import Standing
from engine.model.status import Status
from tests.diagrams import gateway, message_wait, task, timer_wait, way
from tests.unit.engine.living import CALENDAR, Life, drawn_from_check, ruled

HOUR = timedelta(hours=1)
REASON = "kiem_tra_thuc_te_do_dac"


def governed(policy: str, limit: str = "2 working_days") -> Rulebook:
    """A rulebook where surveys pause under a policy."""
    terms = {"policy": policy, "limit": limit}
    if policy == "EXTEND":
        terms["extension"] = "2 working_days"
    return ruled(pauses={REASON: terms})


def posting() -> Procedure:
    """After receipt a step is open while the diagram waits fifteen days."""
    return drawn_from_check(
        gateway("split", "parallel"),
        gateway("join", "parallel"),
        timer_wait("posting", "15 days"),
        task("work", limit="5 hours"),
        way("start", "check", "split", "posting", "join", "e"),
        way("split", "work", "join"),
        steps="work",
    )


def paused(policy: str) -> Life:
    """Received on Monday at eight, due on Thursday at five; paused from ten o'clock on."""
    life = Life(posting(), rulebook=governed(policy))
    life.complete("check", decision="accept")
    life.until("2026-07-06 10:00")
    life.pause(REASON)
    return life


def moments(life: Life) -> tuple[str, str, str]:
    """When the dossier, its open step and its timer are due, in Vietnamese time."""
    (work,), (wait,) = life.dossier.tasks.values(), life.dossier.waits.values()
    assert life.dossier.due_at is not None
    assert wait.clock is not None
    due = (life.dossier.due_at, work.clock.due_at, wait.clock.due_at)
    return tuple(f"{at:%d/%m %H:%M}" for at in due)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("PAUSE", ("13/07 17:00", "08/07 15:00", "23/07 17:00")),
        ("STOP", ("13/07 17:00", "08/07 15:00", "23/07 17:00")),
        ("RESET", ("13/07 17:00", "08/07 15:00", "23/07 17:00")),
        ("NONE", ("09/07 17:00", "06/07 15:00", "21/07 17:00")),
        ("DEEMED", ("09/07 17:00", "06/07 15:00", "21/07 17:00")),
        ("EXTEND", ("13/07 17:00", "06/07 15:00", "21/07 17:00")),
    ],
)
def test_where_everything_is_due_after_two_days_of_pause(
    policy: str, expected: tuple[str, str, str]
) -> None:
    life = paused(policy)
    life.until("2026-07-08 10:00")
    life.resume()
    assert moments(life) == expected


@pytest.mark.parametrize("policy", ["PAUSE", "STOP", "RESET"])
def test_a_pause_that_halts_stops_every_clock(policy: str) -> None:
    life = paused(policy)
    assert set(timers(life.dossier)) == {(TimerKind.PAUSE, ORDERED)}
    clock, (work,) = life.dossier.clock, life.dossier.tasks.values()
    assert clock is not None
    left = clock.remaining(CALENDAR, life.now), work.clock.remaining(CALENDAR, life.now)
    assert left == (29 * HOUR, 3 * HOUR)
    life.passes(days=1)
    again = clock.remaining(CALENDAR, life.now), work.clock.remaining(CALENDAR, life.now)
    assert left == again


@pytest.mark.parametrize("policy", ["NONE", "DEEMED", "EXTEND"])
def test_a_pause_that_lets_time_run_on_makes_steps_late_but_stops_work(policy: str) -> None:
    life = paused(policy)
    life.lives_until("2026-07-06 17:00")
    assert life.task().overdue
    assert life.status() is Status.SUSPENDED


def test_a_reset_begins_the_citizens_date_anew_and_nothing_else() -> None:
    life = Life(posting(), rulebook=governed("RESET", limit="30 days"))
    life.complete("check", decision="accept")
    life.until("2026-07-06 10:00")
    life.pause(REASON)
    life.until("2026-07-20 10:00")
    life.resume()
    assert moments(life) == ("23/07 17:00", "20/07 15:00", "04/08 17:00")
    clock, (work,) = life.dossier.clock, life.dossier.tasks.values()
    assert clock is not None
    assert clock.consumed(CALENDAR, life.now) == 0 * HOUR
    assert work.clock.consumed(CALENDAR, life.now) == 2 * HOUR
    assert clock.first_due_at == life.until("2026-07-09 17:00")


def test_an_extension_is_granted_at_once_and_said() -> None:
    life = Life(rulebook=governed("EXTEND")).accepted()
    events = life.pause(REASON)
    moved = next(event for event in events if event.type is EventType.DUE_DATE_SET)
    assert (moved.data["before"], moved.data["after"], moved.data["why"]) == (
        "2026-07-09T10:00:00+00:00",
        "2026-07-13T10:00:00+00:00",
        REASON,
    )


class TestStop:
    """Nothing came in time: the dossier is discontinued."""

    def test_the_way_out_begins_by_itself(self) -> None:
        life = Life(rulebook=governed("STOP")).accepted()
        life.pause(REASON)
        events = life.lives_until("2026-07-08 17:00")
        assert _types(events)[:3] == [
            EventType.TIMER_FIRED,
            EventType.PAUSE_OVERDUE,
            EventType.DOSSIER_RESUMED,
        ]
        assert life.task().step == "issue_discontinuation"
        assert (life.dossier.pauses, life.warnings()) == ([], [])
        life.complete("issue_discontinuation", 4)
        assert life.status() is Status.DISCONTINUED

    def test_where_none_is_drawn_the_pause_is_overdue_and_people_are_told(self) -> None:
        life = Life(posting(), rulebook=governed("STOP"))
        life.complete("check", decision="accept")
        life.pause(REASON)
        life.lives_until("2026-07-08 17:00")
        assert life.dossier.pauses[0].overdue
        assert life.warnings() == [(Subject.PAUSE, ORDERED, Level.OVERDUE)]

    def test_a_dossier_on_its_way_out_is_not_taken_out_twice(self) -> None:
        life = Life(rulebook=governed("STOP")).accepted()
        life.act(EventType.WITHDRAWAL_REQUESTED, 2)
        life.pause(REASON)
        life.lives_until("2026-07-08 17:00")
        assert life.task().step == "return_papers"
        assert life.warnings() == [(Subject.PAUSE, ORDERED, Level.OVERDUE)]

    def test_what_comes_in_time_goes_on(self) -> None:
        life = Life(rulebook=governed("STOP")).accepted()
        life.pause(REASON)
        life.lives_until("2026-07-08 16:59")
        life.resume()
        life.lives_until("2026-07-08 17:00")
        assert life.status() is Status.PROCESSING


class TestDeemed:
    """Silence is consent: what waited goes on, within the total time."""

    def test_after_an_order(self) -> None:
        life = Life(rulebook=governed("DEEMED")).accepted()
        life.pause(REASON)
        due = life.dossier.due_at
        life.lives_until("2026-07-08 17:00")
        assert (life.status(), life.dossier.pauses) == (Status.PROCESSING, [])
        assert life.dossier.due_at == due
        assert Subject.PAUSE not in {subject for subject, *_ in life.warnings()}

    def test_at_a_wait_of_the_diagram(self) -> None:
        life = self.waiting()
        events = life.lives_until("2026-07-08 17:00")
        assert EventType.WAIT_ENDED in _types(events)
        assert EventType.ALERT_RAISED not in _types(events[-6:])
        assert (life.task().step, life.dossier.pauses) == ("work", [])

    def test_an_answer_in_time(self) -> None:
        life = self.waiting()
        life.act(EventType.SUPPLEMENT_RECEIVED, 2)
        assert life.task().step == "work"
        life.lives_until("2026-07-08 17:00")
        assert EventType.PAUSE_OVERDUE not in life.types

    def test_at_a_step_that_stays_open(self) -> None:
        procedure = drawn_from_check(
            task("ask", pauses=REASON), way("start", "check", "ask", "e"), steps="ask"
        )
        life = Life(procedure, rulebook=governed("DEEMED"))
        life.complete("check", decision="accept")
        assert life.status() is Status.SUSPENDED
        life.lives_until("2026-07-08 17:00")
        assert (life.status(), life.task().step) == (Status.PROCESSING, "ask")

    def test_while_an_order_stops_all_work_what_goes_on_stands_still(self) -> None:
        """What opens while work is stopped does not use up its time."""
        life = self.waiting()
        life.pause("nghia_vu_tai_chinh")
        life.lives_until("2026-07-09 09:00")
        work = life.task("work")
        assert work.clock.is_halted
        life.resume()
        assert life.task("work").clock.remaining(CALENDAR, life.now) == HOUR

    def waiting(self) -> Life:
        procedure = drawn_from_check(
            message_wait("opinion", "supplement_received", pauses=REASON),
            task("work"),
            way("start", "check", "opinion", "work", "e"),
            steps="work",
        )
        life = Life(procedure, rulebook=governed("DEEMED"))
        life.complete("check", decision="accept")
        return life


def test_a_pause_beyond_its_limit_is_a_group_of_its_own() -> None:
    life = paused("PAUSE")
    life.lives_until("2026-07-08 17:00")
    assert life.dossier.pauses[0].overdue
    assert standing(life.dossier) is Standing.PAUSED_OVERDUE


def _types(events: list[Event]) -> list[EventType]:
    return [event.type for event in events]
