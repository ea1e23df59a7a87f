"""Reports of real lives: figures are what their titles say, and lead to the dossiers they count."""

from datetime import date

import pytest
from sqlalchemy import true

from bpmn.steps import Outcome
from engine.errors.reports import FigureUnknown
from engine.model.report import Kind, Period, Rate, Report, Value
from engine.store.tables import dossier
from tests.integration.reports.year import Year, row
from tests.office import COMMUNE_1, COMMUNE_2

KINDS = [kind for kind in Kind if not kind.startswith("II.") and kind is not Kind.INDEX_766]
HERE, THERE = f"H40|{COMMUNE_1}", f"H40|{COMMUNE_2}"


def told(report: Report, key: str, *columns: str) -> list[Value | tuple[int, int]]:
    """Cells of a row; rates as their two numbers."""
    values = [row(report, key).cells[column] for column in columns]
    return [(v.numerator, v.denominator) if isinstance(v, Rate) else v for v in values]


@pytest.mark.parametrize("kind", KINDS)
def test_figures_and_dossiers_agree(year: Year, kind: Kind) -> None:
    """What must hold does, each rate says of what it is, and figures of dossiers have as many."""
    report = year.report(kind)
    assert [check for check in report.checks if not check.holds] == []
    for each in (*report.rows, report.total):
        assert each.cells.keys() == {column.key for column in report.columns}
        for column, value in each.cells.items():
            found = year.behind(kind, each.key, column)
            number = value.numerator if isinstance(value, Rate) else value
            assert bool(found) is bool(number), (each.key, column)
            assert not isinstance(value, Rate) or value.of


def test_causes_of_lateness(year: Year) -> None:
    report = year.report(Kind.OVERDUE_CAUSES)
    columns = ("late", "done_late", "open_late", "cause_loi_he_thong", "unexplained", "share")
    assert told(report, "total", *columns) == [3, 0, 3, 1, 2, (1, 3)]
    assert [(each.label, each.depth) for each in report.rows] == [
        ("Thử", 0),
        ("Văn phòng HĐND và UBND", 1),
    ]


def test_pauses_within_and_past_their_limit(year: Year) -> None:
    report = year.report(Kind.PAUSES)
    columns = ("begun", "paused", "within", "over", "share")
    assert told(report, "bo_sung_ho_so", *columns) == [3, 1, 1, 0, (0, 1)]
    assert told(report, "khac", *columns) == [1, 1, 0, 1, (1, 1)]
    assert told(report, "nghia_vu_tai_chinh", *columns) == [0, 0, 0, 0, (0, 0)]


def test_why_dossiers_came_back(year: Year) -> None:
    report = year.report(Kind.RETURNS)
    births = ("ended", "not_taken", "papers", "identity", "other", "refused", "share")
    assert told(report, "Hộ tịch", *births) == [4, 2, 1, 1, 0, 1, (3, 4)]
    assert told(report, "total", "asked_before", "asked_after") == [1, 2]
    refused = year.matching(dossier.c.outcome == Outcome.REFUSED)
    assert year.behind(Kind.RETURNS, "Hộ tịch|1.001193", "refused") == refused


def test_papers_as_data_at_every_level(year: Year) -> None:
    digitised = year.report(Kind.DIGITISATION)
    columns = ("received", "due", "digitised", "share_in", "results", "electronic", "share_out")
    assert told(digitised, HERE, *columns) == [9, 3, 3, (3, 3), 2, 2, (2, 2)]
    assert told(digitised, THERE, "received", "share_in") == [1, (0, 0)]
    assert [each.depth for each in digitised.rows] == [0, 1, 1]
    signed = year.report(Kind.SIGNATURES)
    assert told(signed, HERE, "issued", "signed", "unsigned", "unsealed") == [3, 3, 0, 0]
    assert told(year.report(Kind.REUSE), "total", "received", "share") == [10, (0, 10)]


def test_online_of_all_and_of_what_is_offered(year: Year) -> None:
    report = year.report(Kind.ONLINE)
    trade = ("received", "share", "end_to_end_share", "partial_share", "unstated")
    assert told(report, "Hộ tịch", *trade) == [2, (0, 2), (0, 0), (0, 2), 0]
    assert told(report, "total", *trade) == [10, (6, 10), (1, 1), (0, 2), 7]


def test_paid_online(year: Year) -> None:
    report = year.report(Kind.PAYMENTS)
    columns = ("owing", "online", "share", "procedures_share", "count_online", "amount_online")
    assert told(report, "total", *columns) == [2, 1, (1, 2), (1, 1), 1, 100_000]


def test_received_for_others(year: Year) -> None:
    report = year.report(Kind.NON_TERRITORIAL)
    assert told(report, THERE, "received", "for_others", "share") == [1, 1, (1, 1)]
    assert told(report, HERE, "competent", "by_others") == [10, 1]


def test_work_of_each(year: Year) -> None:
    report = year.report(Kind.WORKLOAD)
    clerk = f"{COMMUNE_1}|{year.office.actor('clerk1').id}"
    assert row(report, clerk).label == "Người dùng clerk1"
    assert told(report, clerk, "done", "dossiers", "held", "late") == [3, 3, 3, 0]


def test_other_days_other_agencies_other_fields(year: Year) -> None:
    before = Period(date(2026, 6, 1), date(2026, 6, 30))
    assert told(year.report(Kind.DIGITISATION, period=before), "total", "received") == [0]
    assert told(year.report(Kind.DIGITISATION, COMMUNE_2), "total", "received") == [1]
    births = year.report(Kind.ONLINE, field="Hộ tịch")
    assert told(births, "total", "received") == [2]
    assert told(year.report(Kind.ONLINE, level="province"), "total", "received") == [0]


def test_figures_that_there_are_not(year: Year) -> None:
    with pytest.raises(FigureUnknown):
        year.behind(Kind.ONLINE, "total", "rubbish")
    for nobody in ("rubbish", "a|b", "|", "Hộ tịch|", "'; --"):
        assert year.behind(Kind.ONLINE, nobody, "received") == set()
    assert len(year.matching(true())) > 10
