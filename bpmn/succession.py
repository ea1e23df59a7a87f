"""Two versions of a procedure side by side: which step stands for which, and what is new."""

from collections.abc import Iterator
from dataclasses import dataclass

from bpmn.addresses import Addresses, Path, addresses
from bpmn.expressions import ExpressionError, names_in
from bpmn.graph import graphs
from bpmn.procedure import Procedure
from bpmn.steps import STAGE_NAMES

SEPARATOR = "/"


@dataclass(frozen=True)
class Place:
    """A step or wait of one version: its whole path (`call_receipt/check_papers`), its name, and
    the stage of a step in words."""

    path: str
    id: str
    name: str
    stage: str


@dataclass(frozen=True)
class Move:
    """A place of the old version, and the path that stands for it in the new one by itself, None
    where a person has to say."""

    place: Place
    stays: str | None


@dataclass(frozen=True)
class Addition:
    """A step that only the new version has: the flows that read its answers, and the papers it
    draws up, signs or seals. Dossiers beyond it have neither."""

    place: Place
    read_by: tuple[str, ...]
    papers: tuple[str, ...]


def places_of(procedure: Procedure) -> list[Place]:
    """The steps and waits of a version, by path."""
    return [_place(procedure, path) for path in sorted(addresses(procedure).paths)]


def moves(old: Procedure, new: Procedure) -> list[Move]:
    """Every place of the old version that dossiers can be held at, with what becomes of it."""
    known = addresses(new)
    return [
        Move(place, _stays(tuple(place.path.split(SEPARATOR)), known))
        for place in places_of(old)
        if not _is_boundary(old, place.id)
    ]


def additions(old: Procedure, new: Procedure) -> Iterator[Addition]:
    """Steps that the old version had not, where dossiers that are beyond them lack something."""
    reading = dict(_reading(new))
    for place in places_of(new):
        step = new.places.steps.get(place.id)
        if step is None or place.id in old.places.steps:
            continue
        papers = tuple(str(each) for each in (*step.drafts, step.signs, step.seals) if each)
        read_by = tuple(reading.get(place.id, ()))
        if papers or read_by:
            yield Addition(place, read_by, papers)


def _stays(path: Path, known: Addresses) -> str | None:
    if path in known.paths:
        return SEPARATOR.join(path)
    found = known.ending_with(path[-1])
    return SEPARATOR.join(found[0]) if len(found) == 1 else None


def _place(procedure: Procedure, path: Path) -> Place:
    id_ = path[-1]
    step = procedure.places.steps.get(id_)
    stage = STAGE_NAMES[step.stage] if step else ""
    return Place(SEPARATOR.join(path), id_, procedure.diagram.names.get(id_, id_), stage)


def _is_boundary(procedure: Procedure, id_: str) -> bool:
    wait = procedure.places.waits.get(id_)
    return wait is not None and wait.boundary


def _reading(procedure: Procedure) -> Iterator[tuple[str, list[str]]]:
    """Step id → names of the flows whose conditions read its answers."""
    found: dict[str, list[str]] = {}
    for graph in graphs(procedure):
        for flow in graph.flows:
            for owner in dict.fromkeys(_owners(flow.condition)):
                node = graph.nodes.get(flow.target)
                found.setdefault(owner, []).append(node.name if node and node.name else flow.target)
    yield from found.items()


def _owners(condition: str | None) -> Iterator[str]:
    try:
        yield from (owner for owner, _ in names_in(condition)) if condition else ()
    except ExpressionError:
        return
