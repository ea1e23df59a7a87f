"""Gaps and shared cases of tables, exactly: against trying every value out."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.lint.cells import OTHER, fits, strange, told_apart
from bpmn.lint.coverage import Coverage

NUMBERS = st.integers(0, 3)
NUMBER_CELLS = st.one_of(
    st.just("-"),
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS),
    st.builds("{}".format, NUMBERS),
    st.builds("{} < ? <= {}".format, NUMBERS, NUMBERS),
    st.builds("in [{}, {}]".format, NUMBERS, NUMBERS),
    st.builds("? < {} or not ? <= {}".format, NUMBERS, NUMBERS),
)
TEXT_CELLS = st.sampled_from(["-", '"a"', '"b"', '!= "a"', 'in ["a", "b"]', 'not in ["b"]'])
DAY_CELLS = st.sampled_from(
    [
        "-",
        '< "2026-07-01"',
        '>= "2026-07-01"',
        '== "2026-07-02"',
        '"2026-07-01" <= ? < "2026-08-01"',
    ]
)
DAYS = ["2026-06-30", "2026-07-01", "2026-07-02", "2026-07-03", "2026-07-31", "2026-08-01"]
YES_CELLS = st.sampled_from(["-", "True", "False", "!= True"])
COLUMNS: dict[str, tuple[Any, list[Any]]] = {
    "number": (NUMBER_CELLS, [n / 2 for n in range(-1, 9)]),
    "whole": (NUMBER_CELLS, list(range(-1, 6))),
    "text": (TEXT_CELLS, ["a", "b", "c", OTHER]),
    "day": (DAY_CELLS, DAYS),
    "yes": (YES_CELLS, [True, False]),
}  # fmt: skip
"""By kind: the cells, and every value that there is."""


@st.composite
def drawn(draw: Any) -> tuple[list[str], list[tuple[str, ...]]]:
    kinds = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=2))
    cells = st.tuples(*(COLUMNS[kind][0] for kind in kinds))
    return kinds, draw(st.lists(cells, min_size=1, max_size=4))


@given(drawn())
def test_it_finds_what_trying_everything_finds(table: tuple[list[str], list[Any]]) -> None:
    kinds, rows = table
    values = [
        told_apart([row[n] for row in rows], boolean=kind == "yes", whole=kind == "whole")
        for n, kind in enumerate(kinds)
    ]
    assert all(values)
    coverage = Coverage(rows, [each or [] for each in values])
    speaking = [
        [n for n, row in enumerate(rows, 1) if all(map(fits, row, case))]
        for case in product(*(COLUMNS[kind][1] for kind in kinds))
    ]
    gap, shared = coverage.gap(), coverage.shared()
    assert (gap is None) == all(speaking)
    assert gap is None or not any(all(map(fits, row, gap)) for row in rows)
    assert (shared is None) == all(len(rows_) < 2 for rows_ in speaking)
    if shared is not None:
        first, second, case = shared
        assert all(all(map(fits, rows[n - 1], case)) for n in (first, second))


@pytest.mark.parametrize(
    "cell", ['"a", "b"', '["a"]', 'not("a")', 'not "a"', '< "b"', '>= "1/7/2026"', '< "2026-13-01"']
)
def test_what_would_be_taken_otherwise_is_said(cell: str) -> None:
    assert strange(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "-",
        "5",
        "< 5",
        'in ["a"]',
        'not in ("a", "b")',
        '"a"',
        '>= "2026-07-01"',
        "not ? > 5",
        "True",
    ],
)
def test_what_is_taken_as_it_reads_is_left(cell: str) -> None:
    assert strange(cell) is None


@pytest.mark.parametrize("cells", [["> fee.x"], ["? * 2 > 5"], ["1", '"a"'], ["len(?) > 2"]])
def test_nobody_says_what_more_than_comparisons_tell_apart(cells: list[str]) -> None:
    assert told_apart(cells, boolean=False, whole=False) is None


def test_a_wide_table_is_looked_at_in_little_time() -> None:
    rows = [tuple("True" if n == m else "-" for m in range(20)) for n in range(20)]
    coverage = Coverage([*rows, ("False",) * 20], [[True, False]] * 20)
    assert coverage.gap() is None
    assert coverage.shared() is not None
