"""What becomes of dossiers when their procedure is repealed or amended."""

import pytest

from bpmn.procedure import procedure_from_sources
from engine.commands.reception import begin_reception
from engine.errors.catalogue import NobodyCompetent, ProcedureRepealed
from engine.model.status import Channel, Status
from engine.store.database import Database
from tests.catalogue import row
from tests.clock import START, FakeClock
from tests.diagrams import CODE, simple
from tests.integration.catalogue.importing import imported
from tests.office import COMMUNE_1, Office
from tests.processes.walker import Walker


def test_a_repealed_procedure_takes_no_dossiers_and_those_under_way_go_on(
    office: Office, database: Database, clock: FakeClock
) -> None:
    walker = Walker(office, clock, procedure_from_sources(simple()))
    walker.walk(Channel.POSTAL, {}, "check_papers=accept")
    assert len(imported(database, row(CODE, state="Bị bãi bỏ")).changes) == 1
    assert imported(database, row(CODE, state="Bị bãi bỏ")).unchanged == 1
    late = Walker(office, clock, walker.procedure)
    with pytest.raises(ProcedureRepealed):
        late.submit(Channel.POSTAL, {}, None)
    with pytest.raises(ProcedureRepealed), database.transaction() as tx:
        begin_reception(tx, CODE, COMMUNE_1, office.actor("reception1"), START)
    walker.complete("appraise=approve")
    assert walker.dossier.status is not Status.RECEIVED
    assert walker.verified() is None


def test_a_counter_begins_nothing_on_which_nobody_near_decides(
    office: Office, database: Database
) -> None:
    ministry, here = row("1.999001", levels=["Cấp bộ"]), row("1.999002")
    imported(database, ministry, here)
    actor = office.actor("reception1")
    with database.transaction() as tx:
        assert begin_reception(tx, "1.999002", COMMUNE_1, actor, START)
        with pytest.raises(NobodyCompetent):
            begin_reception(tx, "1.999001", COMMUNE_1, actor, START)
