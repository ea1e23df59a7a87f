"""Files of JSON Lines: one procedure a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bpmn.catalogue.entry import Remark, Row
from bpmn.catalogue.texts import shown

MOST_ROWS = 100_000
LONGEST_ROW = 1_000_000
"""Bytes; the longest row of the national catalogue has a fiftieth of that."""


def read_lines(path: Path) -> Iterator[Row]:
    """The rows of a file; a line that cannot be read is a row with a remark."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_ROW + 1):
            number += 1
            if len(line) > LONGEST_ROW:
                _skip_line(file)
                yield _left(number, line[:200], f"Dòng dài hơn {LONGEST_ROW // 1_000_000} MB.")
            elif line.strip():
                yield _row(number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _skip_line(file: Any) -> None:
    while (rest := file.readline(LONGEST_ROW)) and not rest.endswith(b"\n"):
        pass


def _row(number: int, line: bytes) -> Row:
    try:
        value = json.loads(line.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        return _left(number, line, "Dòng không phải mã hóa UTF-8; hãy lưu lại tệp dạng UTF-8.")
    except (ValueError, RecursionError) as error:
        return _left(number, line, f"Dòng không phải JSON hợp lệ: {error}")
    if not isinstance(value, dict) or not value:
        return _left(number, line, "Dòng phải là một đối tượng JSON có các trường của thủ tục.")
    return Row(number, value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("có trường ghi hai lần")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} không phải là số")


def _left(number: int, line: bytes, reason: str) -> Row:
    text = shown(line[:400].decode(errors="replace"))
    return Row(number, {}, (Remark("", f"dòng {number}", text, reason),))
