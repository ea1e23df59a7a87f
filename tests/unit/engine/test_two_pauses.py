"""Two pauses at once, of every pair of policies: one drawn in the diagram, one ordered."""

from datetime import timedelta
from itertools import product

import pytest

from bpmn.procedure import Procedure
from engine.deadlines.calendar import NO_TIME
from engine.deadlines.clock import Clock
from engine.deadlines.clock_policy import ClockPolicy
from engine.life.rulebook import Rulebook
from engine.life.timers import TimerKind, timers
from engine.model.dossier import Dossier
from engine.model.event import EventType
from tests.diagrams import gateway, message_wait, task, timer_wait, way
from tests.unit.engine.living import CALENDAR, Life, drawn_from_check, ruled

HOUR = timedelta(hours=1)
DRAWN, ORDERED = "nghia_vu_tai_chinh", "kiem_tra_thuc_te_do_dac"
PAIRS = list(product(ClockPolicy, repeat=2))
RESET, EXTEND = ClockPolicy.RESET, ClockPolicy.EXTEND


def governed(drawn: ClockPolicy, ordered: ClockPolicy) -> Rulebook:
    """A rulebook that gives the two reasons their policies."""
    return ruled(pauses={DRAWN: _terms(drawn), ORDERED: _terms(ordered)})


def _terms(policy: ClockPolicy) -> dict[str, str]:
    extension = {"extension": "2 working_days"} if policy is EXTEND else {}
    return {"policy": policy, "limit": "60 days", **extension}


def taxed() -> Procedure:
    """After a first step an obligation is awaited, while a step and a timer run beside it."""
    return drawn_from_check(
        gateway("split", "parallel"),
        gateway("join", "parallel"),
        task("send"),
        message_wait("tax", "obligation_fulfilled", pauses=DRAWN),
        timer_wait("posting", "15 days"),
        task("work", limit="5 hours"),
        way("start", "check", "split", "send", "tax", "join", "e"),
        way("split", "posting", "join"),
        way("split", "work", "join"),
        steps="work send",
    )


@pytest.fixture(params=PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def life(request: pytest.FixtureRequest) -> Life:
    """Received on Monday at eight, due on Thursday at five: the diagram pauses the dossier at
    nine, a person at ten."""
    life = Life(taxed(), rulebook=governed(*request.param))
    life.complete("check", decision="accept")
    life.until("2026-07-06 09:00")
    life.complete("send")
    life.until("2026-07-06 10:00")
    life.pause(ORDERED)
    return life


def test_however_they_end_the_time_that_was_left_goes_on(life: Life) -> None:
    """The person's pause ends after two days, the diagram's after three."""
    drawn, ordered = policies(life)
    life.until("2026-07-08 10:00")
    life.resume()
    steps_ran = NO_TIME if ordered.halts else 16 * HOUR
    assert used_by_step(life) == 2 * HOUR + steps_ran
    assert is_halted(life) == drawn.halts
    life.until("2026-07-09 10:00")
    life.act(EventType.OBLIGATION_FULFILLED, 2)
    assert not is_halted(life)
    check_citizens_date(life, drawn, ordered)


def test_a_clock_is_halted_as_long_as_one_of_them_halts_it(life: Life) -> None:
    drawn, ordered = policies(life)
    assert is_halted(life) == (drawn.halts or ordered.halts)
    assert ((TimerKind.DOSSIER, 0) in timers(life.dossier)) != is_halted(life)
    before = life.dossier
    life.until("2026-07-07 10:00")
    left = clock(before).remaining(CALENDAR, before.last_at or life.now)
    halted = drawn.halts or ordered.halts
    assert clock(before).remaining(CALENDAR, life.now) == left - (NO_TIME if halted else 8 * HOUR)
    life.resume()
    assert is_halted(life) == drawn.halts


def test_places_of_the_diagram_stand_still_only_while_the_order_halts(life: Life) -> None:
    _, ordered = policies(life)
    found = {place.step: place.clock for place in life.dossier.waits.values()}
    assert found["posting"] is not None
    assert found["posting"].is_halted == life.task("work").clock.is_halted == ordered.halts


def test_done_again_from_the_log_it_is_the_same_dossier(life: Life) -> None:
    life.until("2026-07-08 10:00")
    life.resume()
    life.act(EventType.OBLIGATION_FULFILLED, 2)
    assert life.done_again() == life.dossier


def policies(life: Life) -> tuple[ClockPolicy, ClockPolicy]:
    reason = life.setting.pause_reason
    return reason(DRAWN).policy, reason(ORDERED).policy


def check_citizens_date(life: Life, drawn: ClockPolicy, ordered: ClockPolicy) -> None:
    """What was left when the clock was halted is left when it runs again, or all of it."""
    now, found = life.now, clock(life.dossier)
    if RESET in (drawn, ordered) and drawn.halts:
        consumed = NO_TIME
    elif drawn.halts:
        consumed = HOUR
    elif ordered is RESET:
        consumed = 8 * HOUR
    elif ordered.halts:
        consumed = 10 * HOUR
    else:
        consumed = 26 * HOUR
    assert found.consumed(CALENDAR, now) == consumed
    assert found.remaining(CALENDAR, now) == CALENDAR.working_time(now, found.due_at)
    assert found.first_due_at == life.until("2026-07-09 17:00")


def clock(dossier: Dossier) -> Clock:
    assert dossier.clock is not None
    return dossier.clock


def is_halted(life: Life) -> bool:
    return clock(life.dossier).is_halted


def used_by_step(life: Life) -> timedelta:
    return life.task("work").clock.consumed(CALENDAR, life.now)
