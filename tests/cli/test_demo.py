"""`motcua demo`: the example office."""

import re
import shlex
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bpmn.roles import Role
from cli.demo.command import PASSWORD
from cli.demo.fill import Scale, fill
from cli.demo.office import MEMBERS
from cli.demo.words import in_words
from engine.model.event import EventType
from engine.model.status import Channel, Status
from engine.settings import Settings
from engine.store.database import Database
from engine.store.tables import dossier, event, event_payload
from engine.verification import all_codes, count_dossiers, verify_dossier
from tests.cli.conftest import Shell
from tests.clock import VIETNAM
from tests.conftest import Fresh
from tests.databases import EMPTY

SMALL = ("demo", "--no-serve", "--finished", "12", "--open", "12")
NOWS = ["2026-07-08 10:20", "2026-02-18 12:00", "2026-11-23 06:59"]
"""A working day, the middle of Tết, and before opening on a Monday."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Files lie in the folder of the test."""
    return Settings(storage_url=(tmp_path / "tep").as_uri())


def spread(database: Database, *columns: Any) -> Counter[Any]:
    """How many dossiers have each value."""
    with database.reading() as tx:
        return Counter(tx.execute(select(*columns).select_from(dossier)).scalars())


def acts(database: Database) -> list[tuple[Any, ...]]:
    """Everything that was done, in order of dossiers."""
    query = (
        select(event.c.dossier_id, event.c.seq, event.c.type, event.c.at, event_payload.c.body)
        .outerjoin(
            event_payload,
            (event_payload.c.dossier_id == event.c.dossier_id)
            & (event_payload.c.seq == event.c.seq),
        )
        .order_by(event.c.dossier_id, event.c.seq)
    )
    with database.reading() as tx:
        return [tuple(row) for row in tx.execute(query)]


def test_it_fills_an_empty_database_once(database: Database, shell: Shell) -> None:
    first = shell(*SMALL)
    assert first.code == 0
    for member in MEMBERS:
        assert member.username in first.out
    assert PASSWORD in first.out
    (told,) = re.findall(r"export MOTCUA_TRUST_ROOTS=(\S+)", first.out)
    assert {file.suffix for file in Path(shlex.split(told)[0]).iterdir()} == {".pem", ".crl"}
    assert "motcua serve --port " in first.out
    assert count_dossiers(database) == 24
    assert shell(*SMALL).code == 0
    assert count_dossiers(database) == 24
    assert shell("verify").code == 0


@pytest.mark.parametrize("now", NOWS)
def test_it_has_every_status_and_ends_when_it_should(
    database: Database, settings: Settings, now: str
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=VIETNAM)
    fill(database, "x", settings, moment, Scale(finished=12, open=12))
    assert set(spread(database, dossier.c.status)) == set(Status)
    assert spread(database, dossier.c.outcome)[None] == 12
    assert set(spread(database, dossier.c.channel)) == set(Channel)
    assert len(spread(database, dossier.c.procedure)) > 5
    with database.reading() as tx:
        assert [verify_dossier(tx, code) for code in all_codes(database)] == [None] * 24
        latest = tx.execute(select(func.max(event.c.at))).scalar_one()
        types = set(tx.execute(select(event.c.type).distinct()).scalars())
    assert latest <= moment
    assert types >= {EventType.TIMER_FIRED, EventType.TASK_OVERDUE, EventType.TASK_CLAIMED}


def test_the_same_seed_and_moment_give_the_same_lives(
    fresh_database: Fresh, settings: Settings
) -> None:
    moment = datetime.fromisoformat(NOWS[0]).replace(tzinfo=VIETNAM)
    lives = []
    for seed in (1, 1, 2):
        with fresh_database(EMPTY) as database:
            fill(database, "x", settings, moment, Scale(finished=6, open=6, seed=seed))
            lives.append(acts(database))
    assert lives[0] == lives[1]
    assert lives[0] != lives[2]


def test_every_role_is_there() -> None:
    assert {member.role for member in MEMBERS} == set(Role)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 25), "Ngày hai mươi lăm tháng chín năm hai nghìn không trăm hai mươi sáu"),
        (date(2005, 1, 15), "Ngày mười lăm tháng một năm hai nghìn không trăm linh năm"),
        (date(2021, 10, 31), "Ngày ba mươi mốt tháng mười năm hai nghìn không trăm hai mươi mốt"),
        (date(1999, 12, 4), "Ngày bốn tháng mười hai năm một nghìn chín trăm chín mươi chín"),
    ],
)
def test_dates_in_words(day: date, words: str) -> None:
    assert in_words(day) == words
