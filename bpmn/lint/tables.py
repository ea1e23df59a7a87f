"""Decision tables: every case has a row, every cell can be computed.

SpiffWorkflow answers nothing at all when no row matches, and the first of several matches even
where the policy says UNIQUE; so no table may leave a case out, nor a UNIQUE one have overlaps.
"""

from collections.abc import Iterator
from itertools import combinations, product

from bpmn.decisions import ANY, ASKED, DecisionTable, Row, condition
from bpmn.fees import is_fee_table
from bpmn.findings import Finding
from bpmn.lint.references import Fields, known_facts, unknown_names
from bpmn.procedure import Procedure

MOST_BOOLEANS = 10
"""Inputs of which every combination is looked at; tables with more need a default row."""


def tables(procedure: Procedure) -> Iterator[Finding]:
    """Findings about the decision tables that the procedure uses."""
    known = {**known_facts(procedure), ASKED: None}
    for table in procedure.diagram.decisions.values():
        yield from _rows(table)
        yield from _cells(table, known)


def _rows(table: DecisionTable) -> Iterator[Finding]:
    file = f"{table.id}.dmn"
    if table.hit_policy not in {"FIRST", "UNIQUE"}:
        yield Finding(file, table.id, "Chính sách chọn dòng phải là FIRST hoặc UNIQUE.")
    if is_fee_table(table):
        return  # every case is tried out (`bpmn.lint.fees`)
    if not _complete(table):
        message = "Có trường hợp không dòng nào nói tới; hãy thêm dòng mặc định (mọi ô là «-»)."
        yield Finding(file, table.id, message)
    if table.hit_policy == "UNIQUE":
        for (one, first), (other, second) in combinations(enumerate(table.rows, start=1), 2):
            if _overlap(first, second):
                message = f"Dòng {one} và dòng {other} cùng đúng trong một trường hợp."
                yield Finding(file, table.id, message)


def _complete(table: DecisionTable) -> bool:
    if any(set(row.inputs) <= {ANY} for row in table.rows):
        return True
    if not all(table.booleans) or len(table.inputs) > MOST_BOOLEANS:
        return False
    cases = product(("True", "False"), repeat=len(table.inputs))
    return all(any(_overlap(row, Row(case, ())) for row in table.rows) for case in cases)


def _overlap(first: Row, second: Row) -> bool:
    """Whether two rows surely meet: each pair of cells is the same, or one takes anything."""
    pairs = zip(first.inputs, second.inputs, strict=True)
    return all(one == other or ANY in (one, other) for one, other in pairs)


def _cells(table: DecisionTable, known: Fields) -> Iterator[Finding]:
    file = f"{table.id}.dmn"
    for expression in table.inputs:
        yield from unknown_names(file, table.id, expression, known)
    for number, row in enumerate(table.rows, start=1):
        conditions = [condition(cell, "0") for cell in row.inputs if cell != ANY]
        for expression in (*conditions, *row.outputs):
            yield from unknown_names(file, f"{table.id}, dòng {number}", expression, known)
