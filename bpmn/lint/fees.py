"""Fee tables: one shape; every case that makes a difference has a row, and the row says whole
đồng with a legal ground.

The cases are tried out one by one: each input takes the values that the cells tell apart.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from bpmn.decisions import DecisionTable, Row, fits, outputs
from bpmn.expressions import ExpressionError, evaluate, names_in
from bpmn.fees import GROUND, MONEY, RELIEF, amounts, is_fee_table
from bpmn.findings import Finding
from bpmn.lint.values import values_of
from bpmn.procedure import Procedure

MOST_CASES = 20_000
_FACT = re.compile(r"[a-z]\w*\.[a-z]\w*")
Case = Mapping[str, Any]


def fees(procedure: Procedure) -> Iterator[Finding]:
    """Findings about the tables that say what is to be paid."""
    for name, table in procedure.diagram.decisions.items():
        if is_fee_table(table):
            yield from _shape(table) or _tried(table, procedure)
        elif name == "fee" or "amount" in table.outputs:
            columns = ", ".join((*MONEY, GROUND, RELIEF))
            message = f"Bảng mức thu phải có các cột kết quả {columns} (ít nhất một cột tiền)."
            yield Finding(f"{table.id}.dmn", table.id, message)


def _shape(table: DecisionTable) -> list[Finding]:
    file = f"{table.id}.dmn"
    missing = [column for column in (GROUND, RELIEF) if column not in table.outputs]
    found = [Finding(file, table.id, f"Bảng mức thu thiếu cột «{each}».") for each in missing]
    for expression in table.inputs:
        if not _FACT.fullmatch(expression):
            message = (
                f"Cột hỏi của bảng mức thu phải là một trường dữ liệu, không phải «{expression}»."
            )
            found.append(Finding(file, table.id, message))
    return found


def _tried(table: DecisionTable, procedure: Procedure) -> Iterator[Finding]:
    file = f"{table.id}.dmn"
    try:
        values = _values(table, procedure)
        if _size(values) > MOST_CASES:
            message = f"Bảng mức thu có quá {MOST_CASES} trường hợp để kiểm tra; hãy chia nhỏ bảng."
            yield Finding(file, table.id, message)
            return
        cases = (dict(zip(values, case, strict=True)) for case in product(*values.values()))
        found = (_case(table, file, case) for case in cases)
        yield from {finding.element: finding for finding in found if finding}.values()
    except ExpressionError:
        return  # said of the cell itself


def _values(table: DecisionTable, procedure: Procedure) -> dict[str, list[Any]]:
    cells: dict[str, list[str]] = {fact: [] for fact in _read(table)}
    for row in table.rows:
        for fact, cell in zip(table.inputs, row.inputs, strict=True):
            cells[fact].append(cell)
    return {fact: values_of(fact, said, procedure) for fact, said in cells.items()}


def _read(table: DecisionTable) -> Iterator[str]:
    """The facts that the table asks for, then those that its outputs compute with."""
    yield from table.inputs
    for row in table.rows:
        for cell in filter(None, row.outputs):
            yield from (f"{owner}.{field}" for owner, field in names_in(cell) if field)


def _size(values: Mapping[str, list[Any]]) -> int:
    size = 1
    for each in values.values():
        size *= len(each)
    return size


def _case(table: DecisionTable, file: str, case: Case) -> Finding | None:
    facts = _facts(case)

    def found(cell: str, more: Mapping[str, Any]) -> Any:
        return evaluate(cell, {**facts, **more})

    rows = [n for n, row in enumerate(table.rows, start=1) if fits(table, row, found)]
    if not rows:
        return Finding(file, table.id, f"Không dòng nào nói tới trường hợp: {_words(case, table)}.")
    if len(rows) > 1 and table.hit_policy == "UNIQUE":
        message = f"Dòng {rows[0]} và dòng {rows[1]} cùng đúng khi: {_words(case, table)}."
        return Finding(file, table.id, message)
    problem = _problem(table, table.rows[rows[0] - 1], found)
    return Finding(file, f"{table.id}, dòng {rows[0]}", problem) if problem else None


def _problem(table: DecisionTable, row: Row, found: Any) -> str | None:
    try:
        said = outputs(table, row, found)
        money = amounts(said)
    except ExpressionError as error:
        return str(error)
    except ValueError as error:
        return f"Mức thu chưa đúng: {error}."
    if not _is_text(said[GROUND]):
        return "Mức thu phải có căn cứ pháp lý (cột ground)."
    if not any(money.values()) and not _is_text(said[RELIEF]):
        return "Không thu đồng nào thì phải ghi căn cứ miễn (cột relief)."
    return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _facts(case: Case) -> dict[str, dict[str, Any]]:
    facts: dict[str, dict[str, Any]] = {}
    for fact, value in case.items():
        owner, _, field = fact.partition(".")
        facts.setdefault(owner, {})[field] = value
    return facts


def _words(case: Case, table: DecisionTable) -> str:
    asked = dict(zip(table.inputs, table.asks, strict=True))
    return ", ".join(f"{asked[fact]} = {case[fact]!r}" for fact in table.inputs)
