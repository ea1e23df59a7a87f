"""Figures of papers at every level of the organisation, and the dossiers behind them."""

from datetime import timedelta

import pytest

from bpmn.procedure import procedure_from_sources
from engine.errors import NotPermitted
from engine.model.status import Channel
from engine.queries.paging import Slice
from engine.queries.paper_counts import (
    PaperCounts,
    PaperFigure,
    PaperFilter,
    PaperGroup,
    PapersBy,
    count_papers,
    list_papers,
)
from tests.diagrams import simple
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE
from tests.processes.walker import Walker
from tests.vaulted import CODE, Papers

F = PaperFigure


@pytest.fixture
def life(here: Papers, there: Papers) -> dict[str, str]:
    """Three dossiers: one finished, one that uses its papers again elsewhere, one just begun."""
    first = here.finished()
    second = there.submit(components=("PROOF",))
    result, proof = there.shelf(second)
    there.take(second, proof, "PROOF")
    there.take(second, result, "EARLIER")
    third = there.submit()
    return {"first": first, "second": second, "third": third}


def counted(papers: Papers, who: str, by: PapersBy | None = None, **chosen: object) -> PaperCounts:
    actor = papers.office.actor(who)
    with papers.office.database.reading() as tx:
        return count_papers(tx, PaperFilter(**chosen), by, actor, papers.clock())  # type: ignore[arg-type]


def listed(papers: Papers, who: str, figure: PaperFigure, **chosen: object) -> list[str]:
    actor = papers.office.actor(who)
    with papers.office.database.reading() as tx:
        asked = PaperFilter(**chosen)  # type: ignore[arg-type]
        found = list_papers(tx, Slice(50), figure, asked, (actor, papers.clock()))
        return [item.code for item in found.items]


def said(group: PaperGroup) -> dict[str, int]:
    return {figure.value: number for figure, number in group.figures.items() if number}


EVERYWHERE = {
    "received": 3,
    "reusing": 1,
    "with_papers": 3,
    "digitised": 2,
    "not_digitised": 1,
    "results": 1,
    "signed": 1,
}


@pytest.mark.usefixtures("life")
def test_a_province_counts_all_below_it(here: Papers) -> None:
    counts = counted(here, "control", PapersBy.AGENCY)
    assert said(counts.total) == EVERYWHERE
    assert counts.total.reused == 2
    province, first, second = counts.groups
    assert (province.key, said(province), province.reused) == (PROVINCE, EVERYWHERE, 2)
    assert (first.key, first.figures[F.RECEIVED], first.figures[F.SIGNED]) == (COMMUNE_1, 1, 1)
    assert (second.key, second.figures[F.REUSING], second.reused) == (COMMUNE_2, 1, 2)
    assert first.name == "Ủy ban nhân dân xã số 1"


@pytest.mark.usefixtures("life")
def test_a_commune_counts_its_own(here: Papers) -> None:
    counts = counted(here, "leader2", PapersBy.AGENCY)
    assert [group.key for group in counts.groups] == [COMMUNE_2]
    assert counts.total.figures[F.RECEIVED] == 2
    narrowed = counted(here, "control", agency=COMMUNE_1)
    assert narrowed.total.figures[F.RECEIVED] == 1
    assert counted(here, "leader2", agency=COMMUNE_1).total.figures[F.RECEIVED] == 0
    assert counted(here, "leader2", agency=PROVINCE).total.figures[F.RECEIVED] == 2


@pytest.mark.usefixtures("life")
def test_by_procedure_and_by_competent_unit(here: Papers) -> None:
    (procedure,) = counted(here, "control", PapersBy.PROCEDURE).groups
    assert (procedure.key, procedure.name) == (CODE, "Thủ tục thử")
    (unit,) = counted(here, "control", PapersBy.UNIT).groups
    assert (unit.key, unit.name) == ("OFFICE", "Văn phòng HĐND và UBND")
    assert said(unit) == said(procedure) == EVERYWHERE
    assert counted(here, "control", unit="ECONOMY").total.figures[F.RECEIVED] == 0
    assert counted(here, "control", unit="OFFICE").total.figures[F.RECEIVED] == 3
    assert counted(here, "control", procedure="1.001193").total.figures[F.RECEIVED] == 0


@pytest.mark.usefixtures("life")
def test_only_what_happened_in_the_period(here: Papers) -> None:
    now = here.clock()
    assert said(counted(here, "control", since=now + timedelta(minutes=1)).total) == {}
    earlier = counted(here, "control", before=now - timedelta(days=1))
    assert said(earlier.total) == {}


def test_figures_lead_to_their_dossiers(here: Papers, life: dict[str, str]) -> None:
    first, second, third = life.values()
    assert listed(here, "control", F.RECEIVED) == [third, second, first]
    assert listed(here, "control", F.REUSING) == [second]
    assert listed(here, "control", F.NOT_DIGITISED) == [third]
    assert listed(here, "control", F.DIGITISED, agency=COMMUNE_1) == [first]
    assert listed(here, "control", F.SIGNED) == [first]
    assert listed(here, "control", F.UNSIGNED) == []
    assert listed(here, "leader1", F.RECEIVED) == [first]


def test_results_on_paper_only_are_listed(here: Papers) -> None:
    walker = Walker(here.office, here.clock, procedure_from_sources(simple()))
    walker.walk(Channel.POSTAL, {}, "check_papers=accept appraise=approve sign=approve deliver")
    assert listed(here, "control", F.UNSIGNED) == [walker.dossier.code]
    total = counted(here, "control").total
    assert (total.figures[F.RESULTS], total.figures[F.SIGNED]) == (1, 0)


def test_others_do_not_count(here: Papers) -> None:
    for who in ("reception1", "clerk1", "portal", "administrator1"):
        with pytest.raises(NotPermitted):
            counted(here, who)
        with pytest.raises(NotPermitted):
            listed(here, who, F.RECEIVED)
