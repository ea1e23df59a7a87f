"""`motcua import-procedures`."""

import csv
from pathlib import Path

import pytest

from engine.store.database import Database
from tests.catalogue import SAMPLE, row, timed, write
from tests.cli.conftest import Shell

KEYS = {"rows", "imported", "unchanged", "left"}


def test_the_sample_is_imported_once(database: Database, shell: Shell) -> None:
    rows = len(SAMPLE.read_text(encoding="utf-8").splitlines())
    trial = shell("import-procedures", str(SAMPLE), "--dry-run", "--json")
    first = shell("import-procedures", str(SAMPLE), "--json")
    again = shell("import-procedures", str(SAMPLE), "--json")
    assert trial.json == first.json
    assert set(first.json) == KEYS
    assert (first.code, first.json["rows"], first.json["unchanged"]) == (0, rows, 0)
    imported = first.json["imported"]
    assert again.json == {**first.json, "imported": 0, "unchanged": imported}
    assert all(set(each) == {"code", "field", "text", "reason"} for each in first.json["left"])
    left_whole = {each["code"] for each in first.json["left"] if each["field"] == "time"}
    assert imported == rows - len(left_whole)


def test_people_read_what_happened(database: Database, shell: Shell, tmp_path: Path) -> None:
    first = write(tmp_path / "a.jsonl", row(), row("1.999002", channels=timed("1")))
    left = tmp_path / "left.csv"
    said = shell("import-procedures", str(first), "--left", str(left)).out
    assert "1.999002 · time · «1»: Chỉ có số" in said
    assert "Đã công bố" in said
    with left.open(encoding="utf-8-sig", newline="") as file:
        _, line = csv.reader(file)
    assert line[:3] == ["1.999002", "time", "1"]
    newer = write(tmp_path / "b.jsonl", row(channels=timed("7 Ngày")))
    options = ("--source", "a", "--effective-from", "31/12/2099")
    said = shell("import-procedures", str(newer), *options).out
    assert "Áp dụng từ 31/12/2099" in said
    assert "sửa đổi" in said
    assert "Chỉ xem thử" in shell("import-procedures", str(newer), "--dry-run").out


def test_a_spreadsheet_cannot_be_made_to_compute(
    database: Database, shell: Shell, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.jsonl", row(channels=timed("=HYPERLINK(1)")))
    shell("import-procedures", str(file), "--left", str(tmp_path / "left.csv"))
    assert "'=HYPERLINK(1)" in (tmp_path / "left.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["none.jsonl"], "Không đọc được"),
        (["a.pdf"], "Chỉ đọc được"),
        (["a.jsonl", "b/a.jsonl"], "cùng tên"),
        (["b"], "Chỉ đọc được"),
    ],
)
def test_what_is_no_catalogue_is_refused(
    database: Database, shell: Shell, tmp_path: Path, files: list[str], said: str
) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.jsonl", "b/a.jsonl"):
        write(tmp_path / name, row())
    ran = shell("import-procedures", *(str(tmp_path / name) for name in files))
    assert ran.code == 2
    assert said in ran.err
