"""Week by week, what the board showed at its end: against a plain recount by re-execution."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engine.commands.acting import Target
from engine.commands.pauses import OnPause, PauseDossier, pause_dossier, resume_dossier
from engine.errors import EngineError
from engine.life.groups import standing
from engine.model.actor import Permission, may
from engine.model.dossier import Dossier
from engine.model.standing import Standing
from engine.queries.paging import Slice
from engine.queries.weeks import Figure, Week, list_week, weekly
from engine.replay import turns
from engine.store.definitions import setting_of
from engine.store.dossiers import lock
from engine.store.events import log_of
from engine.store.tables import dossier as table
from engine.verification import verify_dossier
from notifications.tick import tick
from tests.api.client import json_of
from tests.api.lives import LETTER, Lives, place
from tests.api.supervision.desk import OWN_DELAY, Desk
from tests.clock import FakeClock
from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.office import COMMUNE_1, COMMUNE_2, Office

PAUSED = (Standing.PAUSED, Standing.PAUSED_OVERDUE)
HOURS = st.sampled_from([0, 1, 8, 24, 24 * 3, 24 * 7, 24 * 16])
DEEDS = st.sampled_from(["receive", "for others", "pause", "resume", "go on", "supplement", "end"])
LIVES = st.lists(st.tuples(DEEDS, st.integers(0, 9), HOURS), max_size=16)


@settings(max_examples=12)
@given(deeds=LIVES)
def test_as_a_recount_says(fresh_database: Fresh, deeds: list[tuple[str, int, int]]) -> None:
    with fresh_database(FURNISHED) as database:
        lives = Lives(Office(database), FakeClock())
        made: list[str] = []
        for deed, which, hours in deeds:
            _do(lives, made, deed, which)
            _wait(lives, hours)
        for user in ("leader1", "director2", "control"):
            with database.reading() as tx:
                shown = weekly(tx, None, lives.office.actor(user), lives.clock())
            assert [_figures(week) for week in shown] == _recount(lives, user, shown)
        with database.reading() as tx:
            assert [verify_dossier(tx, code) for code in made] == [None] * len(made)


def _do(lives: Lives, made: list[str], deed: str, which: int) -> None:
    with suppress(EngineError):
        if deed == "receive":
            made.append(lives.accepted().code)
        elif deed == "for others":
            made.append(lives.submitted("portal", COMMUNE_1, COMMUNE_2).code)
        elif made:
            _go_on(lives, _now(lives, made[which % len(made)]), deed)


def _now(lives: Lives, code: str) -> Dossier:
    with lives.office.database.transaction() as tx:
        return lock(tx, code).dossier


def _go_on(lives: Lives, dossier: Dossier, deed: str) -> None:
    target = Target(dossier.code)
    if deed == "pause":
        until = lives.clock() + timedelta(days=9)
        pause = PauseDossier(target, "khac", "Chờ văn bản", until, LETTER)
        lives.act(pause_dossier, pause, "leader1")
    elif deed == "resume":
        lives.act(resume_dossier, OnPause(target), "leader1")
    elif dossier.tasks:
        decision = {"go on": "approve", "supplement": "supplement", "end": "refuse"}[deed]
        step = dossier.tasks[place(dossier)].step
        worker = {"appraise": "office1", "sign": "leader1"}.get(step, "reception1")
        lives.complete(dossier, worker, decision=decision)


def _wait(lives: Lives, hours: int) -> None:
    """Time passes hour by hour where something comes due."""
    end = lives.clock() + timedelta(hours=hours)
    while lives.clock() < end:
        lives.clock.set(min(end, lives.clock() + timedelta(hours=12)))
        while tick(lives.office.database, lives.clock).fired:
            pass


def _figures(week: Week) -> tuple[int, ...]:
    return week.received, week.finished, week.finished_late, week.overdue, week.paused


def _recount(lives: Lives, user: str, weeks: list[Week]) -> list[tuple[int, ...]]:
    actor = lives.office.actor(user)
    ours = [
        course for course in _courses(lives)
        if may(actor, Permission.DOSSIER_SUPERVISE, course[-1][1])
    ]  # fmt: skip
    start = weeks[0].end - timedelta(weeks=1)
    ends = [start, *(week.end for week in weeks)]
    return [_recounted(ours, since, end) for since, end in pairwise(ends)]


Course = list[tuple[datetime, Dossier, Standing]]


def _recounted(courses: list[Course], since: datetime, end: datetime) -> tuple[int, ...]:
    def within(moment: datetime | None) -> bool:
        return moment is not None and since <= moment < end

    last = [course[-1] for course in courses]
    stood = [_stood_at(course, end) for course in courses]
    return (
        sum(within(dossier.received_at) for _, dossier, _ in last),
        sum(within(dossier.processed_at) for _, dossier, _ in last),
        sum(within(d.processed_at) and at is Standing.DONE_LATE for _, d, at in last),
        sum(at is Standing.OVERDUE for at in stood),
        sum(at in PAUSED for at in stood),
    )


def _stood_at(course: Course, end: datetime) -> Standing | None:
    return next((at for moment, _, at in reversed(course) if moment < end), None)


def _courses(lives: Lives) -> Iterator[Course]:
    """Of every dossier, where it stood after each act, done again from the log."""
    with lives.office.database.reading() as tx:
        for row in tx.execute(select(table)).all():
            events = [logged.event for logged in log_of(tx, row.id)]
            done = turns(events, setting_of(tx, row.version, row.rulebook))
            yield [(turn[0].at, dossier, standing(dossier)) for turn, dossier in done]


def test_over_http(desk: Desk) -> None:
    desk.birth()
    desk.wait_until("2026-07-08 08:00")
    desk.wait_until("2026-07-13 08:00")
    desk.birth(commune=2)
    found = json_of(desk.call.get("control1", "/supervision/weeks?weeks=2"))["items"]
    assert [week["monday"] for week in found] == ["2026-07-06", "2026-07-13"]
    assert [(week["received"], week["overdue"]) for week in found] == [(1, 1), (0, 1)]
    both = json_of(desk.call.get("control", "/supervision/weeks"))["items"]
    assert len(both) == 12
    assert both[-1]["received"] == 1
    none = json_of(desk.call.get("control1", f"/supervision/weeks?agency={COMMUNE_2}"))["items"]
    assert not any(week["received"] + week["overdue"] for week in none)


def test_what_a_week_has_is_what_its_list_has(desk: Desk) -> None:
    """Also of weeks gone by, whatever became of the dossiers since; nothing of other agencies."""
    late, other = desk.birth(), desk.birth(commune=2)
    desk.wait_until("2026-07-08 08:00")
    desk.wait_until("2026-07-14 09:00")
    desk.work(late, "digitise appraise=approve enter_register sign=approve seal", OWN_DELAY)
    monday = date(2026, 7, 6)
    for user, codes in (("leader1", {late}), ("leader2", {other}), ("control", {late, other})):
        actor = desk.office.actor(user)
        with desk.database.reading() as tx:
            shown = {week.monday: week for week in weekly(tx, None, actor, desk.clock())}
            for figure in (Figure.RECEIVED, Figure.OVERDUE):
                viewer = actor, desk.clock()
                listed = list_week(tx, Slice(9), figure, monday, None, viewer).items
                assert {item.code for item in listed} == codes
                assert getattr(shown[monday], figure) == len(codes)
            done = list_week(tx, Slice(9), Figure.FINISHED_LATE, date(2026, 7, 13), None, viewer)
            assert {item.code for item in done.items} == codes & {late}


def test_a_long_week_comes_in_pages(desk: Desk) -> None:
    codes = [desk.birth() for _ in range(3)]
    actor = desk.office.actor("leader1")
    with desk.database.reading() as tx:
        seen: list[str] = []
        part = Slice(2)
        while True:
            viewer = actor, desk.clock()
            found = list_week(tx, part, Figure.RECEIVED, date(2026, 7, 6), None, viewer)
            seen += [item.code for item in found.items]
            if found.next is None:
                break
            part = Slice(2, found.next)
    assert seen == codes[::-1]
