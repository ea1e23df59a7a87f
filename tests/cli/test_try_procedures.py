"""`motcua try-procedures`: every procedure that is imported comes to its result."""

import os
from pathlib import Path

import pytest

from cli.trial.walk import Walk
from engine.store.database import Database
from tests.catalogue import SAMPLE, row, timed, write
from tests.cli.conftest import Shell

CATALOGUE = "MOTCUA_CATALOGUE"
"""Environment variable: a folder with whole catalogues, for the soak test."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """One procedure of each kind: free, with a fee, with one to be asked for, hurried, together."""
    rows = [
        row("1.999001"),
        row("1.999002", channels=timed("3 Ngày", fee="50,000 VNĐ"), levels=["Cấp bộ"]),
        row("1.999003", channels=timed("1 Giờ", fee="2.000 đồng/trang"), levels=["Cấp tỉnh"]),
        row("1.999004", coordinating="Bộ Công an", levels=["Cơ quan khác", "Cấp tỉnh"]),
        row("1.999005", channels=timed("1")),
    ]
    return write(tmp_path / "small.jsonl", *rows)


def test_every_kind_comes_to_its_result(database: Database, bare_shell: Shell, small: Path) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    ran = bare_shell("try-procedures", str(small), "--json", "--database", url)
    assert (ran.code, ran.json["failures"]) == (0, [])
    assert (ran.json["rows"], ran.json["imported"], ran.json["delivered"]) == (5, 4, 4)
    assert ran.json["rate"] == 100


def test_what_goes_astray_is_named(
    bare_shell: Shell, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.trial.walk._MOST_STEPS", 2)
    ran = bare_shell("try-procedures", str(small))
    assert ran.code == 1
    assert "1.999001: Hồ sơ không đến kết quả" in ran.out
    assert "đang ở" in ran.out


def test_what_is_late_is_named(
    bare_shell: Shell, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.trial.walk._PACE", Walk.lead.__globals__["_PACE"] * 50)
    ran = bare_shell("try-procedures", str(small))
    assert ran.code == 1
    assert "1.999003" in ran.out


@pytest.mark.soak
def test_the_sample_comes_to_its_results(bare_shell: Shell) -> None:
    ran = bare_shell("try-procedures", str(SAMPLE), "--json")
    assert (ran.code, ran.json["failures"]) == (0, [])


@pytest.mark.soak
@pytest.mark.skipif(CATALOGUE not in os.environ, reason=f"{CATALOGUE} names no folder")
def test_whole_catalogues_come_to_their_results(bare_shell: Shell) -> None:
    files = sorted(Path(os.environ[CATALOGUE]).glob("*.jsonl"))
    ran = bare_shell("try-procedures", *map(str, files), "--json")
    assert (ran.code, ran.json["failures"]) == (0, [])
    assert ran.json["imported"] > 0
