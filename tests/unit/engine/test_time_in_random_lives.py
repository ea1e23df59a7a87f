"""What holds of a dossier's time whatever happens to it: pauses of every policy, resumes,
extensions, announcements and timers, at random moments, under random terms."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from bpmn.procedure import Procedure
from engine.deadlines.calendar import NO_TIME, WorkingCalendar
from engine.deadlines.clock import Clock
from engine.deadlines.clock_policy import ClockPolicy
from engine.errors import DiagramFault, EngineError
from engine.life.groups import standing
from engine.life.timers import TimerKind, timers
from engine.model.alert import Subject
from engine.model.dossier import Dossier, Task, Waiting
from engine.model.event import SYSTEM, EventType
from engine.model.standing import Standing
from tests.diagrams import (
    event_subprocess,
    flow,
    gateway,
    message_wait,
    task,
    timer_wait,
    way,
)
from tests.unit.deadlines.moments import is_within_working_time
from tests.unit.engine.living import CALENDAR, OWN_DELAY, Life, drawn_from_check, ruled

DRAWN = ["nghia_vu_tai_chinh", "niem_yet_cong_khai"]
ORDERED = ["kiem_tra_thuc_te_do_dac", "lay_y_kien_phoi_hop"]
FAR = 400
"""Timers that fire in a row before it is too many."""


def _procedure() -> Procedure:
    """Two branches with pauses of their own, a loop, and a way out."""
    return drawn_from_check(
        *(gateway("split", "parallel"), gateway("join", "parallel")),
        *(task("send"), message_wait("tax", "obligation_fulfilled", pauses=DRAWN[0])),
        *(task("draft", limit="6 hours"), timer_wait("posting", "4 days", pauses=DRAWN[1])),
        *(task("sign", stage="signing"), gateway("signed", default="handing")),
        task("handing", stage="delivery", limit="0 hours"),
        gateway("again"),
        way("start", "check", "again", "split", "send", "tax", "join", "sign", "signed"),
        way("split", "draft", "posting", "join"),
        flow("signed", "again", 'sign.decision == "refuse"'),
        way("signed", "handing", "e"),
        event_subprocess("stop", "discontinuation_decided", "notify", "discontinued"),
        steps="send draft sign handing stop",
    )


PROCEDURE = _procedure()
limits = st.sampled_from(["4 hours", "2 working_days", "5 days", "30 days"])
shares = st.lists(
    st.sampled_from(["50%", "80%", "4 hours", "1 working_days"]), max_size=3, unique=True
)


@st.composite
def terms(draw: st.DrawFn, manual: bool) -> dict[str, Any]:
    """What a rulebook may say of a reason."""
    policy = draw(st.sampled_from(ClockPolicy))
    said: dict[str, Any] = {"policy": policy, "limit": draw(limits), "evidence": False}
    if policy is ClockPolicy.EXTEND:
        said["extension"] = draw(limits)
    times = draw(st.none() | st.integers(1, 3)) if manual else None
    return said | {"times": times, "manual": manual}


@st.composite
def rulebooks(draw: st.DrawFn) -> Any:
    pauses = {code: draw(terms(manual=False)) for code in DRAWN}
    pauses |= {code: draw(terms(manual=True)) for code in ORDERED}
    ladder = {"overdue": {"until_acknowledged": draw(st.booleans())}}
    extension = {"times": draw(st.integers(0, 3))}
    return ruled(pauses=pauses, ladder=ladder, extension=extension)


Step = Callable[[Life], object]


def _announce(life: Life, off: int, made_up: int) -> None:
    """Days near today are off, or worked."""
    known: WorkingCalendar = life.calendars[life.dossier.calendar]
    today = life.now.date()
    life.learns(
        replace(
            known,
            days_off={**known.days_off, today + timedelta(days=off): "Nghỉ"},
            makeup_days={**known.makeup_days, today + timedelta(days=made_up): "Làm bù"},
        )
    )


def _work(life: Life, which: int, decision: str) -> None:
    tasks = list(life.dossier.tasks.values())
    if tasks:
        step = tasks[which % len(tasks)].step
        chosen = {"decision": decision} if step == "sign" else {}
        life.complete(step, 3, because=OWN_DELAY, **chosen)


def _hand(life: Life, which: int, type_: EventType) -> None:
    tasks = list(life.dossier.tasks.values())
    if tasks:
        life.on_task(type_, 3, tasks[which % len(tasks)].step, assignee=3)


def _extend(life: Life, days: int) -> None:
    due_at = life.dossier.due_at
    if due_at:
        day: date = CALENDAR.plus_working_days(due_at.date(), days)
        life.act(EventType.DUE_DATE_EXTENDED, 4, until=day.isoformat(), cause=OWN_DELAY)


def _take_note(life: Life, which: int) -> None:
    live = [alert for alert in life.dossier.alerts if alert.live]
    if live:
        life.act(EventType.ALERT_ACKNOWLEDGED, 3, alert=live[which % len(live)].seq)


picks, days = st.integers(0, 7), st.integers(-6, 6)
handing = st.sampled_from(
    [EventType.TASK_CLAIMED, EventType.TASK_RELEASED, EventType.TASK_ASSIGNED]
)
acts: st.SearchStrategy[Step] = st.one_of(
    st.sampled_from(ORDERED).map(lambda reason: lambda life: life.pause(reason)),
    st.just(Life.resume),
    st.builds(
        lambda n, d: lambda life: _work(life, n, d), picks, st.sampled_from(["approve", "refuse"])
    ),
    st.builds(lambda n, t: lambda life: _hand(life, n, t), picks, handing),
    st.integers(1, 9).map(lambda n: lambda life: _extend(life, n)),
    st.just(lambda life: life.act(EventType.OBLIGATION_FULFILLED, 2)),
    st.builds(lambda a, b: lambda life: _announce(life, a, b), days, days),
    picks.map(lambda n: lambda life: _take_note(life, n)),
)
spans = st.timedeltas(NO_TIME, timedelta(days=4)) | st.just(NO_TIME)
scripts = st.lists(st.tuples(spans, acts), max_size=14)


def lived(rulebook: Any, script: list[tuple[timedelta, Step]]) -> Iterator[Life]:
    """A life at every moment at which something has happened to it."""
    life = Life(PROCEDURE, rulebook=rulebook)
    life.complete("check", decision="accept")
    yield life
    for span, act in script:
        end_of_wait = life.now + span
        for _ in range(FAR):
            if not _fire_next(life, end_of_wait):
                break
            yield life
        else:
            raise AssertionError("timers without end")
        life.now = end_of_wait
        yield life
        try:
            act(life)
        except DiagramFault:
            raise
        except EngineError as error:
            event(type(error).__name__)
        yield life


def _fire_next(life: Life, until: Any) -> bool:
    """Fire the timer that comes first, if it comes in time."""
    waiting = timers(life.dossier)
    if not waiting or min(waiting.values()) > until:
        return False
    kind, place = min(waiting, key=lambda key: (waiting[key], key))
    life.now = max(life.now, waiting[kind, place])
    life.act(EventType.TIMER_FIRED, SYSTEM, kind=kind.value, place=place)
    return True


def clocks(dossier: Dossier) -> Iterator[Clock]:
    """Those of the dossier, its steps and the diagram's timers."""
    places: list[Task | Waiting] = [*dossier.tasks.values(), *dossier.waits.values()]
    yield from (place.clock for place in places if place.clock)
    if dossier.clock:
        yield dossier.clock


@given(rulebooks(), scripts)
def test_clocks_alerts_and_groups_fit_together_at_every_moment(
    rulebook: Any, script: list[tuple[timedelta, Step]]
) -> None:
    for life in lived(rulebook, script):
        dossier = life.dossier
        calendar = life.calendars[dossier.calendar]
        for clock in clocks(dossier):
            check_clock(clock, calendar, life)
        check_alerts(life, dossier)
        check_standing(dossier)


def check_clock(clock: Clock, calendar: WorkingCalendar, life: Life) -> None:
    """Consumed and remaining time make up the budget; the due date is in working hours."""
    consumed, remaining = clock.consumed(calendar, life.now), clock.remaining(calendar, life.now)
    assert consumed + remaining == clock.budget
    assert is_within_working_time(clock.due_at, calendar)
    if clock.is_running and life.now <= clock.due_at:
        seen = life.now.replace(microsecond=0)
        assert remaining == calendar.working_time(seen, clock.due_at)


def check_alerts(life: Life, dossier: Dossier) -> None:
    live = Counter(alert.key for alert in dossier.alerts if alert.live)
    assert set(live.values()) <= {1}
    raised = Counter(
        tuple(happened.data[name] for name in ("subject", "place", "level", "against"))
        for happened in life.log
        if happened.type is EventType.ALERT_RAISED
    )
    assert set(raised.values()) <= {1}
    watched = {Subject(kind.value) for kind, _ in timers(dossier) if kind is not TimerKind.LAPSE}
    assert Subject.CALENDAR not in watched
    if dossier.outcome is not None:
        assert (live, timers(dossier)) == (Counter(), {})


def check_standing(dossier: Dossier) -> None:
    group = standing(dossier)
    clock = dossier.clock
    if group in (Standing.PAUSED, Standing.PAUSED_OVERDUE):
        assert dossier.pauses
    if group is Standing.OVERDUE:
        assert clock is not None
        assert clock.is_running
        assert dossier.last_at is not None
        assert clock.due_at <= dossier.last_at
    if clock and clock.is_halted and dossier.processed_at is None:
        assert group in (Standing.PAUSED, Standing.PAUSED_OVERDUE)


@given(rulebooks(), scripts)
def test_done_again_from_the_log_it_is_the_same_dossier(
    rulebook: Any, script: list[tuple[timedelta, Step]]
) -> None:
    *_, life = lived(rulebook, script)
    assert life.done_again() == life.dossier


@given(rulebooks(), scripts)
def test_holdings_are_time_that_was_worked_and_follow_each_other(
    rulebook: Any, script: list[tuple[timedelta, Step]]
) -> None:
    *_, life = lived(rulebook, script)
    held: dict[int, list[Any]] = {}
    for happened in life.log:
        if happened.type is EventType.TASK_HELD:
            assert 0 <= happened.data["late"] <= happened.data["worked"]
            held.setdefault(happened.data["place"], []).append(happened)
    for each in held.values():
        for before, after in pairwise(each):
            assert before.at.isoformat() <= after.at.isoformat()
