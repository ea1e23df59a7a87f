"""Every shipped procedure goes to every end, loaded from the database before each step."""

from typing import Any

import pytest

import engine.workflow.tree
from bpmn.graph import graphs
from bpmn.procedure import Procedure, procedure_folders
from engine.errors.time import PauseUsedUp
from engine.model.status import ENDED, Channel
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.office import Office
from tests.processes.going import COMPLETED, Way
from tests.processes.walker import Walker
from tests.processes.ways import WAYS
from tests.samples import shipped

TELLING = [(folder, ways[0]) for folder, ways in WAYS.items()]
"""One way of each procedure, to its result, for both databases."""
ASKING = ("1_001193", "1_013978")
"""Procedures that ask for papers once."""
Flow = tuple[str, str]
"""From and to which node."""


@pytest.mark.parametrize(("folder", "way"), TELLING, ids=lambda p: getattr(p, "name", p))
def test_a_way_leads_to_its_end(office: Office, clock: FakeClock, folder: str, way: Way) -> None:
    _lead(Walker(office, clock, shipped(folder)), way)


def _lead(walker: Walker, way: Way) -> None:
    dossier = walker.go(way)
    assert (dossier.outcome, dossier.status) == (way.outcome, ENDED[way.outcome]), way.name
    assert (dossier.tasks, dossier.waits, dossier.pauses) == ({}, {}, []), way.name
    assert walker.verified() is None, way.name


@pytest.mark.parametrize("folder", ASKING)
@pytest.mark.parametrize(
    "way",
    [
        "check_papers=supplement +supplement check_papers=supplement",
        f"check_papers=accept digitise {COMPLETED} appraise=supplement",
    ],
    ids=["before receipt", "after receipt"],
)
def test_papers_are_asked_for_once(office: Office, clock: FakeClock, folder: str, way: str) -> None:
    walker = Walker(office, clock, shipped(folder))
    *before, second = way.split()
    walker.walk(Channel.ONLINE, {}, " ".join(before))
    with pytest.raises(PauseUsedUp):
        walker.complete(second)
    (task,) = walker.dossier.tasks.values()
    assert task.step == second.partition("=")[0]
    assert walker.verified() is None


@pytest.mark.parametrize("folder", WAYS)
def test_every_end_has_a_way(folder: str) -> None:
    assert {way.end for way in WAYS[folder]} == set(shipped(folder).places.outcomes)


def test_every_shipped_procedure_is_walked() -> None:
    assert {folder.name for folder in procedure_folders()} == set(WAYS)


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> set[Flow]:
    """The flows over which tokens went since."""
    flows: set[Flow] = set()
    task_class: Any = vars(engine.workflow.tree)["Task"]
    run = task_class.run

    def recording(task: Any) -> object:
        if task.parent is not None:
            flows.add((_node(task.parent), _node(task)))
        return run(task)

    monkeypatch.setattr(task_class, "run", recording)
    return flows


def _node(task: Any) -> str:
    """The node of the diagram; the library puts one of its own before a node with events on it."""
    return str(task.task_spec.name).removesuffix(".BoundaryEventSplit")


@pytest.mark.parametrize("folder", WAYS)
def test_all_ways_lead_to_their_ends_and_walk_every_flow(
    sqlite_source: SqliteSource, clock: FakeClock, walked: set[Flow], folder: str
) -> None:
    with sqlite_source.fresh(FURNISHED) as database:
        for way in WAYS[folder]:
            _lead(Walker(Office(database), clock, shipped(folder)), way)
    assert _drawn(shipped(folder)) - walked == set()


def _drawn(procedure: Procedure) -> set[Flow]:
    """All sequence flows of a procedure and of the stages that it calls."""
    return {
        (flow.source, flow.target)
        for graph in graphs(procedure)
        for flow in graph.flows
        if flow.id not in graph.nodes
    }
