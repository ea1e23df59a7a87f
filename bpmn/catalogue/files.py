"""Files of procedures, whatever their form."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bpmn.catalogue.entry import Reading, Remark, Row
from bpmn.catalogue.lines import MOST_ROWS, read_lines
from bpmn.catalogue.rows import read_row
from bpmn.catalogue.sheets import content_of, read_csv, read_xlsx
from bpmn.catalogue.tables import NoTable, rows_of

_FORMS: dict[str, Callable[[Path], Iterator[Row]]] = {
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": lambda path: rows_of(read_csv(content_of(path))),
    ".xlsx": lambda path: rows_of(read_xlsx(content_of(path))),
}
FORMS = tuple(_FORMS)
_SAME = "Mã thủ tục có nhiều dòng giống hệt nhau; chỉ nhập dòng đầu."
_DIFFERENT = "Mã thủ tục có nhiều dòng ghi khác nhau; không biết dòng nào đúng."


def read_catalogue(paths: Iterable[Path]) -> list[Reading]:
    """Everything that the files say, in their order; raises `NoTable` for a file that is none.

    Of a code that comes twice with different words nobody knows which holds: both are left.
    """
    readings = [read_row(row) for path in paths for row in _rows(path)]
    doubles = _doubles(readings)
    return [_left(reading, doubles.get(id(reading))) for reading in readings]


def _doubles(readings: Iterable[Reading]) -> dict[int, str]:
    """Why readings are left that share their code with others, by identity."""
    by_code: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.code:
            by_code.setdefault(reading.code, []).append(reading)
    found: dict[int, str] = {}
    for first, *others in by_code.values():
        if all(other.row.values == first.row.values for other in others):
            found |= {id(other): _SAME for other in others}
        else:
            found |= {id(each): _DIFFERENT for each in (first, *others)}
    return found


def _left(reading: Reading, reason: str | None) -> Reading:
    if reason is None:
        return reading
    remark = Remark(reading.code, "code", reading.code, reason)
    return replace(reading, entry=None, standing=None, remarks=(*reading.remarks, remark))


def _rows(path: Path) -> Iterator[Row]:
    read = _FORMS.get(path.suffix.lower())
    if read is None:
        raise NoTable(f"Chỉ đọc được tệp {', '.join(FORMS)}.")
    for count, row in enumerate(read(path), 1):
        if count > MOST_ROWS:
            raise NoTable(f"Tệp có hơn {MOST_ROWS} dòng; hãy chia nhỏ.")
        yield replace(row, file=path.name)
