"""Index 766 of real lives: each figure counts what it says, and leads to what is to be done."""

import pytest

from engine.errors.reports import FigureUnknown
from engine.model.report import Kind
from engine.reports.service_index import MISSING
from engine.store.tables import dossier
from tests.integration.reports.year import Year, row
from tests.office import COMMUNE_2

FIGURES = {
    # Points in hundredths, numerator, denominator.
    "on_time": (667, 3, 9),
    "online_used": (133, 1, 3),
    "paid_online": (300, 1, 2),
    "procedures_paid_online": (200, 1, 1),
    "electronic_result": (600, 2, 2),
    "digitised": (400, 2, 2),
    "reused": (0, 0, 10),
    "vault": (400, 2, 2),
    "satisfied": (600, 3, 3),
    "petitions_on_time": (600, 0, 0),
    # Nobody counted: the points stay open.
    "published_on_time": (None, 0, 0),
    "synced": (None, None, None),
    "online_share": (None, 6, 10),
    "certified_copies": (None, None, None),
}


def test_figures(year: Year) -> None:
    report = year.report(Kind.INDEX_766)
    cells = {key: row(report, key).cells for key in FIGURES}
    assert {k: (c["points"], c["part"], c["whole"]) for k, c in cells.items()} == FIGURES
    assert [check for check in report.checks if not check.holds] == []
    groups = [each.cells for each in report.rows if not each.depth]
    for column in ("points", "most", "gap"):
        assert report.total.cells[column] == sum(int(str(cells[column])) for cells in groups)
    assert report.total.cells["most"] == 10_000
    raised = [note for note in report.notes if note.startswith("Tăng điểm nhiều nhất")]
    assert "giải quyết đúng hạn, còn 13,33 điểm, 6 hồ sơ chưa đạt" in raised[0]
    assert any("Để ngỏ 28,00 điểm" in note for note in report.notes)


def test_what_is_missing_is_behind_it(year: Year) -> None:
    """Asked for supplements twice is late, though it was done before it was due."""
    missing = year.behind(Kind.INDEX_766, "on_time", MISSING)
    assert len(missing) == 6
    twice = year.matching((dossier.c.procedure == "1.001612") & (dossier.c.outcome == "delivered"))
    assert twice < missing
    for each in year.report(Kind.INDEX_766).rows:
        if number := each.cells[MISSING]:
            assert len(year.behind(Kind.INDEX_766, each.key, MISSING)) == number, each.key
    with pytest.raises(FigureUnknown):
        year.behind(Kind.INDEX_766, "online_offered", MISSING)


def test_an_agency_where_nothing_was_done(year: Year) -> None:
    report = year.report(Kind.INDEX_766, COMMUNE_2)
    assert row(report, "on_time").cells["points"] is None
    assert row(report, "satisfied").cells["points"] == 0
