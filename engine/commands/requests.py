"""What comes back from other software, and what people do about what does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require
from engine.commands.requesting import draft
from engine.errors.connectors import (
    AnswerKept,
    EvidenceMissing,
    RequestUnconnected,
    RequestUnknown,
)
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import Act, Event, EventType
from engine.model.request import BY_CONNECTOR, AnswerOutcome
from engine.store import connectors, dossiers, events, messages, requests

MOST_TEXT = 2_000
_WHAT = "xử lý yêu cầu liên thông của hồ sơ này"


@dataclass(frozen=True)
class Answer:
    """What the other side says: the fields of its answer, or why it refused."""

    outcome: AnswerOutcome
    answer: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None

    @property
    def said(self) -> dict[str, Any]:
        """As the log keeps it."""
        refused = self.outcome is AnswerOutcome.REFUSED
        return {"reason": self.reason} if refused else {"answer": dict(self.answer)}


class Taken(StrEnum):
    """What an answer did: it let the dossier go on, it was too late or contradicted another and is
    only kept, or it had come before."""

    TAKEN = "taken"
    KEPT = "kept"
    REPEATED = "repeated"


@dataclass(frozen=True)
class OnRequest:
    """A request of a dossier, by its number; `reason` says why."""

    target: Target
    number: int
    reason: str | None = None


@dataclass(frozen=True)
class EnterAnswer(OnRequest):
    """An answer that came on paper; `evidence` is the number and date of the letter."""

    answer: Answer = field(default_factory=lambda: Answer(AnswerOutcome.DONE))
    evidence: str = ""


def receive_answer(
    tx: Connection, code: str, number: int, connector: str, answer: Answer, now: datetime
) -> Taken:
    """Other software answers; whoever calls has made sure that it is that software.

    Raises `RequestUnknown`, `NothingAsked`, `FormInvalid`, `AnswersTooMany` and the like.
    """
    awaited = False

    def check(dossier: Dossier) -> None:
        nonlocal awaited
        request = dossier.requests.get(number)
        if request is None or request.connector != connector:
            raise RequestUnknown(code=code, number=number)
        awaited = request.waiting

    data = {"number": number, "outcome": answer.outcome.value}
    act = Act(EventType.ANSWER_RECEIVED, BY_CONNECTOR + connector, now, data, answer.said)
    try:
        act_on(tx, Target(code), act, check)
    except AnswerKept:
        return Taken.REPEATED
    return Taken.TAKEN if awaited else Taken.KEPT


def enter_answer(tx: Connection, command: EnterAnswer, actor: Actor, now: datetime) -> Dossier:
    """Someone enters an answer that came in another way; raises `EvidenceMissing`."""
    evidence = command.evidence.strip()
    if not evidence or len(evidence) > MOST_TEXT:
        raise EvidenceMissing()
    outcome = command.answer.outcome
    data = {"number": command.number, "outcome": outcome.value, "by_hand": True}
    said = {**command.answer.said, "evidence": evidence}
    act = act_of(actor, EventType.ANSWER_RECEIVED, now, data, said)
    return act_on(tx, command.target, act, require(actor, Permission.REQUEST_HANDLE, _WHAT))


def drop_request(tx: Connection, command: OnRequest, actor: Actor, now: datetime) -> Dossier:
    """Someone waits no longer: the dossier goes on by hand; what was told is not sent."""
    data = {"number": command.number, "why": "by_hand"}
    act = act_of(actor, EventType.REQUEST_DROPPED, now, data, {"reason": command.reason})
    return act_on(tx, command.target, act, require(actor, Permission.REQUEST_HANDLE, _WHAT))


def resend_request(tx: Connection, command: OnRequest, actor: Actor, now: datetime) -> Dossier:
    """Someone has a request sent once more, with what it said at first.

    Raises `RequestUnconnected` where the agency is not connected.
    """
    act = act_of(actor, EventType.REQUEST_RESENT, now, {"number": command.number})
    check = require(actor, Permission.REQUEST_HANDLE, _WHAT)
    dossier = act_on(tx, command.target, act, check)
    loaded = dossiers.lock(tx, command.target.code)
    name = dossier.requests[command.number].connector
    connector = connectors.serving(tx, name, dossier.competent_agency)
    if connector is None:
        raise RequestUnconnected(connector=name)
    key = requests.message_key(dossier.code, command.number)
    if not requests.send_again(tx, key, now):
        made = _made(tx, loaded.id, command.number)
        messages.enqueue(tx, [draft(loaded, made, connector)], now)
    return dossier


def _made(tx: Connection, dossier_id: int, number: int) -> Event:
    """The event that tells of a request."""
    log = events.log_of(tx, dossier_id)
    made = (each.event for each in log if each.event.type is EventType.REQUEST_MADE)
    return next(event for event in made if event.data["number"] == number)
