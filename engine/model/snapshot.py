"""A dossier as one JSON document: how it lies in the database between two acts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bpmn.roles import Role
from bpmn.steps import Message, Outcome, Stage
from engine.deadlines.clock import Clock
from engine.model.dossier import Dossier, Pause, Task, Waiting
from engine.model.status import Channel, Status


def to_json(dossier: Dossier) -> dict[str, Any]:
    """Everything that decides the dossier's future; the inverse of `from_json`."""
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "version": dossier.version,
        "channel": dossier.channel,
        "receiving_agency": dossier.receiving_agency,
        "competent_agency": dossier.competent_agency,
        "submitted_by": dossier.submitted_by,
        "submitted_at": _text(dossier.submitted_at),
        "status": dossier.status,
        "received_at": _text(dossier.received_at),
        "finished_at": _text(dossier.finished_at),
        "outcome": dossier.outcome,
        "interruption": dossier.interruption,
        "clock": _clock_json(dossier.clock),
        "overdue": dossier.overdue,
        "facts": dossier.facts,
        "state": dossier.state.decode(),
        "tasks": [_task_json(task) for task in dossier.tasks.values()],
        "waits": [_wait_json(wait) for wait in dossier.waits.values()],
        "pauses": [_pause_json(pause) for pause in dossier.pauses],
        "done_by": dossier.done_by,
        "seq": dossier.seq,
        "last_at": _text(dossier.last_at),
    }


def from_json(raw: Mapping[str, Any]) -> Dossier:
    """The dossier that `to_json` described."""
    return Dossier(
        code=raw["code"],
        procedure=raw["procedure"],
        version=raw["version"],
        channel=Channel(raw["channel"]),
        receiving_agency=raw["receiving_agency"],
        competent_agency=raw["competent_agency"],
        submitted_by=raw["submitted_by"],
        submitted_at=datetime.fromisoformat(raw["submitted_at"]),
        status=Status(raw["status"]),
        received_at=_moment(raw["received_at"]),
        finished_at=_moment(raw["finished_at"]),
        outcome=Outcome(raw["outcome"]) if raw["outcome"] else None,
        interruption=Message(raw["interruption"]) if raw["interruption"] else None,
        clock=_clock(raw["clock"]),
        overdue=raw["overdue"],
        facts=raw["facts"],
        state=raw["state"].encode(),
        tasks={task["place"]: _task(task) for task in raw["tasks"]},
        waits={wait["place"]: _wait(wait) for wait in raw["waits"]},
        pauses=[_pause(pause) for pause in raw["pauses"]],
        done_by=raw["done_by"],
        seq=raw["seq"],
        last_at=_moment(raw["last_at"]),
    )


def _task_json(task: Task) -> dict[str, Any]:
    return {**vars(task), "opened_at": _text(task.opened_at), "clock": task.clock.to_json()}


def _task(raw: Mapping[str, Any]) -> Task:
    typed = {
        "stage": Stage(raw["stage"]),
        "role": Role(raw["role"]),
        "opened_at": datetime.fromisoformat(raw["opened_at"]),
        "clock": Clock.from_json(raw["clock"]),
    }
    return Task(**{**raw, **typed})


def _wait_json(wait: Waiting) -> dict[str, Any]:
    return {**vars(wait), "clock": _clock_json(wait.clock)}


def _wait(raw: Mapping[str, Any]) -> Waiting:
    return Waiting(raw["place"], raw["step"], _clock(raw["clock"]))


def _pause_json(pause: Pause) -> dict[str, Any]:
    return {**vars(pause), "since": _text(pause.since), "until": _text(pause.until)}


def _pause(raw: Mapping[str, Any]) -> Pause:
    since = datetime.fromisoformat(raw["since"])
    return Pause(raw["reason"], since, raw["place"], _moment(raw["until"]))


def _clock_json(clock: Clock | None) -> dict[str, Any] | None:
    return clock.to_json() if clock else None


def _clock(raw: Mapping[str, Any] | None) -> Clock | None:
    return Clock.from_json(raw) if raw else None


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
