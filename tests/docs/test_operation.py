"""The page for operators: setting up, backing up, and reviving timers."""

import json
import re
import sqlite3
from pathlib import Path

from engine.store.database import Database
from engine.store.timers import dead_letters
from tests.docs.demonstration import Demonstration, run_bash
from tests.docs.pages import ROOT, Page

PAGE = Page("docs/operators.md")


def block(having: str) -> str:
    """The one block of bash that has a text."""
    (found,) = (code for code in PAGE.blocks("bash") if having in code)
    return found


def test_the_first_office_is_set_up(tmp_path: Path) -> None:
    lines = re.sub(r"(motcua users add .*)", r"\1 --password mat-khau-dai", block("agencies add"))
    run_bash(lines, tmp_path / "motcua.db", ROOT)
    said = run_bash("motcua agencies list --json", tmp_path / "motcua.db", tmp_path)
    units = {agency["code"]: len(agency["units"]) for agency in json.loads(said)}
    assert units == {"H40": 0, "H40.30.01": 4}


def test_a_backup_holds_everything(demo: Demonstration, tmp_path: Path) -> None:
    demo.copy_to(tmp_path / "motcua.db")
    run_bash(block("source.backup(copy)"), tmp_path / "motcua.db", tmp_path)
    said = run_bash(block("motcua migrate\nmotcua verify"), tmp_path / "backup.db", tmp_path)
    assert f"Đã kiểm chứng {len(demo.heads())} hồ sơ: tất cả nguyên vẹn." in said


def test_dead_timers_are_found_and_revived(demo: Demonstration, tmp_path: Path) -> None:
    finding, reviving = PAGE.blocks("sql")
    demo.copy_to(tmp_path / "motcua.db")
    connection = sqlite3.connect(tmp_path / "motcua.db")
    killing = "UPDATE timer SET next_attempt_at = NULL, attempts = 8, last_error = 'x'"
    killed = connection.execute(killing).rowcount
    assert killed > 0
    assert len(connection.execute(finding).fetchall()) == killed
    connection.executescript(reviving)
    connection.close()
    database = Database(f"sqlite:///{tmp_path / 'motcua.db'}")
    with database.reading() as tx:
        assert dead_letters(tx) == 0
    database.close()
