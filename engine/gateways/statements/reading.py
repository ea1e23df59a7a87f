"""The lines of a statement. A file of which one line cannot be read is refused whole: of money
nothing is guessed and nothing left out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from bpmn.catalogue.sheets import read_csv, read_xlsx
from bpmn.catalogue.tables import Line, NoTable
from engine.deadlines.calendar import VIETNAM
from engine.errors.statements import StatementLineUnreadable, StatementUnreadable
from engine.gateways.statements.formats import Format
from engine.model.plain_text import plain

MOST_LINES = 100_000
MOST_ABOVE = 60
"""So many lines may stand above the headings."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3}(?:\1[0-9]{3})*)?|[+-]?[0-9]+")
_CENTS = re.compile(r"[.,]0{1,2}$")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class StatementLine:
    """One movement of money: `amount` in đồng, negative where it went out; `order` our reference
    of an attempt, `repeat` which of several lines it is that are alike in everything."""

    number: int
    reference: str
    at: datetime
    amount: int
    text: str
    order: str = ""
    repeat: int = 0

    @property
    def digest(self) -> str:
        """Stands for the line in whichever file it comes."""
        said = (self.reference, self.at.isoformat(), self.amount, self.order, self.repeat)
        unnamed = () if self.reference else (self.text,)
        return sha256(repr((*said, *unnamed)).encode()).hexdigest()


def read_statement(content: bytes, form: Format) -> list[StatementLine]:
    """Every line of a file in CSV or XLSX.

    Raises `StatementUnreadable` and `StatementLineUnreadable`, which names the line.
    """
    try:
        lines = read_xlsx(content) if content.startswith(_ZIP) else read_csv(content)
        columns, rest = _below_headings(lines, form)
        found = list(_lines(rest, columns, form))
    except NoTable as error:
        raise StatementUnreadable(reason=str(error)) from error
    if not found:
        raise StatementUnreadable(reason="Không có dòng giao dịch nào.")
    return found


def _below_headings(
    lines: Iterator[Line], form: Format
) -> tuple[Mapping[str, int], Iterator[Line]]:
    """Where each column stands, and what follows the headings."""
    for number, cells in lines:
        columns = _columns(cells, form)
        if {"reference", "at"} <= set(columns) and {"credit", "amount"} & set(columns):
            return columns, lines
        if number > MOST_ABOVE:
            break
    raise StatementUnreadable(reason="Không tìm thấy dòng tên cột của mẫu đã chọn.")


def _columns(cells: Sequence[Any], form: Format) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = form.columns.get(plain(str(cell or "")))
        if column and column not in found:
            found[column] = place
    return found


def _lines(
    lines: Iterator[Line], columns: Mapping[str, int], form: Format
) -> Iterator[StatementLine]:
    seen: Counter[str] = Counter()
    for number, cells in lines:
        said = [cell for cell in cells if cell is not None and str(cell).strip()]
        if not said:
            continue
        if plain(str(said[0])).startswith(form.ends or ("\0",)):
            return
        if sum(seen.values()) >= MOST_LINES:
            raise StatementUnreadable(reason=f"Tệp có hơn {MOST_LINES} dòng; hãy chia nhỏ.")
        yield _counted(_line(number, cells, columns, form), seen)


def _counted(line: StatementLine, seen: Counter[str]) -> StatementLine:
    repeat = seen[line.digest]
    seen[line.digest] += 1
    return StatementLine(**{**vars(line), "repeat": repeat})


def _line(
    number: int, cells: Sequence[Any], columns: Mapping[str, int], form: Format
) -> StatementLine:
    def cell(name: str) -> Any:
        place = columns.get(name)
        return cells[place] if place is not None and place < len(cells) else None

    try:
        return StatementLine(
            number,
            _text(cell("reference"), 100),
            _moment(cell("at"), form),
            _amount(cell("amount"), cell("credit"), cell("debit")),
            _text(cell("text"), 1_000),
            _text(cell("order"), 100),
        )
    except ValueError as error:
        raise StatementLineUnreadable(line=number, reason=str(error)) from error


def _text(cell: Any, most: int) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell if cell is not None else "").split())
    if len(text) > most or not text.isprintable():
        raise ValueError("ô chữ quá dài hoặc có ký tự hỏng")
    return text


def _moment(cell: Any, form: Format) -> datetime:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=VIETNAM)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), VIETNAM)
    text = _text(cell, 40)
    for written in form.moments:
        try:
            return datetime.strptime(text, written).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    raise ValueError(f"không đọc được ngày giờ «{text}»")


def _amount(signed: Any, credit: Any, debit: Any) -> int:
    """What moved: money that came in less money that went out; never nothing, never both."""
    amounts = [_dong(signed), abs(_dong(credit)), -abs(_dong(debit))]
    moved = [amount for amount in amounts if amount]
    if len(moved) != 1:
        raise ValueError("phải có đúng một số tiền khác 0")
    return moved[0]


def _dong(cell: Any) -> int:
    if cell is None or isinstance(cell, bool):
        return 0
    if isinstance(cell, int | float):
        if cell != int(cell):
            raise ValueError(f"số tiền «{cell}» không phải số đồng nguyên")
        return int(cell)
    return _written(str(cell).upper().replace("VND", "").replace("Đ", "").replace("₫", ""))


def _written(text: str) -> int:
    bare = "".join(text.split())
    if bare in ("", "-"):
        return 0
    whole = bare if _NUMBER.fullmatch(bare) else _CENTS.sub("", bare)
    if not _NUMBER.fullmatch(whole):
        raise ValueError(f"không đọc được số tiền «{bare[:40]}»")
    return int(whole.replace(".", "").replace(",", ""))
