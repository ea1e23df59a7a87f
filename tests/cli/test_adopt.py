"""`motcua adopt`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

FOREIGN = Path(__file__).parents[1] / "foreign"


def test_a_folder_is_written_with_what_is_open(bare_shell: Shell, tmp_path: Path) -> None:
    into = tmp_path / "new"
    words = ("adopt", str(FOREIGN / "camunda_7.bpmn"), "--code", "9.000077", "--into", str(into))
    said = bare_shell(*words, "--name", "Xác nhận đơn", "--json").json
    assert {each["kind"] for each in said["remarks"]} == {"open", "changed", "dropped"}
    assert 'id="p_9_000077"' in (into / "procedure.bpmn").read_text(encoding="utf-8")
    assert "sign «Ký xác nhận» (dòng 41)" in (into / "can-hoan-thien.md").read_text()
    again = bare_shell(*words)
    assert (again.code, "thư mục mới" in again.err) == (2, True)
    lint = bare_shell("lint", str(into))
    assert (lint.code, "Thiếu thông tin này của thủ tục" in lint.out) == (1, True)


@pytest.mark.parametrize(
    ("file", "more", "said"),
    [
        ("camunda_7.bpmn", ("--code", "../x"), "không phải mã thủ tục"),
        ("camunda_7.bpmn", ("--code", "9.1", "--process", "none"), "Không có quy trình «none»"),
        ("nothing.bpmn", ("--code", "9.1"), "Không đọc được tệp"),
    ],
)
def test_what_makes_no_sense_writes_nothing(
    bare_shell: Shell, tmp_path: Path, file: str, more: tuple[str, ...], said: str
) -> None:
    ran = bare_shell("adopt", str(FOREIGN / file), *more, "--into", str(tmp_path / "new"))
    assert (ran.code, said in ran.err) == (2, True)
    assert not list(tmp_path.iterdir())
