"""Open dossiers follow an announcement, each once, whatever happens in between."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, update

from engine.commands.lateness import change_calendar
from engine.errors import DiagramFault
from engine.model.dossier import Dossier
from engine.queries.calendars import list_effects
from engine.queries.paging import Slice
from engine.store.database import Database
from engine.store.tables import dossier as table
from engine.store.time_tables import announcement, announcement_effect
from notifications import recalendar as sweeping
from notifications.recalendar import LOCK, Followed, recalendar
from tests.clock import START, FakeClock
from tests.integration.calendars.announcing import digests, hours, kept, normal, off, say
from tests.integration.scheduler.lives import submit
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office

TUESDAY = date(2026, 7, 7)
"""The day after START; dossiers of `submit` are due on Thursday, 9 July, at 17:00."""
BEFORE, AFTER = "2026-07-09T17:00:00+07:00", "2026-07-10T17:00:00+07:00"


def due_dates(database: Database) -> list[datetime]:
    """Due dates by id."""
    with database.reading() as tx:
        return list(tx.execute(select(table.c.due_at).order_by(table.c.id)).scalars())


def calendars(database: Database) -> list[str]:
    """Editions by id."""
    with database.reading() as tx:
        return list(tx.execute(select(table.c.calendar).order_by(table.c.id)).scalars())


def change(database: Database, id_: int, **columns: Any) -> None:
    """Put a dossier into a state without living it."""
    with database.transaction() as tx:
        tx.execute(update(table).where(table.c.id == id_).values(columns))


def effects(database: Database) -> int:
    """How many due dates were moved."""
    with database.reading() as tx:
        return tx.execute(select(func.count()).select_from(announcement_effect)).scalar_one()


def moment(text: str) -> datetime:
    """Read a moment."""
    return datetime.fromisoformat(text)


def test_due_dates_move_and_the_announcement_knows_which(
    office: Office, database: Database, clock: FakeClock
) -> None:
    dossiers = submit(office, 3)
    assert set(due_dates(database)) == {moment(BEFORE)}
    id_ = say(office, off(TUESDAY))
    assert set(due_dates(database)) == {moment(BEFORE)}
    assert recalendar(database, clock) == Followed(settled=1, followed=3, moved=3)
    assert set(due_dates(database)) == {moment(AFTER)}
    assert set(calendars(database)) == set(digests(database, [COMMUNE_1]))
    assert kept(database, id_).moved == 3
    assert kept(database, id_).settled_at == clock()
    with database.reading() as tx:
        shown = list_effects(tx, id_, Slice(2), office.actor("reception1"))
        rest = list_effects(tx, id_, Slice(2, shown.next), office.actor("reception1"))
        hidden = list_effects(tx, id_, Slice(9), office.actor("reception2"))
    assert [item.code for item in shown.items + rest.items] == [one.code for one in dossiers]
    assert (shown.items[0].before, shown.items[0].after) == (moment(BEFORE), moment(AFTER))
    assert hidden.items == []


def test_nothing_announced_nothing_done(database: Database, clock: FakeClock) -> None:
    assert recalendar(database, clock) == Followed()


def test_only_dossiers_in_reach_follow(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 5)
    change(database, 1, outcome="delivered")
    change(database, 2, competent_agency=COMMUNE_2)
    change(database, 3, due_at=moment("2026-07-06T17:00:00+07:00"))
    change(database, 4, due_at=moment("2026-07-06T17:00:00+07:00"), pause_reason="khac")
    before = calendars(database)
    say(office, off(TUESDAY))
    assert recalendar(database, clock).followed == 2
    followed = [
        n
        for n, pair in enumerate(zip(before, calendars(database), strict=True), 1)
        if pair[0] != pair[1]
    ]
    assert followed == [4, 5]


def test_a_dossier_without_a_due_date_follows(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 1)
    change(database, 1, due_at=None)
    say(office, off(date(2030, 7, 9)))
    assert recalendar(database, clock) == Followed(settled=1, followed=1)
    assert effects(database) == 0


def test_what_holds_for_the_province_moves_its_communes(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 2)
    change(database, 2, competent_agency=COMMUNE_2)
    say(office, hours("7:00-11:00"), PROVINCE)
    assert recalendar(database, clock, batch=1).moved == 2
    assert {one.hour for one in due_dates(database)} == {4}


def test_several_announcements_settle_in_one_sweep(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 2)
    say(office, off(TUESDAY))
    say(office, normal(TUESDAY))
    say(office, off(date(2026, 7, 8)), None)
    assert recalendar(database, clock).settled == 3
    assert set(due_dates(database)) == {moment(AFTER)}
    assert recalendar(database, clock) == Followed()


def test_a_dossier_that_fails_does_not_keep_the_others(
    office: Office, database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [one.code for one in submit(office, 3)]

    def failing(tx: Connection, code: str, *rest: Any) -> Dossier:
        moved = change_calendar(tx, code, *rest)
        if code == codes[1]:
            raise DiagramFault(step="x", reason="y")
        return moved

    monkeypatch.setattr(sweeping, "change_calendar", failing)
    id_ = say(office, off(TUESDAY))
    assert recalendar(database, clock) == Followed(settled=1, followed=2, moved=2, failed=1)
    assert due_dates(database) == [moment(AFTER), moment(BEFORE), moment(AFTER)]
    assert kept(database, id_).moved == 2
    assert kept(database, id_).settled_at is not None


def test_a_sweep_told_to_stop_goes_on_later(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 5)
    id_ = say(office, off(TUESDAY))
    answers = iter([True, True, False])
    assert recalendar(database, clock, 2, lambda: next(answers, False)) == Followed(
        followed=4, moved=4
    )
    assert kept(database, id_).settled_at is None
    assert recalendar(database, clock) == Followed(settled=1, followed=1, moved=1)
    assert kept(database, id_).moved == 5


@pytest.mark.parametrize("where", ["between", "within"])
def test_a_sweep_killed_loses_and_doubles_nothing(
    office: Office, database: Database, clock: FakeClock, where: str
) -> None:
    submit(office, 6)
    id_ = say(office, off(TUESDAY))
    url = database.engine.url.render_as_string(hide_password=False)
    module = "tests.integration.calendars.doomed"
    command = [sys.executable, "-m", module, url, START.isoformat(), "3", where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == "ready\n"
        doomed.kill()
    assert effects(database) == 3
    assert kept(database, id_).settled_at is None
    assert recalendar(database, clock) == Followed(settled=1, followed=3, moved=3)
    assert effects(database) == 6
    assert set(due_dates(database)) == {moment(AFTER)}


def test_a_dossier_that_someone_else_brought_there_is_left_alone(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 1)
    id_ = say(office, off(TUESDAY))
    assert sweeping.follow(database, clock, id_, 1) is True
    assert sweeping.follow(database, clock, id_, 1) is None


def test_a_dossier_moved_twice_by_one_announcement_is_told_once(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 1)
    id_ = say(office, off(TUESDAY))
    sweeping.follow(database, clock, id_, 1)
    say(office, off(date(2026, 7, 8)))
    sweeping.follow(database, clock, id_, 1)
    with database.reading() as tx:
        (item,) = list_effects(tx, id_, Slice(9), office.actor("reception1")).items
    assert (item.before, item.after) == (moment(BEFORE), moment("2026-07-13T17:00:00+07:00"))


def test_only_one_scheduler_sweeps_at_a_time(postgres_database: Database, clock: FakeClock) -> None:
    row = {"document": {"days": [], "hours": []}, "source": "x", "first_day": TUESDAY}
    with postgres_database.transaction() as tx:
        tx.execute(insert(announcement).values(**row, announced_at=START))
    with postgres_database.transaction() as tx:
        tx.execute(select(func.pg_advisory_xact_lock(LOCK)))
        assert recalendar(postgres_database, clock) == Followed()
    assert recalendar(postgres_database, clock) == Followed(settled=1)


def test_the_idle_look_uses_an_index(sqlite_database: Database, clock: FakeClock) -> None:
    with sqlite_database.reading() as tx:
        plan = tx.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id, agency, first_day FROM announcement"
            " WHERE settled_at IS NULL ORDER BY id LIMIT 1"
        ).all()
    assert "ix_announcement_unsettled" in str(plan)


def test_two_schedulers_at_once_move_each_dossier_once(
    office: Office, database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(office, 12)
    id_ = say(office, off(TUESDAY))
    monkeypatch.setattr(sweeping, "_alone", lambda database: nullcontext(True))
    with ThreadPoolExecutor(2) as schedulers:
        sweeps = [schedulers.submit(recalendar, database, clock, 3) for _ in range(2)]
        done = [sweep.result() for sweep in sweeps]
    assert sum(one.moved for one in done) == 12
    assert sum(one.failed for one in done) == 0
    assert kept(database, id_).moved == 12
    assert set(due_dates(database)) == {moment(AFTER)}
