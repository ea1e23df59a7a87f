"""A dossier as one JSON document: how it lies in the database between two acts."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bpmn.roles import Role
from bpmn.steps import Message, Outcome, Stage
from engine.deadlines.clock import Clock
from engine.model import alert_snapshot, contact, document, money_snapshot, obtained, request
from engine.model.contact import Party
from engine.model.dossier import (
    Dossier,
    Lateness,
    Pause,
    PauseRequest,
    Task,
    Waiting,
)
from engine.model.responsible import Responsible
from engine.model.status import Channel, Status

_AS_THEY_ARE = (
    "code", "procedure", "version", "receiving_agency", "competent_agency", "submitted_by",
    "calendar", "rulebook", "overdue", "facts", "times_paused", "extensions", "done_by", "seq",
)  # fmt: skip
_ADDED = ("ticket", "assisted", "priority", "components", "documents_added")
"""What dossiers that were kept before that step of the schema do not say."""
_MOMENTS = ("submitted_at", "received_at", "processed_at", "finished_at", "last_at")


def to_json(dossier: Dossier) -> dict[str, Any]:
    """Everything that decides the dossier's future; the inverse of `from_json`."""
    asked, responsible = dossier.pause_request, dossier.last_responsible
    return {
        **{name: getattr(dossier, name) for name in (*_AS_THEY_ARE, *_ADDED)},
        **{name: _text(getattr(dossier, name)) for name in _MOMENTS},
        "channel": dossier.channel,
        "status": dossier.status,
        "outcome": dossier.outcome,
        "interruption": dossier.interruption,
        "clock": _clock_json(dossier.clock),
        "state": dossier.state.decode(),
        "tasks": [_task_json(task) for task in dossier.tasks.values()],
        "waits": [_wait_json(wait) for wait in dossier.waits.values()],
        "pauses": [_pause_json(pause) for pause in dossier.pauses],
        "pause_request": asked and _pause_json(asked),
        "lateness": {str(place): vars(late) for place, late in dossier.lateness.items()},
        "last_responsible": responsible and vars(responsible),
        "documents": [document.to_json(each) for each in dossier.documents.values()],
        "obtained": [obtained.to_json(each) for each in dossier.obtained.values()],
        "obligations": [money_snapshot.to_json(each) for each in dossier.obligations.values()],
        "requests": [request.to_json(each) for each in dossier.requests.values()],
        "contacts": {str(party): seq for party, seq in dossier.contacts.items()},
        "unreached": [contact.unreached_json(each) for each in dossier.unreached],
        "masked_at": _text(dossier.masked_at),
        **alert_snapshot.to_json(dossier),
    }


def from_json(raw: Mapping[str, Any]) -> Dossier:
    """The dossier that `to_json` described."""
    return Dossier(
        **{name: raw[name] for name in _AS_THEY_ARE},
        **{name: raw[name] for name in _ADDED if name in raw},
        **_moments(raw, _MOMENTS),
        channel=Channel(raw["channel"]),
        status=Status(raw["status"]),
        outcome=Outcome(raw["outcome"]) if raw["outcome"] else None,
        interruption=Message(raw["interruption"]) if raw["interruption"] else None,
        clock=_clock(raw["clock"]),
        state=raw["state"].encode(),
        tasks={task["place"]: _task(task) for task in raw["tasks"]},
        waits={wait["place"]: _wait(wait) for wait in raw["waits"]},
        pauses=[_pause(pause) for pause in raw["pauses"]],
        pause_request=_request(raw["pause_request"]),
        lateness={int(place): Lateness(**late) for place, late in raw["lateness"].items()},
        last_responsible=_responsible(raw["last_responsible"]),
        documents={each["number"]: document.from_json(each) for each in raw.get("documents", [])},
        obtained={each["component"]: obtained.from_json(each) for each in raw.get("obtained", [])},
        obligations={
            each["number"]: money_snapshot.from_json(each) for each in raw.get("obligations", [])
        },
        requests={each["number"]: request.from_json(each) for each in raw.get("requests", [])},
        contacts={Party(party): seq for party, seq in raw.get("contacts", {}).items()},
        unreached=[contact.unreached(each) for each in raw.get("unreached", [])],
        **_moments({"masked_at": None, **raw}, ("masked_at",)),
        **alert_snapshot.from_json(raw),
    )


def _task_json(task: Task) -> dict[str, Any]:
    return {
        **vars(task),
        "opened_at": _text(task.opened_at),
        "clock": task.clock.to_json(),
        "held_since": _text(task.held_since),
        "held_before": _seconds(task.held_before),
        "used_at_open": None if task.used_at_open is None else _seconds(task.used_at_open),
    }


def _task(raw: Mapping[str, Any]) -> Task:
    used = raw["used_at_open"]
    typed = {
        "stage": Stage(raw["stage"]),
        "role": Role(raw["role"]),
        "opened_at": datetime.fromisoformat(raw["opened_at"]),
        "clock": Clock.from_json(raw["clock"]),
        "held_since": datetime.fromisoformat(raw["held_since"]),
        "held_before": timedelta(seconds=raw["held_before"]),
        "used_at_open": None if used is None else timedelta(seconds=used),
    }
    return Task(**{**raw, **typed})


def _wait_json(wait: Waiting) -> dict[str, Any]:
    return {**vars(wait), "clock": _clock_json(wait.clock)}


def _wait(raw: Mapping[str, Any]) -> Waiting:
    return Waiting(raw["place"], raw["step"], _clock(raw["clock"]))


def _pause_json(pause: Pause | PauseRequest) -> dict[str, Any]:
    return {name: _text(v) if isinstance(v, datetime) else v for name, v in vars(pause).items()}


def _pause(raw: Mapping[str, Any]) -> Pause:
    return Pause(**{**raw, **_moments(raw, ("since", "until"))})


def _request(raw: Mapping[str, Any] | None) -> PauseRequest | None:
    if raw is None:
        return None
    return PauseRequest(**{**raw, **_moments(raw, ("at", "until"))})


def _responsible(raw: Mapping[str, Any] | None) -> Responsible | None:
    if raw is None:
        return None
    role, stage = raw["role"], raw["stage"]
    typed = {"role": role and Role(role), "stage": stage and Stage(stage)}
    return Responsible(**{**raw, **typed})


def _clock_json(clock: Clock | None) -> dict[str, Any] | None:
    return clock.to_json() if clock else None


def _clock(raw: Mapping[str, Any] | None) -> Clock | None:
    return Clock.from_json(raw) if raw else None


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moments(raw: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: _moment(raw[name]) for name in names}


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
