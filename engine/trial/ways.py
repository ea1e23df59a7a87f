"""Every way of a draft, tried at random: which steps and branches no dossier ever came to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from bpmn.answering import Choices, choices
from bpmn.graph import Flow, Graph, graphs
from bpmn.parse import Diagram
from bpmn.procedure import Procedure
from engine.errors import EngineError
from engine.workflow.run import Run

ACTS, MOST_ACTS = 40, 1_500
"""How many acts a life goes on for, and how many all lives have together."""
_IDLE = 60
"""So many lives that find nothing new are enough."""
_RARELY = 12
"""One act in so many is an interruption."""
_MOST_KEPT = 400
_SEEN = frozenset({
    "userTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent", "businessRuleTask",
    "serviceTask", "endEvent",
})  # fmt: skip
"""What a life can be seen at."""


@dataclass(frozen=True)
class Unreached:
    """An element that no life came to, or with `to` the way from it that none took."""

    file: str
    element: str
    name: str
    to: str | None = None
    to_name: str = ""


@dataclass(frozen=True)
class Fault:
    """What stopped a life, and the steps that led there."""

    message: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class Explored:
    """What trying every way found."""

    lives: int
    acts: int
    unreached: tuple[Unreached, ...]
    faults: tuple[Fault, ...]


def explore(procedure: Procedure, seed: int = 0) -> Explored:
    """Let random lives go through a procedure; the same seed gives the same lives.

    Their tokens move by the diagram's own conditions, tables and events, without clocks and
    people.
    """
    wanted, idle = dict(_wanted(procedure)), 0
    lives = _Lives(procedure, Random(seed))  # noqa: S311 - nothing secret
    while lives.acts < MOST_ACTS and idle < _IDLE and not wanted.keys() <= lives.seen:
        before = len(lives.seen) + len(lives.kept)
        lives.live()
        idle = 0 if len(lives.seen) + len(lives.kept) > before else idle + 1
    unreached = tuple(said for key, said in wanted.items() if key not in lives.seen)
    return Explored(lives.lives, lives.acts, unreached, lives.faults)


@dataclass
class _Life:
    """A life so far; `picked` is how often others went on from here."""

    run: Run
    facts: dict[str, Any]
    after: tuple[str, ...] = ()
    picked: int = 0

    def again(self, diagram: Diagram) -> "_Life":
        """The same life once more, to be led another way."""
        facts = dict(self.facts)
        return _Life(Run.restore(diagram, self.run.dump(), facts), facts, self.after)


@dataclass
class _Lives:
    """Lives begin anew, or where one before first came to: so that late ways are tried as often as
    early ones."""

    procedure: Procedure
    random: Random
    lives: int = 0
    acts: int = 0
    seen: set[tuple[str, ...]] = field(default_factory=set)
    kept: dict[object, _Life] = field(default_factory=dict)
    _faults: dict[str, Fault] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The first life that each fault stopped."""
        return tuple(self._faults.values())

    def live(self) -> None:
        """One life, from its beginning or a place on its way to an end or to its last act."""
        self.lives += 1
        after: list[str] = []
        try:
            life = self._begun()
            after += life.after
            self._see(life)
            for _ in range(ACTS):
                if not life.run.places:
                    return
                life = life.again(self.procedure.diagram)
                self._act(life, after)
                life.after = tuple(after)
                self._see(life)
        except EngineError as error:
            self._faults.setdefault(error.message, Fault(error.message, tuple(after)))

    def _begun(self) -> _Life:
        if self.kept and self.random.randrange(3):
            life = min(self.kept.values(), key=lambda each: each.picked)
            life.picked += 1
            return life
        facts = {owner: self._answers(owner) for owner in ("application", "dossier", "applicant")}
        return _Life(Run.begin(self.procedure.diagram, facts), facts)

    def _act(self, life: _Life, after: list[str]) -> None:
        self.acts += 1
        interruptions, run = self.procedure.places.interruptions, life.run
        if interruptions and not self.random.randrange(_RARELY):
            message = self.random.choice(sorted(interruptions))
            after.append(message.value)
            run.interrupt(message, interruptions[message])
            return
        place = self.random.choice(run.places)
        after.append(place.step)
        life.facts[place.step] = self._answers(place.step)
        known = self.procedure.places
        if place.step in known.steps or place.step in known.services:
            run.complete(place.number)
        else:
            run.happen(place.number)

    def _answers(self, owner: str) -> dict[str, Any]:
        fields = self._choices.get(owner, {})
        return {name: self.random.choice(values) for name, values in fields.items()}

    def _see(self, life: _Life) -> None:
        run = life.run
        self.seen |= {(place.step,) for place in run.places}
        self.seen |= {(name,) for name in (*run.ended, *run.decisions, *run.told)}
        self.seen |= set(run.chosen)
        begun = tuple(repr(life.facts[each]) for each in ("application", "dossier", "applicant"))
        where = begun, tuple(place.step for place in run.places)
        if run.places and where not in self.kept and len(self.kept) < _MOST_KEPT:
            self.kept[where] = life

    @cached_property
    def _choices(self) -> Choices:
        return choices(self.procedure)


def _wanted(procedure: Procedure) -> Iterator[tuple[tuple[str, ...], Unreached]]:
    """What a token rests at, is decided or ended by, and branches of gateways, keyed as `seen`."""
    names = procedure.diagram.names
    for graph in graphs(procedure):
        for node in graph.nodes.values():
            if node.kind in _SEEN:
                yield (node.id,), Unreached(graph.file, node.id, node.name)
        for flow in graph.flows:
            if _parts(graph, flow):
                name, to = graph.nodes[flow.source].name, flow.target
                said = Unreached(graph.file, flow.source, name, to, names.get(to, to))
                yield (flow.source, to), said


def _parts(graph: Graph, flow: Flow) -> bool:
    """Whether it is one of several ways out of a gateway."""
    kind = graph.nodes[flow.source].kind
    return (
        kind.endswith("Gateway")
        and kind != "eventBasedGateway"
        and len(graph.after(flow.source)) > 1
    )
