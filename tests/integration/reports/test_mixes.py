"""Reports of a province: three levels, several fields, and every way in which a dossier may end."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from engine.deadlines.calendar import VIETNAM
from engine.errors import NotPermitted
from engine.errors.reports import FigureUnknown, ReportPeriodInvalid
from engine.model.report import Cell, Kind, Period, Report
from engine.model.status import Channel
from engine.queries.paging import Slice
from engine.queries.reports import count_report, list_behind
from engine.reports.asked import Asked, Figure
from engine.verification import all_codes, verify_dossier
from tests.conftest import Fresh
from tests.databases import EMPTY
from tests.integration.reports.mix import Agency, Mix, Sort, furnish

MONTH = Period(date(2024, 4, 15), date(2024, 5, 14))
LAND, BIRTH = "9.000002", "9.000003"
PLACES = (
    Agency("T", "province"),
    Agency("T.S", "province", "T"),
    Agency("T.H", "district", "T"),
    Agency("T.X", "commune", "T"),
)
SORTS = (
    Sort(3, "early", Channel.ONLINE, agency="T.S", procedure=LAND),
    Sort(2, "late", agency="T.S", procedure=LAND),
    Sort(1, "overdue", carried=True, agency="T.S", procedure=LAND),
    Sort(2, "on_time", agency="T.H", procedure=LAND),
    Sort(1, "withdrawn", Channel.POSTAL, agency="T.H", procedure=LAND),
    Sort(2, "paused", agency="T.H", procedure=LAND),
    Sort(1, "paused_over", agency="T.H", procedure=LAND),
    Sort(2, "refused", Channel.ONLINE, agency="T.X", procedure=BIRTH),
    Sort(1, "discontinued", agency="T.X", procedure=BIRTH),
    Sort(1, "late", carried=True, agency="T.X", procedure=BIRTH),
    Sort(2, "overdue", agency="T.X", procedure=LAND),
    Sort(1, "in_time", Channel.ONLINE, agency="T.X", procedure=BIRTH),
)
AT_ONCE = datetime(2024, 5, 14, 23, 30, tzinfo=VIETNAM)
LATER = datetime(2024, 9, 2, 8, tzinfo=VIETNAM)


@pytest.fixture(scope="module")
def province(fresh_database: Fresh) -> Iterator[tuple[Mix, Report]]:
    """The month, with II.06a as counted on its last evening; then all goes on."""
    with fresh_database(EMPTY) as database:
        furnish(database, PLACES, {LAND: "Đất đai", BIRTH: "Hộ tịch"})
        mix = Mix(database, MONTH, SORTS).run()
        at_once = counted(mix, Kind.II_06A, now=AT_ONCE)
        yield mix.afterwards(), at_once


def asked(agency: str = "T", now: datetime = LATER, **narrowed: str) -> Asked:
    return Asked(agency, MONTH, now, **narrowed)


def counted(
    mix: Mix, kind: Kind, agency: str = "T", now: datetime = LATER, **narrowed: str
) -> Report:
    with mix.database.reading() as tx:
        actor = mix.actor(tx, "control", agency)
        return count_report(tx, kind, asked(agency, now, **narrowed), actor)


def numbers(report: Report, *columns: str) -> dict[str, tuple[object, ...]]:
    """Some figures of every line."""
    lines = (*report.rows, report.total)
    return {line.key: tuple(line.cells[column] for column in columns) for line in lines}


def test_every_dossier_is_where_its_life_put_it(province: tuple[Mix, Report]) -> None:
    total = counted(province[0], Kind.II_06A).total.cells
    expected = Counter[str]()
    for sort in SORTS:
        expected[sort.fate] += sort.number
        expected["carried_over" if sort.carried else _came(sort.channel)] += sort.number
    expected["in_time"] += expected["paused"] + expected["paused_over"]
    expected["paused"] += expected["paused_over"]
    assert {name: total[name] for name in expected} == expected
    assert total["received"] == sum(sort.number for sort in SORTS)


def _came(channel: Channel) -> str:
    return "online" if channel is Channel.ONLINE else "direct"


def test_what_happens_later_changes_nothing(province: tuple[Mix, Report]) -> None:
    mix, at_once = province
    later = counted(mix, Kind.II_06A)
    assert (later.rows, later.total, later.checks) == (
        at_once.rows, at_once.total, at_once.checks
    )  # fmt: skip


def test_a_broken_invariant_is_shown_with_what_is_missing(province: tuple[Mix, Report]) -> None:
    checks = {check.name: check for check in counted(province[0], Kind.II_06A).checks}
    broken = [name for name, check in checks.items() if not check.holds]
    assert broken == ["3 = 7 + 11"]
    said = checks["3 = 7 + 11"].sentence
    assert said == ("19 ≠ 8 + 7; chênh 4, do 2 từ chối, trả lại, 1 công dân rút, 1 dừng giải quyết")


def test_by_fields_agencies_and_levels(province: tuple[Mix, Report]) -> None:
    mix, _ = province
    columns = ("received", "resolved", "in_progress")
    by_field = {"Đất đai": (14, 7, 6), "Hộ tịch": (5, 1, 1), "total": (19, 8, 7)}
    assert numbers(counted(mix, Kind.II_06A), *columns) == by_field
    by_agency = {"T.S": (6, 5, 1), "T.H": (6, 2, 3), "T.X": (7, 1, 3), "total": (19, 8, 7)}
    assert numbers(counted(mix, Kind.II_06B), *columns) == by_agency
    assert numbers(counted(mix, Kind.II_06C), *columns) == {
        "province": (6, 5, 1),
        "province/Đất đai": (6, 5, 1),
        "district": (6, 2, 3),
        "district/Đất đai": (6, 2, 3),
        "commune": (7, 1, 3),
        "commune/Đất đai": (2, 0, 2),
        "commune/Hộ tịch": (5, 1, 1),
        "total": (19, 8, 7),
    }
    narrowed = counted(mix, Kind.II_06A, level="commune", field="Hộ tịch")
    assert numbers(narrowed, *columns) == {"Hộ tịch": (5, 1, 1), "total": (5, 1, 1)}
    assert numbers(counted(mix, Kind.II_06A, "T.H"), "received")["total"] == (6,)


def test_behind_every_figure_are_so_many_dossiers(province: tuple[Mix, Report]) -> None:
    mix, _ = province
    for kind in (Kind.II_06A, Kind.II_06C):
        report = counted(mix, kind)
        counting = [column.key for column in report.columns if column.kind is Cell.COUNT]
        for line in (*report.rows[:2], report.total):
            for column in counting:
                figure = Figure(line.key, column)
                assert len(behind(mix, kind, figure)) == line.cells[column], figure


def behind(mix: Mix, kind: Kind, figure: Figure) -> list[str]:
    """The codes behind a figure, read four at a time."""
    codes: list[str] = []
    after = None
    with mix.database.reading() as tx:
        actor = mix.actor(tx, "control", "T")
        while True:
            page = list_behind(tx, Slice(4, after), kind, asked(), figure, actor)
            codes += [item.code for item in page.items]
            after = page.next
            if after is None:
                assert len(set(codes)) == len(codes)
                return codes


def test_late_ones_are_those_whose_life_was_late(province: tuple[Mix, Report]) -> None:
    mix, _ = province
    late = behind(mix, Kind.II_06A, Figure("total", "late"))
    assert sorted(late) == sorted(mix.codes["late"])


def test_only_for_whom_it_is_meant(province: tuple[Mix, Report]) -> None:
    mix, _ = province
    total = Figure("total", "received")
    with mix.database.reading() as tx:
        commune, province_ = (mix.actor(tx, "control", agency) for agency in ("T.X", "T"))
        with pytest.raises(NotPermitted):
            count_report(tx, Kind.II_06A, asked("T"), commune)
        with pytest.raises(NotPermitted):
            list_behind(tx, Slice(9), Kind.II_06A, asked("T.H"), total, commune)
        for wrong in (Figure("total", "online_of_all"), Figure("Điện", "late"), Figure("T", "x")):
            with pytest.raises(FigureUnknown):
                list_behind(tx, Slice(9), Kind.II_06A, asked(), wrong, province_)


def test_periods_that_cannot_be(province: tuple[Mix, Report]) -> None:
    mix, _ = province
    with mix.database.reading() as tx:
        actor = mix.actor(tx, "control", "T")
        for start, end in (("2024-05-02", "2024-05-01"), ("2024-09-03", "2024-09-10")):
            period = Period(date.fromisoformat(start), date.fromisoformat(end))
            with pytest.raises(ReportPeriodInvalid):
                count_report(tx, Kind.II_06A, Asked("T", period, LATER), actor)


def test_everything_verifies(province: tuple[Mix, Report]) -> None:
    mix, _ = province
    with mix.database.reading() as tx:
        assert [verify_dossier(tx, code) for code in all_codes(mix.database)] == [None] * 19
