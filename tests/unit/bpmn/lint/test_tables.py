"""Decision tables: every case has one row, and every cell can be computed."""

import re

import pytest

from bpmn.procedure import PROCESSES, read_folder
from tests.unit.bpmn.asking import Sources, changed, remarks
from tests.unit.bpmn.lint.linting import named

LAND = read_folder(PROCESSES / "1_013978")
FILE = "time_limit.dmn"
_GROUND = '"Đăng ký và cấp Giấy chứng nhận (Quyết định 3380/QĐ-BNNMT)"'


class TestTables:
    """Every case has one row, and every cell can be computed."""

    def table(self, old: str, new: str, sources: Sources = LAND) -> set[tuple[str, str]]:
        return named(changed(sources, old, new, FILE))

    def test_a_case_without_row(self) -> None:
        assert self.table("<text>True</text>", "<text>False</text>") == {(FILE, "time_limit")}

    def test_two_rows_for_one_case(self) -> None:
        assert self.table("<text>True</text>", "<text>-</text>") == {(FILE, "time_limit")}

    def test_the_case_is_said_with_its_values(self) -> None:
        gap = changed(LAND, "<text>True</text>", "<text>False</text>", FILE)
        assert any("= True" in finding.message for finding in remarks(gap))
        shared = changed(LAND, "<text>True</text>", "<text>-</text>", FILE)
        assert any("cùng đúng khi: " in finding.message for finding in remarks(shared))

    @pytest.mark.parametrize("cell", ["not(True)", "True, False", "&lt; 'b'"])
    def test_a_cell_of_another_language_is_not_taken_for_ours(self, cell: str) -> None:
        assert (FILE, "time_limit, dòng 2") in self.table(
            "<text>True</text>", f"<text>{cell}</text>"
        )

    @pytest.mark.parametrize("cell", ["<text></text>", "<text> - </text>", "<text>\n-\n</text>"])
    def test_an_empty_cell_takes_anything(self, cell: str) -> None:
        first = changed(LAND, 'hitPolicy="UNIQUE"', 'hitPolicy="FIRST"', FILE)
        assert self.table("<text>False</text>", cell, first) == set()

    @pytest.mark.parametrize("policy", ["COLLECT", "ANY", "RULE ORDER"])
    def test_a_policy_that_is_not_kept_to(self, policy: str) -> None:
        assert self.table('hitPolicy="UNIQUE"', f'hitPolicy="{policy}"') == {(FILE, "time_limit")}

    @pytest.mark.parametrize(
        ("old", "new", "element"),
        [
            ("application.certificate_requested", "application.too_late", "time_limit"),
            ("application.certificate_requested", "nobody.late", "time_limit"),
            ("application.certificate_requested", "", "time_limit"),
            ("<text>True</text>", "<text>open('x')</text>", "time_limit, dòng 2"),
            ("<text>True</text>", "<text>yes</text>", "time_limit, dòng 2"),
            ("<text>True</text>", "<text>&gt; fee.nobody</text>", "time_limit, dòng 2"),
            (_GROUND, "5000 * application.copies", "time_limit, dòng 2"),
            (_GROUND, "", "time_limit, dòng 2"),
            (_GROUND, "9**9**9", "time_limit, dòng 2"),
        ],
    )
    def test_a_cell_that_cannot_be_computed(self, old: str, new: str, element: str) -> None:
        assert (FILE, element) in self.table(old, new)

    @pytest.mark.parametrize(
        "cell",
        [
            "&gt; 5",
            "not in (1, 2)",
            "5 &lt; ? &lt; 100",
            "in [1]",
            "!= 3",
            "application.area",
        ],
    )
    def test_cells_as_authors_write_them(self, cell: str) -> None:
        assert (FILE, "time_limit, dòng 2") not in self.table(
            "<text>True</text>", f"<text>{cell}</text>"
        )

    def test_a_table_of_many_yes_or_no_inputs_needs_a_default_row(self) -> None:
        wide = LAND[FILE]
        for cells in (r"<input id=.*?</input>", r"<inputEntry .*?</inputEntry>"):
            wide = re.sub(f"(?s){cells}", _twenty_times, wide)
        assert named(LAND | {FILE: wide}) == {(FILE, "time_limit")}


def _twenty_times(found: re.Match[str]) -> str:
    return "".join(re.sub(r'id="(\w+)"', rf'id="\1_{n}"', found[0]) for n in range(20))
