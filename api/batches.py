"""One thing done to many tasks, each in a transaction of its own, and nothing twice."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.apart import Outcome, one
from api.services import services
from engine.commands.bulk import Bulk, BulkTask, do_one
from engine.commands.issuing import Means
from engine.commands.signing_many import sign_tasks
from engine.model.actor import Actor
from engine.store import idempotency


@dataclass(frozen=True)
class Batch:
    """What is to be done to tasks, by whom, when, and under which key a repeat is known."""

    bulk: Bulk
    actor: Actor
    now: datetime
    key: str | None


def do_all(batch: Batch, tasks: Iterable[BulkTask]) -> list[tuple[BulkTask, Outcome]]:
    """Do it to each task. Raises what stops everything, such as a lost database: what is done by
    then stays done."""
    return [(task, _one(batch, task)) for task in dict.fromkeys(tasks)]


def sign_all(
    bulk: Bulk, tasks: Iterable[BulkTask], means: Means, actor: Actor
) -> Iterator[tuple[BulkTask, Outcome]]:
    """Sign the papers of tasks with one entry of the secret and decide the tasks, telling of each
    as soon as it is done or refused."""
    for told in sign_tasks(services().house, bulk, list(tasks), means, actor):
        refused = told.refused
        why = (refused.code, refused.message) if refused else (None, None)
        yield told.task, Outcome(told.task.dossier, refused is None, *why)


def _one(batch: Batch, task: BulkTask) -> Outcome:
    def act(tx: Connection, code: str) -> None:
        if not _is_done(tx, batch, task):
            do_one(tx, batch.bulk, task, batch.actor, batch.now)

    return one(services().database, task.dossier, act)


def _is_done(tx: Connection, batch: Batch, task: BulkTask) -> bool:
    """Whether it was done under this key; if not, it is now, unless the transaction fails: what
    was refused may be asked again."""
    if batch.key is None:
        return False
    key = f"bulk:{_digest(batch.key, task.dossier, task.place)}"
    asked = _digest(asdict(batch.bulk), asdict(task))
    if idempotency.claim(tx, batch.actor.id, key, asked, batch.now) is not None:
        return True
    idempotency.keep(tx, batch.actor.id, key, idempotency.Answer(200, "", {}))
    return False


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
