"""Decision tables: every case has a row, every cell can be computed and is taken as it reads.

The engine answers nothing at all when no row matches, and the first of several matches; so no
table may leave a case out, nor a UNIQUE one have rows that share a case.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from bpmn.decisions import ANY, ASKED, DecisionTable, Row, condition
from bpmn.fees import is_fee_table
from bpmn.findings import Finding
from bpmn.lint.cells import strange, told_apart
from bpmn.lint.coverage import Coverage, TooManyCases
from bpmn.lint.references import Fields, known_facts, unknown_names
from bpmn.lint.values import is_whole, offered
from bpmn.procedure import Procedure

MOST_ROWS = 500
_DEFAULT = "Có trường hợp không dòng nào nói tới; hãy thêm dòng mặc định (mọi ô là «-»)."


def tables(procedure: Procedure) -> Iterator[Finding]:
    """Findings about the decision tables that the procedure uses."""
    known = {**known_facts(procedure), ASKED: None}
    for table in procedure.diagram.decisions.values():
        yield from _rows(table, procedure)
        yield from _cells(table, known)


def _rows(table: DecisionTable, procedure: Procedure) -> Iterator[Finding]:
    file = f"{table.id}.dmn"
    if table.hit_policy not in {"FIRST", "UNIQUE"}:
        yield Finding(file, table.id, "Chính sách chọn dòng phải là FIRST hoặc UNIQUE.")
    if len(table.rows) > MOST_ROWS:
        yield Finding(file, table.id, f"Bảng có quá {MOST_ROWS} dòng; hãy chia nhỏ bảng.")
    elif not is_fee_table(table):  # of which every case is tried out (`bpmn.lint.fees`)
        values = [_told_apart(table, column, procedure) for column in range(len(table.inputs))]
        messages = _exact(table, values) if all(values) else _sure(table)
        yield from (Finding(file, table.id, message) for message in messages)


def _exact(table: DecisionTable, values: list[Any]) -> Iterator[str]:
    """What is said with the values of the case, where every cell is a comparison."""
    coverage = Coverage([row.inputs for row in table.rows], values)
    try:
        gap = coverage.gap()
    except TooManyCases:
        yield _DEFAULT
    else:
        if gap is not None:
            yield f"Không dòng nào nói tới trường hợp: {_words(table, gap)}."
    shared = coverage.shared() if table.hit_policy == "UNIQUE" else None
    if shared is not None:
        first, second, case = shared
        yield f"Dòng {first} và dòng {second} cùng đúng khi: {_words(table, case)}."


def _sure(table: DecisionTable) -> Iterator[str]:
    """What is sure where cells compute with other facts: nobody can name every case."""
    if not any(set(row.inputs) <= {ANY} for row in table.rows):
        yield _DEFAULT
    if table.hit_policy == "UNIQUE":
        for (one, first), (other, second) in combinations(enumerate(table.rows, start=1), 2):
            if _overlap(first, second):
                yield f"Dòng {one} và dòng {other} cùng đúng trong một trường hợp."


def _told_apart(table: DecisionTable, column: int, procedure: Procedure) -> list[Any] | None:
    fact, cells = table.inputs[column], [row.inputs[column] for row in table.rows]
    choices = offered(fact, procedure)
    if choices:
        return choices if told_apart(cells, boolean=False, whole=False) is not None else None
    return told_apart(cells, boolean=table.booleans[column], whole=is_whole(fact, procedure))


def _words(table: DecisionTable, case: tuple[Any, ...]) -> str:
    return ", ".join(f"{ask} = {value!r}" for ask, value in zip(table.asks, case, strict=True))


def _overlap(first: Row, second: Row) -> bool:
    """Whether two rows surely meet: each pair of cells is the same, or one takes anything."""
    pairs = zip(first.inputs, second.inputs, strict=True)
    return all(one == other or ANY in (one, other) for one, other in pairs)


def _cells(table: DecisionTable, known: Fields) -> Iterator[Finding]:
    file = f"{table.id}.dmn"
    for expression in table.inputs:
        yield from unknown_names(file, table.id, expression, known)
    for number, row in enumerate(table.rows, start=1):
        for why in filter(None, map(strange, row.inputs)):
            yield Finding(file, f"{table.id}, dòng {number}", why)
        conditions = [condition(cell, "0") for cell in row.inputs if cell != ANY]
        for expression in (*conditions, *row.outputs):
            yield from unknown_names(file, f"{table.id}, dòng {number}", expression, known)
