"""Fee tables have one shape, and every case that makes a difference is tried out."""

import json

import pytest

from bpmn.decisions import Decision, decide
from bpmn.expressions import evaluate
from bpmn.lint.values import CHANNELS
from bpmn.procedure import procedure_from_sources
from engine.model.status import Channel
from tests.diagrams import decide as decide_task
from tests.diagrams import decision_table, task, way
from tests.unit.bpmn.asking import Sources
from tests.unit.bpmn.lint.linting import flowing, named

SHAPE = ["fee", "charge", "ground", "relief"]
COPIES = {
    "pages": {"type": "integer", "title": "Số trang", "minimum": 1, "maximum": 5_000},
    "copies": {"type": "integer", "title": "Số bản", "minimum": 1, "maximum": 1_000},
}
CERTIFYING = [
    ["-", "-", '>= "2026-08-15"', '"online"', "0", "0", '"TT 226"', '"Miễn khi nộp trực tuyến"'],
    ["-", "<= 2", "-", "-", "2000 * application.pages * application.copies", "0", '"TT 226"', '""'],
    [
        "-", "> 2", "-", "-",
        "min(200000, 4000 + 1000 * (application.pages - 2)) * application.copies",
        "0", '"TT 226"', '""',
    ],
]  # fmt: skip
"""2.000815: 2.000 đ a page, 1.000 đ from the third on, at most 200.000 đ a copy (TT 226/2016)."""
ASKED = ["applicant.category", "application.pages", "dossier.submitted_on", "dossier.channel"]


def sources(
    rows: list[list[str]],
    asked: list[str] = ASKED,
    given: list[str] = SHAPE,
    policy: str = "FIRST",
) -> Sources:
    """A small procedure with a fee table."""
    drawn = flowing(
        *(task("work"), decide_task("fee", "fee"), task("other")),
        way("start", "work", "fee", "other", "ended"),
        steps="work other",
    )
    form = json.loads(drawn["forms/application.json"])
    form["properties"] |= COPIES
    table = decision_table("fee", asked, given, rows, policy)
    return drawn | {"forms/application.json": json.dumps(form), "fee.dmn": table}


def decided(pages: int, copies: int = 1, **dossier: str) -> Decision:
    """What the table of certified copies says."""
    table = procedure_from_sources(sources(CERTIFYING)).diagram.decisions["fee"]
    facts = {
        "application": {"pages": pages, "copies": copies},
        "dossier": {"channel": "direct", "submitted_on": "2026-08-15", **dossier},
        "applicant": {"category": None},
    }
    found = decide(table, lambda cell, more: evaluate(cell, {**facts, **more}))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("pages", "copies", "fee"),
    [
        (1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (10, 2, 24_000), (198, 1, 200_000),
        (199, 1, 200_000), (5_000, 3, 600_000),
    ],
)  # fmt: skip
def test_pages_that_cost_less_from_the_third_on_up_to_a_limit(
    pages: int, copies: int, fee: int
) -> None:
    assert decided(pages, copies).outputs["fee"] == fee


def test_dates_say_from_when_a_row_speaks() -> None:
    assert decided(2, channel="online", submitted_on="2026-08-14").outputs["fee"] == 4_000
    free = decided(2, channel="online")
    assert (free.row, free.outputs["fee"]) == (1, 0)
    assert free.asked["dossier.submitted_on"] == "2026-08-15"


def test_such_a_table_is_whole() -> None:
    assert named(sources(CERTIFYING)) == set()


WHOLE = {("fee.dmn", "fee")}
ROW = {("fee.dmn", "fee, dòng 1")}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["-", "100", "0", '"TT"', '""'], set()),
        (["<= 2", "100", "0", '"TT"', '""'], WHOLE),
        (['in (1, 2)', "100", "0", '"TT"', '""'], WHOLE),
        (["-", "100", "-1", '"TT"', '""'], ROW),
        (["-", "application.pages / 2", "0", '"TT"', '""'], ROW),
        (["-", "1000 * (application.pages - 2)", "0", '"TT"', '""'], ROW),
        (["-", "application.pages * 10**9", "0", '"TT"', '""'], ROW),
        (["-", "100", "0", '""', '""'], ROW),
        (["-", "0", "0", '"TT"', '""'], ROW),
        (["-", "True", "0", '"TT"', '""'], ROW),
    ],
)  # fmt: skip
def test_one_row(row: list[str], found: set[tuple[str, str]]) -> None:
    assert named(sources([row], ["application.pages"])) == found


def test_two_rows_that_meet_at_their_ends() -> None:
    rows = [
        ["<= 3", "100", "0", '"TT"', '""'],
        [">= 3", "200", "0", '"TT"', '""'],
    ]
    assert named(sources(rows, ["application.pages"], policy="UNIQUE")) == WHOLE
    rows[1][0] = "> 3"
    assert named(sources(rows, ["application.pages"], policy="UNIQUE")) == set()


def test_a_category_or_channel_that_no_row_speaks_of() -> None:
    rows = [['in ("online", "direct")', "100", "0", '"TT"', '""']]
    assert named(sources(rows, ["dossier.channel"])) == WHOLE
    rows = [['== "ho_ngheo"', "0", "0", '"TT"', '"Hộ nghèo"']]
    assert named(sources(rows, ["applicant.category"])) == WHOLE


@pytest.mark.parametrize("given", [["amount", "ground"], ["charge", "ground"], ["fee", "relief"]])
def test_a_table_of_another_shape(given: list[str]) -> None:
    assert named(sources([["-", "100", '"TT"']], ["dossier.channel"], given)) == WHOLE


def test_channels_are_those_of_the_engine() -> None:
    assert set(CHANNELS) == set(Channel)
