"""Decision tables: every case has one row, and every cell can be computed."""

import re

import pytest

from bpmn.procedure import PROCESSES, read_folder
from tests.unit.bpmn.asking import (
    BIRTH,
    Sources,
    changed,
)
from tests.unit.bpmn.lint.linting import named


class TestTables:
    """Every case has one row, and every cell can be computed."""

    def fee(self, old: str, new: str, sources: Sources = BIRTH) -> set[tuple[str, str]]:
        return named(changed(sources, old, new, "fee.dmn"))

    def test_a_case_without_row(self) -> None:
        assert self.fee("<text>True</text>", "<text>False</text>") == {("fee.dmn", "fee")}

    def test_no_default_row(self) -> None:
        business = read_folder(PROCESSES / "1_001612")
        assert self.fee("<text>-</text>", '<text>"direct"</text>', business) == {("fee.dmn", "fee")}

    @pytest.mark.parametrize("cell", ["<text></text>", "<text> - </text>", "<text>\n-\n</text>"])
    def test_an_empty_cell_takes_anything(self, cell: str) -> None:
        business = read_folder(PROCESSES / "1_001612")
        assert self.fee("<text>-</text>", cell, business) == set()

    def test_two_rows_for_one_case(self) -> None:
        assert self.fee("<text>True</text>", "<text>-</text>") == {("fee.dmn", "fee")}

    @pytest.mark.parametrize("policy", ["COLLECT", "ANY", "RULE ORDER"])
    def test_a_policy_that_is_not_kept_to(self, policy: str) -> None:
        assert self.fee('hitPolicy="UNIQUE"', f'hitPolicy="{policy}"') == {("fee.dmn", "fee")}

    @pytest.mark.parametrize(
        ("old", "new", "element"),
        [
            ("application.late_registration", "application.too_late", "fee"),
            ("application.late_registration", "nobody.late", "fee"),
            ("application.late_registration", "", "fee"),
            ("<text>True</text>", "<text>open('x')</text>", "fee, dòng 2"),
            ("<text>True</text>", "<text>yes</text>", "fee, dòng 2"),
            ("<text>True</text>", "<text>&gt; fee.nobody</text>", "fee, dòng 2"),
            ("<text>5000</text>", "<text>5000 * application.copies</text>", "fee, dòng 2"),
            ("<text>5000</text>", "<text></text>", "fee, dòng 2"),
            ("<text>5000</text>", "<text>9**9**9</text>", "fee, dòng 2"),
        ],
    )
    def test_a_cell_that_cannot_be_computed(self, old: str, new: str, element: str) -> None:
        assert ("fee.dmn", element) in self.fee(old, new)

    @pytest.mark.parametrize(
        "cell",
        [
            "&gt; 5",
            "not in (1, 2)",
            "5 &lt; ? &lt; 100",
            "in [1]",
            "!= 3",
            "application.copies_requested",
        ],
    )
    def test_cells_as_authors_write_them(self, cell: str) -> None:
        assert ("fee.dmn", "fee, dòng 2") not in self.fee(
            "<text>True</text>", f"<text>{cell}</text>"
        )

    def test_a_table_of_many_yes_or_no_inputs_needs_a_default_row(self) -> None:
        wide = re.sub(
            r"(?s)(<input id=.*?</input>)",
            lambda found: "".join(found[1].replace("_1", f"_1_{n}") for n in range(40)),
            BIRTH["fee.dmn"],
        )
        wide = re.sub(
            r"(?s)(<inputEntry .*?</inputEntry>)",
            lambda found: "".join(found[1].replace("input_1", f"input_1_{n}") for n in range(40)),
            wide,
        )
        assert named(BIRTH | {"fee.dmn": wide}) == {("fee.dmn", "fee")}
