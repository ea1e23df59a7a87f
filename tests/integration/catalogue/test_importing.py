"""New, amended and repealed procedures, each from its day on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from cli.operator import operator
from engine.commands.catalogue import ImportCatalogue, import_catalogue
from engine.errors import NotPermitted, ProcedureUnknown
from engine.errors.catalogue import CatalogueChanged, ProcedureRepealed
from engine.model.procedure_life import Origin
from engine.queries.paging import Slice
from engine.queries.procedure_list import ProcedureFilter, list_procedures
from engine.queries.procedure_search import find_procedures
from engine.store import definitions, office_log, standings
from engine.store.catalogue_state import catalogue_state
from engine.store.database import Database
from engine.store.opening import open_version
from engine.store.procedure_tables import standing
from engine.store.tables import definition, source_text
from notifications.catalogue import let_hold
from tests.catalogue import row, timed
from tests.clock import START
from tests.integration.catalogue.importing import TODAY, imported, planned, written
from tests.integration.catalogue.importing import standings as announced
from tests.office import COMMUNE_1, Office

CODE, OTHER, THIRD = "1.999001", "1.999002", "1.999003"
TOMORROW = TODAY + timedelta(days=1)
NEXT_DAY = START + timedelta(days=1)
SLOWER = timed("9 Ngày làm việc")


def limit(database: Database, code: str = CODE) -> str:
    """The limit of the version in force."""
    with database.reading() as tx:
        version = definitions.current_version(tx, code)
        return str(definitions.version(tx, version).facts.time_limit)


def in_force(database: Database) -> set[str]:
    """The procedures of the catalogue that are listed."""
    with database.reading() as tx:
        listed = list_procedures(tx, Slice(100), ProcedureFilter(), operator(tx), START)
        return {item.code for item in listed.items} & {CODE, OTHER, THIRD}


def test_importing_again_changes_nothing(database: Database) -> None:
    first = imported(database, row(CODE), row(OTHER, field="Chứng thực"))
    assert announced(first) == {CODE: "announced", OTHER: "announced"}
    with database.reading() as tx:
        before = (catalogue_state(tx), standings.newest(tx))
    again = imported(database, row(CODE), row(OTHER, field="Chứng thực"))
    assert (again.changes, again.unchanged, again.remarks) == ([], 2, [])
    with database.reading() as tx:
        assert (catalogue_state(tx), standings.newest(tx)) == before


def test_what_is_common_is_kept_once(database: Database) -> None:
    imported(database, row(CODE), row(OTHER))
    with database.reading() as tx:
        version = definitions.current_version(tx, CODE)
        sources = tx.execute(select(definition.c.sources, definition.c.files)).all()
        texts = tx.execute(select(func.count()).select_from(source_text)).scalar_one()
        assert definitions._sources(tx, version)["shared/receipt.bpmn"]
    assert [set(each.sources) for each in sources] == [{"facts.toml", "procedure.bpmn"}] * 2
    assert texts == len({digest for each in sources for digest in each.files.values()})


def test_a_newer_file_amends_adds_and_repeals(database: Database) -> None:
    imported(database, row(CODE), row(OTHER))
    newer = imported(database, row(CODE, channels=SLOWER), row(THIRD), complete=True, now=NEXT_DAY)
    assert announced(newer) == {CODE: "amended", THIRD: "announced", OTHER: "repealed"}
    assert limit(database) == "9 working_days"
    assert in_force(database) == {CODE, THIRD}
    assert limit(database, OTHER) == "5 working_days"


def test_what_is_missing_is_asked_about_first(database: Database) -> None:
    imported(database, row(CODE), row(OTHER))
    newer = imported(database, row(CODE))
    assert (newer.changes, newer.unchanged) == ([], 1)
    assert [(remark.code, remark.field) for remark in newer.remarks] == [(OTHER, "state")]
    assert in_force(database) == {CODE, OTHER}


def test_a_row_can_repeal_and_a_later_one_announce_again(database: Database) -> None:
    imported(database, row(CODE), row(OTHER))
    gone = row(CODE, state="Bị bãi bỏ", channels=[])
    assert announced(imported(database, gone, row(OTHER))) == {CODE: "repealed"}
    assert in_force(database) == {OTHER}
    assert imported(database, gone, row(OTHER)).unchanged == 2
    assert announced(imported(database, row(CODE), row(OTHER))) == {CODE: "announced"}
    assert in_force(database) == {CODE, OTHER}


def test_a_repeal_of_what_nobody_knows_is_nothing(database: Database) -> None:
    plan = imported(database, row(CODE, state="Bị bãi bỏ"))
    assert (plan.changes, plan.unchanged) == ([], 1)


def test_a_row_can_say_that_a_procedure_is_localised(database: Database) -> None:
    local = row(CODE, state="Đã địa phương hóa")
    assert announced(imported(database, local)) == {CODE: "localised"}
    assert imported(database, local).unchanged == 1


def test_what_holds_from_tomorrow_holds_tomorrow(database: Database) -> None:
    imported(database, row(CODE), row(OTHER))
    newer = (row(CODE, channels=SLOWER), row(THIRD))
    imported(database, *newer, day=TOMORROW, complete=True)
    assert planned(database, *newer, day=TOMORROW).unchanged == 2
    assert (limit(database), in_force(database)) == ("5 working_days", {CODE, OTHER})
    assert let_hold(database, START) == 0
    with database.reading() as tx:
        late = open_version(tx, CODE, NEXT_DAY)
        assert late != open_version(tx, CODE, START)
        assert open_version(tx, THIRD, NEXT_DAY)
        with pytest.raises(ProcedureUnknown):
            open_version(tx, THIRD, START)
        with pytest.raises(ProcedureRepealed):
            open_version(tx, OTHER, NEXT_DAY)
    assert let_hold(database, NEXT_DAY) == 3
    assert let_hold(database, NEXT_DAY) == 0
    assert (limit(database), in_force(database)) == ("9 working_days", {CODE, THIRD})


def test_a_day_that_is_past_does_not_undo_what_came_after(database: Database) -> None:
    imported(database, row(CODE, channels=SLOWER))
    imported(database, row(CODE), day=date(2020, 1, 1))
    assert limit(database) == "9 working_days"


def test_a_drawn_process_is_told_and_never_overwritten(database: Database, office: Office) -> None:
    birth = "1.001193"
    with database.reading() as tx:
        drawn = definitions.current_version(tx, birth)
    plan = imported(database, row(birth, name="Tên mới"))
    assert [(remark.code, remark.field) for remark in plan.remarks] == [(birth, "diagram")]
    assert "khác danh mục" in plan.remarks[0].reason
    with database.reading() as tx:
        assert definitions.current_version(tx, birth) == drawn
    assert imported(database, row(birth, name="Tên mới")).unchanged == 1
    imported(database, row(birth, state="Bị bãi bỏ"))
    with database.reading() as tx, pytest.raises(ProcedureRepealed):
        open_version(tx, birth, START)


def test_a_process_drawn_later_stays_too(database: Database, office: Office) -> None:
    imported(database, row(CODE))
    with database.transaction() as tx:
        made = definitions.version(tx, definitions.current_version(tx, CODE))
        sources = {**made.sources, "forms/own.json": "{}"}
        better = replace(made, sources=sources)
        definitions.put(tx, better, None, NEXT_DAY)
    plan = imported(database, row(CODE, channels=SLOWER))
    assert announced(plan) == {CODE: "amended"}
    with database.reading() as tx:
        assert definitions.current_version(tx, CODE) == better.digest


def test_an_import_is_told_once_in_the_log_of_administration(database: Database) -> None:
    imported(database, row(CODE), row(OTHER))
    imported(database, row(CODE), row(OTHER))
    with database.reading() as tx:
        (kept,) = office_log.after(tx, 0, 10)
    assert kept.event.after["announced"] == 2
    assert kept.event.after["effective_from"] == TODAY.isoformat()


def test_only_one_import_at_a_time(database: Database) -> None:
    early, late = planned(database, row(CODE)), planned(database, row(OTHER))
    written(database, early)
    with pytest.raises(CatalogueChanged):
        written(database, late)
    assert in_force(database) == {CODE}


def test_only_administrators_import(office: Office, database: Database) -> None:
    command = ImportCatalogue(("btp",), (), TODAY, 0)
    with database.transaction() as tx, pytest.raises(NotPermitted):
        import_catalogue(tx, command, office.actor("leader1"), START)


def test_search_knows_every_level_and_no_repealed_procedure(
    database: Database, office: Office
) -> None:
    both = row(CODE, name="Cấp giấy hiếm có", levels=["Cấp bộ", "Cấp xã"])
    imported(database, both, row(OTHER, name="Cấp giấy hiếm khác", levels=["Cấp bộ"]))
    actor = office.actor("reception1")
    with database.reading() as tx:
        found = find_procedures(tx, "giay hiem", COMMUNE_1, actor)
    assert [(match.code, match.here) for match in found] == [(CODE, True), (OTHER, False)]
    imported(database, {**both, "state": "Bị bãi bỏ"})
    with database.reading() as tx:
        found = find_procedures(tx, "giay hiem", COMMUNE_1, actor)
        assert [match.code for match in found] == [OTHER]
        count = select(func.count()).where(standing.c.origin == Origin.CATALOGUE)
        assert tx.execute(count).scalar_one() == 3
