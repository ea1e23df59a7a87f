"""A sent report stays what it was; a recount says what differs and why."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from bpmn.procedure import procedure_from_sources
from cli.operator import operator
from engine.commands.agencies import RenameAgency, rename_agency
from engine.commands.reports import send_report
from engine.deadlines.calendar import VIETNAM
from engine.errors import NotPermitted
from engine.errors.reports import ReportPeriodUnfinished, SentReportUnknown
from engine.model.report import Kind, Period
from engine.queries.paging import Slice
from engine.queries.recount import Recount, Why, recount
from engine.queries.reports import count_report
from engine.queries.sent_reports import find_sent, list_sent
from engine.reports.asked import Asked, Figure
from engine.store import definitions
from engine.store.office_tables import office_event
from engine.store.report_tables import report_state, sent_report
from engine.store.tables import dossier
from engine.verification.office_log import verify_office_log
from tests.conftest import Fresh
from tests.databases import EMPTY
from tests.diagrams import CODE
from tests.integration.lives.tampering import drop_triggers
from tests.integration.reports.mix import Agency, Mix, Sort, furnish, sources

MONTH = Period(date(2024, 4, 15), date(2024, 5, 14))
SORTS = (Sort(3, "early"), Sort(1, "late"), Sort(2, "in_time"), Sort(1, "overdue", carried=True))
NOON = datetime(2024, 5, 14, 12, tzinfo=VIETNAM)
LATER = datetime(2024, 5, 20, 8, tzinfo=VIETNAM)


@pytest.fixture
def mix(fresh_database: Fresh) -> Iterator[Mix]:
    """A month on its last day at noon."""
    with fresh_database(EMPTY) as database:
        furnish(database, [Agency("X"), Agency("Y")], {CODE: "Hộ tịch"})
        yield Mix(database, MONTH, SORTS).run(NOON)


def send(mix: Mix, now: datetime = NOON, who: str = "leader") -> int:
    with mix.database.transaction() as tx:
        return send_report(tx, Kind.II_06A, Asked("X", MONTH, now), mix.actor(tx, who, "X"))


def compared(mix: Mix, number: int) -> Recount:
    with mix.database.reading() as tx:
        reader = mix.actor(tx, "control", "X")
        return recount(tx, Slice(50), find_sent(tx, number, reader), reader, LATER)


def test_nothing_differs_while_nothing_is_written_of_the_period(mix: Mix) -> None:
    first = send(mix)
    again = send(mix, LATER)
    same = compared(mix, first)
    assert (same.different, same.figures, same.dossiers.items) == (0, (), [])
    with mix.database.reading() as tx:
        reader = mix.actor(tx, "control", "X")
        listed = list_sent(tx, Slice(9), None, reader).items
        full = find_sent(tx, first, reader)
        log = tx.execute(select(office_event.c.after).order_by(office_event.c.seq)).scalars().all()
        assert verify_office_log(tx).reason is None
    assert [(each.id, each.number, each.year) for each in listed] == [
        (again, 2, 2024), (first, 1, 2024)
    ]  # fmt: skip
    assert full.report["total"]["cells"]["received"] == full.sent.dossiers == 7
    assert [entry["digest"] for entry in log] == [each.digest for each in reversed(listed)]


def test_what_was_written_late_is_named(mix: Mix) -> None:
    number = send(mix)
    with mix.database.transaction() as tx:
        mix.finish(tx, datetime(2024, 5, 14, 16, tzinfo=VIETNAM), mix.codes["overdue"][0])
    found = compared(mix, number)
    (one,) = found.dossiers.items
    assert (one.code, one.why) == (mix.codes["overdue"][0], Why.LATE_ENTRY)
    assert "Hoàn thành việc" in one.events
    assert (one.no_longer, one.newly) == (
        (Figure("Hộ tịch", "overdue"),), (Figure("Hộ tịch", "late"),)
    )  # fmt: skip
    changed = {figure.column: (figure.sent, figure.now) for figure in found.figures}
    assert (changed["late"], changed["overdue"]) == ((1, 2), (1, 0))


def test_another_field_of_then_is_the_catalogues(mix: Mix) -> None:
    number = send(mix)
    with mix.database.transaction() as tx:
        procedure = procedure_from_sources(sources(CODE, "Tư pháp"))
        definitions.put(tx, procedure, None, datetime(2024, 5, 14, 17, tzinfo=VIETNAM))
    found = compared(mix, number)
    assert {each.why for each in found.dossiers.items} == {Why.CATALOGUE}
    assert found.different == 7
    later = datetime(2024, 6, 1, 8, tzinfo=VIETNAM)
    with mix.database.transaction() as tx:
        definitions.put(tx, procedure_from_sources(sources(CODE, "Y tế")), None, later)
    assert compared(mix, number) == found, "what holds only from June on is nothing to May"


def test_an_agency_is_called_as_it_was(mix: Mix) -> None:
    with mix.database.transaction() as tx:
        for name, now in (("Xã mới", LATER), ("Phường", LATER + timedelta(days=9))):
            rename_agency(tx, RenameAgency("X", name), operator(tx), now)
    names = []
    for end in (MONTH.end, date(2024, 5, 20), date(2024, 5, 30)):
        asked = Asked("X", Period(MONTH.start, end), datetime(2024, 7, 1, tzinfo=VIETNAM))
        with mix.database.reading() as tx:
            report = count_report(tx, Kind.II_06B, asked, mix.actor(tx, "leader", "X"))
        names.append((report.agency.name, report.rows[0].label))
    assert names == [(name, name) for name in ("Ủy ban nhân dân X", "Xã mới", "Phường")]


def test_what_was_altered_is_told(mix: Mix) -> None:
    number = send(mix)
    with mix.database.transaction() as tx:
        late = dossier.c.code == mix.codes["late"][0]
        this = report_state.c.dossier_id.in_(select(dossier.c.id).where(late))
        ended = report_state.c.ended_on.is_not(None)
        tx.execute(update(report_state).where(this, ended).values(due_on=MONTH.end))
    (one,) = compared(mix, number).dossiers.items
    assert (one.code, one.why, one.events) == (mix.codes["late"][0], Why.ALTERED, ())


def test_a_sent_report_is_not_to_be_changed_and_a_change_is_found(mix: Mix) -> None:
    number = send(mix)
    change = update(sent_report).values(dossiers=6)
    for statement in (change, delete(sent_report)):
        with mix.database.transaction() as tx, pytest.raises(DBAPIError), tx.begin_nested():
            tx.execute(statement)
    with mix.database.transaction() as tx:
        drop_triggers(tx, mix.database)
        report = tx.execute(select(sent_report.c.report)).scalar_one()
        report["total"]["cells"]["late"] = 0
        tx.execute(update(sent_report).where(sent_report.c.id == number).values(report=report))
    with mix.database.reading() as tx:
        assert verify_office_log(tx).reason == "Báo cáo đã gửi ở mục số 1 khác sổ."


def test_who_may_send_and_when(mix: Mix) -> None:
    with pytest.raises(NotPermitted):
        send(mix, who="office")
    with pytest.raises(ReportPeriodUnfinished):
        send(mix, datetime(2024, 5, 13, 23, tzinfo=VIETNAM))
    number = send(mix)
    with mix.database.reading() as tx, pytest.raises(SentReportUnknown):
        find_sent(tx, number, mix.actor(tx, "leader", "Y"))
