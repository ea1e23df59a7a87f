"""What comes back from other software, what comes too late, and what goes on without it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from engine.errors import FormInvalid
from engine.errors.connectors import (
    AnswerKept,
    AnswersTooMany,
    NothingAsked,
    RefusalNeedsReason,
    RequestSettled,
    RequestUnknown,
)
from engine.life.guards import require_unfinished
from engine.life.setting import Setting
from engine.life.settle import settle
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.model.request import AnswerOutcome, Request, RequestState
from engine.workflow.run import Run

MOST_ANSWERS = 5
"""How many different answers to one request are kept."""


def answer(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """An answer comes, from the other side or entered by hand.

    The first one that comes while it is awaited lets the dossier go on; what comes later, and
    what contradicts it, is kept and changes nothing. Raises `AnswerKept` for a repetition.
    """
    request = request_of(dossier, act.data["number"])
    outcome = AnswerOutcome(act.data["outcome"])
    _require_fitting(request, act, outcome, setting)
    digest = _digest(act, outcome)
    if digest in request.answers:
        raise AnswerKept(code=dossier.code, number=request.number)
    if len(request.answers) >= MOST_ANSWERS:
        raise AnswersTooMany(code=dossier.code, number=request.number, most=MOST_ANSWERS)
    turn = Turn.of(dossier, act, setting)
    answered = replace(request, answers=(*request.answers, digest))
    dossier.requests[request.number] = answered
    if request.waiting:
        _take(turn, answered, outcome)
    return turn


def drop(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """What was asked is awaited no more, and the dossier goes the way that the diagram draws for
    no answer; what was told need not be sent."""
    request = request_of(dossier, act.data["number"])
    if request.waiting:
        require_unfinished(dossier)
    require_open(dossier, request)
    turn = Turn.of(dossier, act, setting)
    dropped = replace(request, state=RequestState.DROPPED, ended_at=turn.at)
    dossier.requests[request.number] = dropped
    if request.timer is not None:
        run = _run(turn)
        run.happen(request.timer)
        settle(turn, run)
    return turn


def resend(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """What was asked or told is sent once more, under the same number."""
    require_open(dossier, request_of(dossier, act.data["number"]))
    return Turn.of(dossier, act, setting)


def require_open(dossier: Dossier, request: Request) -> None:
    """Raise `RequestSettled` where nothing more is to be sent or awaited."""
    if request.state not in (RequestState.WAITING, RequestState.TOLD):
        raise RequestSettled(code=dossier.code, number=request.number)


def request_of(dossier: Dossier, number: int) -> Request:
    """The request with a number; raises `RequestUnknown`."""
    if number not in dossier.requests:
        raise RequestUnknown(code=dossier.code, number=number)
    return dossier.requests[number]


def _require_fitting(request: Request, act: Act, outcome: AnswerOutcome, setting: Setting) -> None:
    service = setting.procedure.places.services.get(request.step)
    if service is None or service.answer is None:
        raise NothingAsked(number=request.number)
    if outcome is AnswerOutcome.REFUSED:
        if not act.payload.get("reason"):
            raise RefusalNeedsReason()
        return
    errors = setting.procedure.forms[service.answer].errors(act.payload["answer"])
    if errors and not setting.masked:
        raise FormInvalid({f"answer.{name}": texts for name, texts in errors.items()})


def _take(turn: Turn, request: Request, outcome: AnswerOutcome) -> None:
    dossier, place = turn.dossier, request.place or 0
    dossier.requests[request.number] = replace(
        request, state=RequestState.ANSWERED, outcome=outcome, ended_at=turn.at
    )
    said = turn.act.payload
    given = dict(said["answer"]) if outcome is AnswerOutcome.DONE else {"reason": said["reason"]}
    dossier.facts[request.step] = {**given, "outcome": outcome.value}
    run = _run(turn)
    run.complete(place)
    settle(turn, run)


def _run(turn: Turn) -> Run:
    dossier = turn.dossier
    return Run.restore(turn.procedure.diagram, dossier.state, dossier.facts)


def _digest(act: Act, outcome: AnswerOutcome) -> str:
    said: Mapping[str, Any] = act.payload
    what = [outcome, said.get("answer"), said.get("reason")]
    return hashlib.sha256(orjson.dumps(what, option=orjson.OPT_SORT_KEYS)).hexdigest()
