"""Random lives: on every day, the form says what a plain recount of all logs says."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.steps import Outcome
from engine.commands.acting import Target
from engine.commands.pauses import OnPause, PauseDossier, pause_dossier, resume_dossier
from engine.deadlines.calendar import VIETNAM, local
from engine.errors import EngineError
from engine.model.dossier import Dossier
from engine.model.report import Kind, Period
from engine.queries.reports import count_report
from engine.replay import turns
from engine.reports.asked import Asked
from engine.store.definitions import setting_of
from engine.store.dossiers import lock
from engine.store.events import log_of
from engine.verification import verify_dossier
from tests.api.lives import LETTER, Lives, place
from tests.clock import START, FakeClock
from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.office import COMMUNE_1, Office

DEEDS = st.sampled_from(["receive", "receive", "pause", "resume", "go on", "go on", "supplement"])
LIVES = st.lists(
    st.tuples(DEEDS, st.integers(0, 9), st.sampled_from([0, 1, 6, 30, 100])),
    min_size=6,
    max_size=18,
)
FIRST = START.date()
WORKERS = {"appraise": "office1", "sign": "leader1"}


@settings(max_examples=6)
@given(deeds=LIVES)
def test_as_a_recount_of_the_logs_says(
    fresh_database: Fresh, deeds: list[tuple[str, int, int]]
) -> None:
    with fresh_database(FURNISHED) as database:
        lives = Lives(Office(database), FakeClock())
        made: list[str] = []
        for deed, which, hours in deeds:
            with suppress(EngineError):
                _do(lives, made, deed, which)
            lives.clock.advance(hours=hours)
        days = [FIRST + timedelta(days=n) for n in range((lives.clock().date() - FIRST).days + 1)]
        for start, end in zip(days, [*days[3:], *days[-1:] * 3], strict=False):
            assert _counted(lives, start, end) == _recounted(lives, made, start, end)
        with database.reading() as tx:
            assert [verify_dossier(tx, code) for code in made] == [None] * len(made)


def _do(lives: Lives, made: list[str], deed: str, which: int) -> None:
    if deed == "receive":
        made.append(lives.accepted().code)
    elif made:
        with lives.office.database.transaction() as tx:
            dossier = lock(tx, made[which % len(made)]).dossier
        _go_on(lives, dossier, deed)


def _go_on(lives: Lives, dossier: Dossier, deed: str) -> None:
    target = Target(dossier.code)
    if deed == "pause":
        until = lives.clock() + timedelta(days=4)
        command = PauseDossier(target, "khac", "Chờ văn bản", until, LETTER)
        lives.act(pause_dossier, command, "leader1")
    elif deed == "resume":
        lives.act(resume_dossier, OnPause(target), "leader1")
    elif dossier.tasks:
        worker = WORKERS.get(dossier.tasks[place(dossier)].step, "reception1")
        lives.complete(dossier, worker, decision="approve" if deed == "go on" else deed)


def _counted(lives: Lives, start: date, end: date) -> Counter[str]:
    asked = Asked(COMMUNE_1, Period(start, end), lives.clock())
    with lives.office.database.reading() as tx:
        report = count_report(tx, Kind.II_06A, asked, lives.office.actor("leader1"))
    assert [check for check in report.checks if not check.holds] == []
    cells = report.total.cells
    names = ("online", "carried_over", "early", "on_time", "late", "in_time", "overdue", "paused")
    return +Counter({name: int(str(cells[name])) for name in names})


def _recounted(lives: Lives, made: list[str], start: date, end: date) -> Counter[str]:
    """The same, told from every log by itself."""
    found = Counter[str]()
    for code in made:
        dossier = _then(lives, code, datetime.combine(end + timedelta(days=1), time(), VIETNAM))
        if dossier is None or dossier.clock is None or dossier.received_at is None:
            continue
        ended = dossier.processed_at and local(dossier.processed_at).date()
        if ended and ended < start:
            continue
        found["online" if local(dossier.received_at).date() >= start else "carried_over"] += 1
        found.update(_fate(dossier, ended, end))
    return found


def _fate(dossier: Dossier, ended: date | None, end: date) -> list[str]:
    clock = dossier.clock
    assert clock is not None
    due = clock.due_at.date()
    if ended:
        assert dossier.outcome in (None, Outcome.DELIVERED)
        return ["early" if ended < due else "on_time" if ended == due else "late"]
    until = local(clock.paused_at).date() if clock.paused_at else end
    return ["overdue" if until > due else "in_time", *(["paused"] if dossier.pauses else [])]


def _then(lives: Lives, code: str, moment: datetime) -> Dossier | None:
    """The dossier as its log up to a moment gives it."""
    with lives.office.database.transaction() as tx:
        loaded = lock(tx, code)
        setting = setting_of(tx, loaded.dossier.version, loaded.dossier.rulebook)
        events = [each.event for each in log_of(tx, loaded.id) if each.event.at < moment]
        done = [dossier for _, dossier in turns(events, setting)]
        return done[-1] if done else None
