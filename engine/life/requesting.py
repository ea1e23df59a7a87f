"""A dossier asks other software, or tells it something, where its diagram says so."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import orjson

from bpmn.expressions import ExpressionError, evaluate
from bpmn.steps import Mode, Service
from engine.errors import DiagramFault
from engine.life.moments import text
from engine.life.turn import Turn
from engine.model.event import EventType
from engine.model.request import Request, RequestState
from engine.workflow.run import Run

MOST_SENT_BYTES = 100_000
"""How long the facts of one request may be, written as JSON."""


def make_requests(turn: Turn, run: Run, opened: Iterable[int]) -> None:
    """Make what tokens told on their way, then what they ask where they now rest."""
    places = turn.procedure.places
    for step in run.told:
        _make(turn, places.services[step])
    for place in opened:
        wait = turn.dossier.waits.get(place)
        service = places.waits[wait.step].asks if wait else None
        if service:
            _make(turn, service, place, run.timer_beside(place))


def end_request(turn: Turn, place: int) -> None:
    """The token left the place where an answer was awaited, and none had come."""
    for request in turn.dossier.requests.values():
        if request.place == place and request.waiting:
            ended = replace(request, state=RequestState.UNANSWERED, ended_at=turn.at)
            turn.dossier.requests[request.number] = ended


def _make(turn: Turn, service: Service, place: int | None = None, timer: int | None = None) -> None:
    dossier = turn.dossier
    number = len(dossier.requests) + 1
    state = RequestState.WAITING if service.mode is Mode.ASK else RequestState.TOLD
    dossier.requests[number] = Request(
        number, service.id, service.connector, service.operation, service.mode, state, turn.at,
        place, timer,
    )  # fmt: skip
    clock = dossier.waits[timer].clock if timer is not None else None
    turn.note(
        EventType.REQUEST_MADE,
        {"sends": _sends(turn, service)},
        number=number,
        step=service.id,
        connector=service.connector,
        operation=service.operation,
        mode=service.mode.value,
        place=place,
        answer_by=text(clock.due_at) if clock else None,
    )


def _sends(turn: Turn, service: Service) -> dict[str, Any]:
    try:
        sends = {name: evaluate(each, turn.dossier.facts) for name, each in service.sends.items()}
    except ExpressionError as error:
        raise DiagramFault(step=service.id, reason=str(error)) from error
    if len(orjson.dumps(sends)) > MOST_SENT_BYTES:
        raise DiagramFault(step=service.id, reason="thông tin gửi đi quá dài")
    return sends
