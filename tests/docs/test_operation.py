"""The page for operators: setting up, backing up, and reviving timers."""

import json
import re
import sqlite3
from pathlib import Path
from shutil import copytree

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
    for beside in (".files", ".trust"):
        copytree(demo.path.with_suffix(beside), tmp_path / f"backup{beside}")
    said = run_bash(block("motcua migrate\nmotcua verify"), tmp_path / "backup.db", tmp_path)
    assert f"Đã kiểm chứng {len(demo.heads())} hồ sơ: tất cả nguyên vẹn." in said


def test_dead_timers_are_found_and_revived(demo: Demonstration, tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    demo.copy_to(path)
    connection = sqlite3.connect(path)
    killing = "UPDATE timer SET next_attempt_at = NULL, attempts = 8, last_error = 'x'"
    killed = connection.execute(killing).rowcount
    connection.commit()
    connection.close()
    assert killed > 0
    finding, reviving = block("timers list"), block("timers rerun")
    found = run_bash(finding.rstrip("\n") + " --json", path, tmp_path)
    assert len(json.loads(found)) == killed
    assert run_bash(reviving, path, tmp_path) == f"Đã cho chạy lại {killed} hẹn giờ.\n"
    assert run_bash(finding, path, tmp_path) == "Không có hẹn giờ hỏng.\n"
