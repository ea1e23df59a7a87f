"""`motcua try-procedures`: every procedure that is imported comes to its result."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("_MOST_STEPS", 1, "Hồ sơ không đến kết quả"),
        ("_PACE", timedelta(hours=3), "quá hạn"),
    ],
)
def test_what_goes_astray_is_named(
    bare_shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: object,
    said: str,
) -> None:
    monkeypatch.setattr(f"cli.trial.walk.{name}", value)
    hurried = write(tmp_path / "one.jsonl", row(channels=timed("1 Giờ")))
    ran = bare_shell("try-procedures", str(hurried))
    assert ran.code == 1
    assert "1.999001: " in ran.out
    assert said in ran.out


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
