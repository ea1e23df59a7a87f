"""Where a dossier stands in the diagrams of its procedure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sqlalchemy import Connection

from bpmn.graph import Graph, graphs
from bpmn.kept import Kept
from bpmn.procedure import DIAGRAM_FILE, Procedure
from engine.model.dossier import Dossier
from engine.store import definitions
from engine.workflow.run import Run

_SUFFIX = ".bpmn"
_EDITION = 14
"""Length of what stands before the name of a diagram of an earlier version: v1a2b3c4d5e6f."""
FORMER = "Phiên bản trước"


@dataclass(frozen=True)
class Drawing:
    """One diagram with ids of its elements: steps that people do now, events awaited, and what
    was done before. `title` is the stage that it shows, empty for the procedure itself."""

    name: str
    title: str
    current: tuple[str, ...]
    waiting: tuple[str, ...]
    done: tuple[str, ...]


def drawings(dossier: Dossier, procedure: Procedure, newest: bool = True) -> list[Drawing]:
    """The procedure's own diagram, then those of the stages that the dossier is in.

    Where the dossier was later taken to a newer version, names tell which one is drawn.

    Of a stage that the diagram calls at several places it is not known at which of them it was
    done before, so none of these is marked as done.
    """
    sheets = _sheets.of(procedure)
    tasks, waits = _paths(dossier, procedure)
    busy = {id_ for path in (*tasks, *waits) for id_ in path}
    done = set(sheets.done(dossier.done_by)) - busy
    return [
        Drawing(
            name=name_of(file) if newest else f"{_edition(dossier.version)}{name_of(file)}",
            title=title if newest else title or FORMER,
            current=sheets.inmost(tasks, file),
            waiting=sheets.inmost(waits, file),
            done=tuple(sorted(id_ for id_ in done if sheets.file_of.get(id_) == file)),
        )
        for file, title in sheets.touched((*tasks, *waits)).items()
    ]


def source(procedure: Procedure, name: str) -> str | None:
    """The XML of a diagram by the name that `Drawing` has; None where there is none."""
    name = name.removeprefix(_edition(procedure.digest))
    return next((text for file, text in procedure.sources.items()
                 if file.endswith(_SUFFIX) and name_of(file) == name), None)  # fmt: skip


def source_once(tx: Connection, procedure: str, version: str, name: str) -> str | None:
    """The XML of a diagram of a dossier's version, or of one that it was on before."""
    if len(name) > _EDITION and name[0] == "v" and name[_EDITION - 1] == ".":
        version = definitions.known(tx, procedure, name[1 : _EDITION - 1]) or version
    return source(definitions.version(tx, version), name)


def _edition(version: str) -> str:
    return f"v{version[: _EDITION - 2]}."


def name_of(file: str) -> str:
    """A file of a procedure as it can stand in an address: shared/receipt.bpmn → shared.receipt."""
    return file.removesuffix(_SUFFIX).replace("/", ".")


Path = tuple[str, ...]


def _paths(dossier: Dossier, procedure: Procedure) -> tuple[list[Path], list[Path]]:
    """Through which elements tokens came to the open tasks, and to what holds the dossier."""
    held = [w for w in dossier.waits.values() if not procedure.places.waits[w.step].boundary]
    if not dossier.tasks and not held:
        return [], []
    run = Run.restore(procedure.diagram, dossier.state, dossier.facts)
    return [run.path(place) for place in dossier.tasks], [run.path(w.place) for w in held]


class _Sheets:
    """Which file draws an element, and what a call activity stands for."""

    def __init__(self, drawn: list[Graph]) -> None:
        self._graphs = {graph.id: graph for graph in drawn}
        self.file_of = {id_: graph.file for graph in drawn for id_ in graph.nodes}
        self._nodes = {id_: node for graph in drawn for id_, node in graph.nodes.items()}

    def inmost(self, paths: Iterable[Path], file: str) -> tuple[str, ...]:
        """Of each path the last element that a file draws."""
        found = ([id_ for id_ in path if self.file_of.get(id_) == file] for path in paths)
        return tuple(dict.fromkeys(ids[-1] for ids in found if ids))

    def touched(self, paths: Iterable[Path]) -> Mapping[str, str]:
        """The procedure's own file and those that paths lead into, with the stage's name."""
        files = {DIAGRAM_FILE: ""}
        for path in paths:
            for outer, inner in pairwise(path):
                file = self.file_of.get(inner)
                if file is not None and file != self.file_of.get(outer):
                    files.setdefault(file, self._nodes[outer].name)
        return files

    def done(self, steps: Iterable[str]) -> Iterator[str]:
        """Steps, and the call activities and subprocesses that only they can have come from."""
        for step in steps:
            yield step
            yield from self._around.get(step, ())

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        """By step: what it is drawn in, as far as it is called at one place only."""
        holders = [node for node in self._nodes.values() if node.process in self._graphs]
        called = Counter(node.process for node in holders)
        only = {node.process: node.id for node in holders if called[node.process] == 1}
        home = {id_: graph.id for graph in self._graphs.values() for id_ in graph.nodes}
        return {id_: tuple(_outward(id_, home, only)) for id_ in self._nodes}


def _outward(id_: str, home: Mapping[str, str], only: Mapping[str, str]) -> Iterator[str]:
    seen = {id_}
    while (holder := only.get(home[id_])) is not None and holder not in seen:
        yield holder
        seen.add(holder)
        id_ = holder


def _drawn(procedure: Procedure) -> _Sheets:
    return _Sheets(graphs(procedure))


_sheets = Kept(_drawn)
