"""Where the tokens of a dossier come to lie in another version of its procedure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bpmn.addresses import Addresses, Path, addresses
from bpmn.graph import Graph
from bpmn.procedure import Procedure
from engine.errors.migration import MigrationImpossible
from engine.model.dossier import Dossier
from engine.workflow.placing import Arrival, Token, placed
from engine.workflow.run import Run

SEPARATOR = "/"


@dataclass(frozen=True)
class Rerouting:
    """A dossier's places, old and new: `moved` is where each open place goes, by its number;
    places that are not in it end. `state` is that of the run on the new version."""

    moved: Mapping[int, Path]
    state: bytes


def reroute(
    dossier: Dossier, old: Procedure, new: Procedure, steps: Mapping[str, str]
) -> Rerouting:
    """Find the new place of every token.

    `steps` names the new step for an old one, each by its id or by its whole path
    (`call_receipt/check_papers`). A step that it does not name stays where its path leads in the
    new version, or goes to the only step with its id. Raises `MigrationImpossible`.
    """
    return _Rerouting(dossier, old, new, steps).done()


@dataclass
class _Rerouting:
    dossier: Dossier
    old: Procedure
    new: Procedure
    steps: Mapping[str, str]

    def done(self) -> Rerouting:
        run = Run.restore(self.old.diagram, self.dossier.state, self.dossier.facts)
        moved = dict(self._moved(run))
        self._require_apart(moved)
        tokens = [Token(path, self._kept(place, path)) for place, path in moved.items()]
        arrivals = [self._renamed(arrival) for arrival in run.arrivals]
        self._require_reachable(tokens, arrivals)
        try:
            state = placed(self.new.diagram, tokens, arrivals, run.last_number)
        except LookupError as error:
            raise self._impossible(f"sơ đồ mới không có phần tử «{error}»") from error
        return Rerouting(moved, state)

    def _moved(self, run: Run) -> Iterator[tuple[int, Path]]:
        for place in run.places:
            path = run.path(place.number)
            target = self._target(path)
            if target is not None:
                yield place.number, target
            elif not self._may_end(place.step, place.number, run):
                raise self._impossible(
                    f"phiên bản mới không có bước «{self._name(place.step)}» ({place.step});"
                    " hãy chỉ ra bước thay cho bước này"
                )

    def _require_apart(self, moved: Mapping[int, Path]) -> None:
        for path, times in Counter(moved.values()).items():
            if times > 1:
                raise self._impossible(
                    f"{times} việc đang mở cùng được chuyển tới bước «{path[-1]}»"
                )

    def _target(self, path: Path) -> Path | None:
        """Where a path leads in the new version; None where nothing stands for it."""
        known = addresses(self.new)
        named = self._named(path)
        if named is None:
            return path if path in known.paths else self._only(known, path[-1])
        target = tuple(named.split(SEPARATOR))
        found = target if target in known.paths else None
        if found is None and len(target) == 1:
            beside = (*path[:-1], named)
            found = beside if beside in known.paths else self._only(known, named)
        if found is None:
            raise self._impossible(f"phiên bản mới không có bước «{named}», hoặc có ở nhiều nơi")
        return found

    def _only(self, known: Addresses, id_: str) -> Path | None:
        found = known.ending_with(id_)
        if len(found) > 1:
            ways = ", ".join(SEPARATOR.join(path) for path in found)
            raise self._impossible(f"bước «{id_}» có ở nhiều nơi ({ways}); hãy chỉ rõ một nơi")
        return found[0] if found else None

    def _may_end(self, step: str, number: int, run: Run) -> bool:
        """Whether the dossier goes on without this: something awaited beside a step, or one of
        several events of which another is still there."""
        wait = self.old.places.waits.get(step)
        if wait is not None and wait.boundary:
            return True
        rivals = [run.path(rival) for rival in run.rivals(number)]
        return any(self._target(path) is not None for path in rivals)

    def _renamed(self, arrival: Arrival) -> Arrival:
        """A branch as it had come in the new version."""
        names = (
            self._named((*arrival.within, id_)) or id_ for id_ in (arrival.source, arrival.join)
        )
        source, join = (name.split(SEPARATOR)[-1] for name in names)
        return replace(arrival, source=source, join=join)

    def _named(self, path: Path) -> str | None:
        return self.steps.get(SEPARATOR.join(path)) or self.steps.get(path[-1])

    def _kept(self, place: int, path: Path) -> int:
        """The number of a token that stays what it was, a step or a wait; 0 for one that changes:
        the old place ends and a new one begins."""
        is_step = path[-1] in self.new.places.steps
        return place if is_step == (place in self.dossier.tasks) else 0

    def _require_reachable(self, tokens: list[Token], arrivals: list[Arrival]) -> None:
        """Raise unless the new drawing could itself have come to where the tokens are to lie."""
        known = addresses(self.new)
        levels: dict[Path, set[str]] = defaultdict(set)
        for token in tokens:
            for depth, id_ in enumerate(token.path):
                levels[token.path[:depth]].add(id_)
        for within, ids in levels.items():
            graph = known.graph_within(within)
            if any(graph.nodes[id_].triggered for id_ in ids):
                continue
            there = [each for each in arrivals if each.within == within]
            marking = frozenset((*_resting(graph, ids), *self._waiting(graph, there)))
            if not known.can_come_to(graph, marking):
                names = ", ".join(f"«{graph.nodes[id_].name or id_}»" for id_ in sorted(ids))
                raise self._impossible(f"sơ đồ mới không bao giờ đồng thời ở {names}")

    def _waiting(self, graph: Graph, arrivals: list[Arrival]) -> Iterator[str]:
        for arrival in arrivals:
            ends = arrival.source, arrival.join
            flows = (flow for flow in graph.flows if (flow.source, flow.target) == ends)
            flow = next(flows, None)
            if flow is None:
                raise self._impossible(
                    f"một nhánh đã tới cổng «{arrival.join}» từ «{arrival.source}»,"
                    " sơ đồ mới không có đường này"
                )
            yield flow.id

    def _name(self, step: str) -> str:
        return self.old.diagram.names.get(step, step)

    def _impossible(self, reason: str) -> MigrationImpossible:
        return MigrationImpossible(code=self.dossier.code, reason=reason)


def _resting(graph: Graph, ids: set[str]) -> Iterator[str]:
    """The nodes at which tokens rest: of events after a gateway it is the gateway, and what is
    awaited beside a step rests with it."""
    for id_ in ids:
        node = graph.nodes[id_]
        choices = [b for b in graph.before(id_) if graph.nodes[b].kind == "eventBasedGateway"]
        if choices:
            yield choices[0]
        elif node.attached_to is None:
            yield id_
