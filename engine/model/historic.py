"""Results of before the office kept them as data: a line of a list, with the file that it names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.errors.vault import HistoricLineInvalid
from engine.model.document import FileFacts
from engine.model.searching import fold
from engine.model.vault import owner_key

COLUMNS = {
    "owner_name": "Họ tên",
    "personal_id": "Số định danh",
    "type": "Mã kết quả",
    "name": "Tên kết quả",
    "number": "Số",
    "issued_on": "Ngày cấp",
    "issued_by": "Cơ quan cấp",
    "valid_until": "Hết hiệu lực",
    "file": "Tệp",
}
"""What a list says of each result, by the headings of its columns; the last day may be missing."""
OPTIONAL = frozenset({"valid_until"})

_TYPE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MOST = {"owner_name": 200, "name": 300, "number": 100, "issued_by": 300, "file": 200}


@dataclass(frozen=True)
class HistoricLine:
    """A result as the list tells of it; `file` is the name of its file."""

    owner: str
    owner_name: str
    type: str
    name: str
    number: str
    issued_on: date
    issued_by: str
    valid_until: date | None
    file: str


@dataclass(frozen=True)
class HistoricResult:
    """A line with its file, which is in the store."""

    line: HistoricLine
    file: FileFacts


def headings(columns: list[str]) -> dict[str, str]:
    """Which of our columns each column of a list is; raises `HistoricLineInvalid` naming those
    that are missing."""
    known = {fold(heading): name for name, heading in COLUMNS.items()}
    found = {column: known[fold(column)] for column in columns if fold(column) in known}
    missing = COLUMNS.keys() - found.values() - OPTIONAL
    if missing:
        names = ", ".join(heading for name, heading in COLUMNS.items() if name in missing)
        raise HistoricLineInvalid(reason=f"danh sách thiếu cột {names}")
    return found


def read_line(said: Mapping[str, str], today: date) -> HistoricLine:
    """A line that makes sense; raises `HistoricLineInvalid` saying what does not."""
    texts = {name: said.get(name, "").strip() for name in COLUMNS}
    for name, most in _MOST.items():
        if not 0 < len(texts[name]) <= most:
            raise HistoricLineInvalid(reason=f"«{COLUMNS[name]}» phải có từ 1 đến {most} ký tự")
    owner = owner_key({"personal_id": texts["personal_id"]})
    if owner is None:
        raise HistoricLineInvalid(reason="số định danh phải là 12 chữ số (hoặc mã số tổ chức)")
    if not _TYPE.fullmatch(texts["type"]):
        raise HistoricLineInvalid(reason="mã kết quả không đúng, ví dụ KQ.G15.000031")
    issued_on, until = _day("ngày cấp", texts["issued_on"]), texts["valid_until"]
    if issued_on > today:
        raise HistoricLineInvalid(reason="ngày cấp ở tương lai")
    return HistoricLine(
        owner=owner,
        owner_name=texts["owner_name"],
        type=texts["type"],
        name=texts["name"],
        number=texts["number"],
        issued_on=issued_on,
        issued_by=texts["issued_by"],
        file=texts["file"],
        valid_until=_day("ngày hết hiệu lực", until) if until else None,
    )


def _day(what: str, text: str) -> date:
    match = _DAY.fullmatch(text)
    try:
        if match and match[1]:
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match:
            return date(int(match[4]), int(match[5]), int(match[6]))
    except ValueError:
        pass
    raise HistoricLineInvalid(reason=f"{what} «{text[:20]}» không đúng, hãy ghi như 06/07/2026")
