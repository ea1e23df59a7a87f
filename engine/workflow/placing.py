"""Tokens put where they are to be: a run that begins in the middle of a diagram.

What a token has come through is left out of the tree, as it is of any run (docs/adr/0006); a
gateway that joins keeps the branches that had reached it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import orjson
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from bpmn.parse import Diagram, EventChoice

_EVENT_FIRED = 2
_AROUND = (".BoundaryEventSplit", ".BoundaryEventJoin")


@dataclass(frozen=True, order=True)
class Token:
    """A token at the end of a path: call activities and subprocesses, then a step or wait.

    With a `number` it keeps that place; 0 gives it a new one.
    """

    path: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, order=True)
class Arrival:
    """A branch that reached a gateway which waits for others: where it came from, within what."""

    within: tuple[str, ...]
    source: str
    join: str


def placed(
    diagram: Diagram, tokens: Iterable[Token], arrivals: Iterable[Arrival], last: int
) -> bytes:
    """The state of a run with its tokens at these places, for `Run.placed`.

    `last` is the highest number given so far. Raises LookupError where the diagram has no such
    place.
    """
    builder = _Builder(diagram, {t.path: t.number for t in tokens}, sorted(arrivals), last)
    tree = builder.level(diagram.process, (), sorted(tokens))
    state = {"last": builder.last, "tree": tree, "sub": sorted(builder.within)}
    return orjson.dumps(state, option=orjson.OPT_SORT_KEYS)


def element_of(spec: Any) -> str:
    """Id of the element that a specification belongs to; the parser puts some of its own around a
    step that has events on its boundary."""
    name = str(spec.name)
    for added in _AROUND:
        name = name.removesuffix(added)
    return name


@dataclass
class _Builder:
    diagram: Diagram
    numbers: dict[tuple[str, ...], int]
    arrivals: Sequence[Arrival]
    last: int
    within: list[list[Any]] = field(default_factory=list)

    def level(
        self, spec: BpmnProcessSpec, prefix: tuple[str, ...], tokens: Sequence[Token]
    ) -> list[list[Any]]:
        """The nodes of one process: its start, and what rests or runs in it."""
        start = spec.start.outputs[0].name
        root = self._new()
        nodes = [[root, 0, start, TaskState.COMPLETED, _EVENT_FIRED]]
        for arrival in (each for each in self.arrivals if each.within == prefix):
            nodes += self._arrived(spec, root, arrival)
        depth, done = len(prefix), set[str]()
        for id_, theirs in groupby(tokens, key=lambda token: token.path[depth]):
            place = _Place(spec.task_specs[id_], prefix, list(theirs))
            if id_ not in done and not isinstance(place.spec, BoundaryEvent):
                nodes += self._put(root, place, done)
        return nodes

    def _arrived(self, spec: BpmnProcessSpec, root: int, arrival: Arrival) -> Iterator[list[Any]]:
        join = spec.task_specs[arrival.join]
        source = next((each for each in join.inputs if element_of(each) == arrival.source), None)
        if source is None:
            raise LookupError(arrival.source)
        passed = self._new()
        yield [passed, root, source.name, TaskState.COMPLETED, 0]
        yield [self._new(), passed, join.name, TaskState.WAITING, 0]

    def _put(self, root: int, place: "_Place", done: set[str]) -> Iterator[list[Any]]:
        """The node of a place, with what is awaited beside it or instead of it."""
        parent, together = root, [place.spec]
        if place.before is not None:
            parent, together = self._new(), list(place.before.outputs)
            yield [parent, root, place.before.name, TaskState.COMPLETED, 0]
        for spec in together:
            path = (*place.prefix, spec.bpmn_id)
            done.add(spec.bpmn_id)
            if spec is place.spec and len(place.tokens[0].path) > len(path):
                yield self._entered(parent, place, path)
            else:
                waits = isinstance(spec, CatchingEvent)
                state = TaskState.WAITING if waits else TaskState.READY
                yield [self.numbers.get(path) or self._new(), parent, spec.name, state, 0]

    def _entered(self, parent: int, place: "_Place", path: tuple[str, ...]) -> list[Any]:
        number = self._new()
        inside = self.diagram.subprocesses[place.spec.spec]
        self.within.append([number, self.level(inside, path, place.tokens)])
        return [number, parent, place.spec.name, TaskState.STARTED, 0]

    def _new(self) -> int:
        self.last += 1
        return self.last


@dataclass(frozen=True)
class _Place:
    """Where tokens go in one process: at a node, or within the call that it is."""

    spec: Any
    prefix: tuple[str, ...]
    tokens: list[Token]

    @property
    def before(self) -> Any:
        """What the token came through that let several things wait at once."""
        kinds = (BoundaryEventSplit, EventChoice)
        return next((each for each in self.spec.inputs if isinstance(each, kinds)), None)
