"""Event logs in OCEL 2.0 (JSON): dossiers, tasks, people, units, papers and money as objects.

Written in two passes over the dossiers, objects first, so that it never lies in memory whole.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from engine.mining.cases import Case
from engine.mining.happenings import Happening

Log = Iterable[tuple[Case, Sequence[Happening]]]
_NOTHING: Mapping[str, str] = {}
_OBJECT_TYPES: dict[str, dict[str, str]] = {
    "dossier": {"channel": "string", "outcome": "string", "due_at": "time", "version": "string"},
    "task": {"step": "string", "name": "string", "stage": "string", "role": "string"},
    "document": {},
    "obligation": {},
    "payment": {},
    "procedure": {},
    "agency": {},
    "unit": {},
    "person": {},
}
_EVENT_ATTRIBUTES = {
    "transition": "string", "event_type": "string", "seq": "integer", "reason": "string",
    "outcome": "string", "decision": "string", "form": "string",
}  # fmt: skip


@dataclass
class _Met:
    """Objects that many dossiers share, and the activities there were."""

    shared: dict[str, str] = field(default_factory=dict)
    activities: dict[str, None] = field(default_factory=dict)


def ocel(log: Callable[[], Log]) -> Iterator[bytes]:
    """The log in pieces; `log` begins reading it, and is called twice."""
    met = _Met()
    yield b'{"objects":[\n'
    yield from _listed(_objects(log(), met))
    yield b'],\n"events":[\n'
    yield from _listed(_event(case, each) for case, happened in log() for each in happened)
    yield b'],\n"objectTypes":' + orjson.dumps(_types(_OBJECT_TYPES))
    event_types = dict.fromkeys(met.activities, _EVENT_ATTRIBUTES)
    yield b',\n"eventTypes":' + orjson.dumps(_types(event_types)) + b"}\n"


def _listed(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    separator = b""
    for item in items:
        yield separator + orjson.dumps(item)
        separator = b",\n"


def _types(types: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "attributes": [{"name": each, "type": kind} for each, kind in has.items()]}
        for name, has in types.items()
    ]


def _objects(log: Log, met: _Met) -> Iterator[dict[str, Any]]:
    for case, happened in log:
        yield _dossier(case, met)
        yield from _tasks(case, met)
        yield from _papers_and_money(case, happened)
        for each in happened:
            met.activities[each.activity] = None
            met.shared[each.resource] = "person"
    for id_, kind in met.shared.items():
        yield _object(id_, kind)


def _dossier(case: Case, met: _Met) -> dict[str, Any]:
    related = {f"procedure:{case.procedure}": "procedure", f"agency:{case.agency}": "decides"}
    received = f"agency:{case.receiving_agency}"
    met.shared |= {f"procedure:{case.procedure}": "procedure", f"agency:{case.agency}": "agency"}
    met.shared[received] = "agency"
    values = {name: getattr(case, name) for name in _OBJECT_TYPES["dossier"]}
    found = _object(case.code, "dossier", values, case.submitted_at, related)
    found["relationships"].append({"objectId": received, "qualifier": "receives"})
    return found


def _tasks(case: Case, met: _Met) -> Iterator[dict[str, Any]]:
    for visit in case.visits:
        related = {case.code: "of"}
        if visit.unit:
            unit = f"unit:{visit.agency}/{visit.unit}"
            met.shared[unit] = "unit"
            related[unit] = "handles"
        values = {name: getattr(visit, name) for name in _OBJECT_TYPES["task"]}
        yield _object(_task(case, visit.place), "task", values, visit.opened_at, related)


def _papers_and_money(case: Case, happened: Iterable[Happening]) -> Iterator[dict[str, Any]]:
    found = {(kind, number) for each in happened for kind, number in each.objects.items()}
    for kind, number in sorted(found):
        yield _object(_part(case, kind, number), kind, related={case.code: "of"})


def _object(
    id_: str,
    kind: str,
    values: Mapping[str, Any] = _NOTHING,
    at: datetime | None = None,
    related: Mapping[str, str] = _NOTHING,
) -> dict[str, Any]:
    """An object with what it was from `at` on."""
    attributes = [
        {"name": name, "value": value, "time": at}
        for name, value in values.items() if value is not None
    ]  # fmt: skip
    return {"id": id_, "type": kind, "attributes": attributes, "relationships": _related(related)}


def _event(case: Case, happening: Happening) -> dict[str, Any]:
    related = {case.code: "dossier", happening.resource: "resource"}
    if happening.visit:
        related[_task(case, happening.visit.place)] = "task"
    for kind, number in happening.objects.items():
        related[_part(case, kind, number)] = kind
    values = {
        "transition": happening.transition,
        "event_type": happening.type.value,
        "seq": happening.seq,
        **happening.told,
    }
    return {
        "id": f"{case.code}/{happening.seq}",
        "type": happening.activity,
        "time": happening.at,
        "attributes": [{"name": name, "value": value} for name, value in values.items()],
        "relationships": _related(related),
    }


def _related(related: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"objectId": id_, "qualifier": word} for id_, word in related.items()]


def _task(case: Case, place: int) -> str:
    return f"{case.code}/task/{place}"


def _part(case: Case, kind: str, number: int) -> str:
    return f"{case.code}/{kind}/{number}"
