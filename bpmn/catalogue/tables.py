"""Catalogues as tables: one procedure takes one line, or several that tell more of it.

Further lines repeat the code or leave it empty; each may add a channel, a paper and a result.
Cells of lists hold JSON as the national catalogue has it, or texts between semicolons.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bpmn.catalogue.entry import Remark, Row
from bpmn.catalogue.rows import FIELDS
from bpmn.catalogue.texts import shown

Line = tuple[int, Sequence[Any]]
"""Number and cells."""

_NAMES = {
    "mã thủ tục": "code", "mã tthc": "code", "mã": "code",
    "tên thủ tục": "name", "tên tthc": "name", "tên": "name",
    "số quyết định": "decision", "quyết định": "decision", "quyết định công bố": "decision",
    "cấp thực hiện": "levels", "cấp": "levels", "level": "levels",
    "lĩnh vực": "field",
    "đối tượng": "applicants", "đối tượng thực hiện": "applicants",
    "cơ quan phối hợp": "coordinating",
    "tình trạng": "state", "trạng thái": "state",
    "hình thức nộp": "channel", "cách thức thực hiện": "channel",
    "thời hạn": "time", "thời hạn giải quyết": "time",
    "phí, lệ phí": "fee", "phí": "fee", "lệ phí": "fee",
    "giấy tờ": "paper", "tên giấy tờ": "paper", "thành phần hồ sơ": "paper",
    "bản chính": "originals", "số bản chính": "originals",
    "bản sao": "copies", "số bản sao": "copies",
    "kết quả": "result", "kết quả thực hiện": "result",
    "mã kết quả": "result_code",
}  # fmt: skip
_PARTS = {
    "channels": {"channel": "channel", "time": "time", "fee": "fee"},
    "papers": {"name": "paper", "originals": "originals", "copies": "copies"},
    "results": {"name": "result", "code": "result_code"},
}
"""Lists that lines add to: key in the list → column."""
_COLUMNS = frozenset(FIELDS) | {column for part in _PARTS.values() for column in part.values()}
_TEXT_LISTS = ("levels", "applicants")
_WHOLE = ("code", "name", "decision", "field", "coordinating", "state")


class NoTable(ValueError):
    """A file that is no table of procedures; the message says why."""


def rows_of(lines: Iterable[Line]) -> Iterator[Row]:
    """The procedures of a table whose first line names the columns; raises `NoTable`."""
    remaining = iter(lines)
    _, names = next(remaining, (0, ()))
    columns = _columns(names)
    group: list[tuple[int, dict[str, Any]]] = []
    for number, cells in remaining:
        if not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        values = _values(columns, cells)
        if group and values.get("code") not in (None, group[0][1].get("code")):
            yield _procedure(group)
            group = []
        group.append((number, values))
    if group:
        yield _procedure(group)


def _columns(names: Sequence[Any]) -> list[str]:
    written = [" ".join(str(name or "").split()) for name in names]
    columns = [_NAMES.get(name.casefold(), name) for name in written]
    known = [column for column in columns if column in _COLUMNS]
    if not {"code", "name"} <= set(known):
        raise NoTable("Dòng đầu phải là tên cột, trong đó có «Mã thủ tục» và «Tên thủ tục».")
    if len(set(known)) != len(known):
        raise NoTable("Có hai cột cùng tên.")
    return columns


def _values(columns: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """What a line says, by column; empty cells say nothing."""
    found = {}
    for place, cell in enumerate(cells):
        name = columns[place] if place < len(columns) and columns[place] else f"cột {place + 1}"
        value = cell.strip() if isinstance(cell, str) else cell
        if value not in (None, ""):
            found[name] = value
    return found


def _procedure(group: Sequence[tuple[int, Mapping[str, Any]]]) -> Row:
    number, first = group[0]
    code = first.get("code")
    code = code if isinstance(code, str) else ""
    values: dict[str, Any] = {name: first[name] for name in first if name not in _COLUMNS}
    values |= {name: first[name] for name in _WHOLE if name in first}
    values |= {name: _texts(first[name]) for name in _TEXT_LISTS if name in first}
    remarks = [Remark(code, *said) for line in group[1:] for said in _contradictions(first, line)]
    for name, keys in _PARTS.items():
        try:
            values[name] = [item for _, line in group for item in _items(line, name, keys)]
        except ValueError as error:
            remarks.append(Remark(code, name, shown(first.get(name)), str(error)))
    return Row(number, values, tuple(remarks))


def _contradictions(
    first: Mapping[str, Any], line: tuple[int, Mapping[str, Any]]
) -> Iterator[tuple[str, str, str]]:
    number, values = line
    for name in (*_WHOLE, *_TEXT_LISTS):
        if name in values and values[name] != first.get(name):
            reason = f"Dòng {number} ghi khác dòng đầu của thủ tục này; giữ dòng đầu."
            yield name, shown(values[name]), reason


def _texts(cell: Any) -> list[Any]:
    text = str(cell)
    if text.startswith("["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, list):
            return value
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _items(line: Mapping[str, Any], name: str, keys: Mapping[str, str]) -> Iterator[Any]:
    """What a line adds to a list: all of it as JSON, or one item from columns of its own."""
    if name in line:
        yield from _listed(line[name])
    item = {key: _cell(line[column]) for key, column in keys.items() if column in line}
    if item:
        yield item


def _listed(cell: Any) -> list[Any]:
    try:
        value = json.loads(str(cell))
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, list):
        return value
    raise ValueError("Ô này phải là danh sách JSON, ví dụ: [{…}].")


def _cell(value: Any) -> Any:
    """A whole number written as text is one: a CSV file knows nothing else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value
