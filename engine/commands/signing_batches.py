"""Signing many results as an act that goes on by itself: begun, done in the background, looked at,
and taken up again where it stopped.

What is to be signed and what became of it are kept; the secret never is. Whoever signs says again
and again that they are alive, so that a process that died is noticed and somebody may go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from engine.commands.bulk import Bulk, BulkAct, BulkTask
from engine.commands.issuing import Means
from engine.commands.signatures import House
from engine.commands.signing import Secret
from engine.commands.signing_many import Told, sign_tasks
from engine.errors.signing_batches import BatchRunning
from engine.model.actor import Actor
from engine.store import signing_batches
from engine.store.signing_batches import FINISHED, Line, LineState

SILENCE = timedelta(minutes=2)
"""How long whoever signs may say nothing before they are believed dead."""


@dataclass(frozen=True)
class BeginBatch:
    """Tasks whose papers are to be signed; `key` is that of the form, which acts once."""

    bulk: Bulk
    tasks: Sequence[BulkTask]
    certificate: int | None
    key: str


def begin_batch(tx: Connection, command: BeginBatch, actor: Actor, now: datetime) -> int:
    """Write down what is to be signed; returns the number of the act, the same for the same key."""
    if (known := signing_batches.known(tx, actor.id, command.key)) is not None:
        return known
    row = {
        "user_id": actor.id,
        "key": command.key,
        "decision": command.bulk.decision,
        "cause": command.bulk.cause,
        "certificate_id": command.certificate,
        "started_at": now,
    }
    tasks = [(each.dossier, each.place, each.revision) for each in dict.fromkeys(command.tasks)]
    return signing_batches.add(tx, row, tasks)


def take_up(tx: Connection, number: int, actor: Actor, now: datetime) -> None:
    """Be the one who signs what is left; raises `BatchUnknown`, `BatchRunning`."""
    signing_batches.get(tx, number, actor.id)
    if not signing_batches.claim(tx, number, now, now + SILENCE):
        raise BatchRunning()


def run_batch(house: House, number: int, secret: Secret, actor: Actor) -> None:
    """Sign what is left of an act that was taken up; what becomes of each is written down."""
    with house.database.reading() as tx:
        batch = signing_batches.get(tx, number, actor.id)
        left = [each for each in signing_batches.lines_of(tx, number) if each.state not in FINISHED]
    bulk = Bulk(BulkAct.DECIDE, decision=batch.decision, cause=batch.cause)
    tasks = [BulkTask(each.dossier, each.place, each.revision) for each in left]
    try:
        for told in sign_tasks(house, bulk, tasks, Means(secret, batch.certificate), actor):
            _note(house, number, told)
    finally:
        with house.database.transaction() as tx:
            signing_batches.alive(tx, number, None)


def _note(house: House, number: int, told: Told) -> None:
    task, refused = told.task, told.refused
    state = LineState.REFUSED if refused else LineState.DONE
    if told.already:
        state = LineState.ALREADY
    why = refused.message if refused else None
    line = Line(task.dossier, task.place, task.revision, state, why)
    with house.database.transaction() as tx:
        signing_batches.note(tx, number, line)
        signing_batches.alive(tx, number, house.clock() + SILENCE)
