"""Stand-ins for papers (`engine.trial.papers`) in a database that is thrown away."""

from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, act_on, require_candidate
from engine.model.actor import Actor
from engine.model.dossier import Dossier, Task
from engine.model.event import Act
from engine.store import definitions
from engine.trial.papers import StandIns


def provide(  # noqa: PLR0913
    tx: Connection,
    dossier: Dossier,
    task: Task,
    decision: str | None,
    actor: Actor,
    now: datetime,
    scanned_by: Actor | None = None,
) -> None:
    """Do whatever a step needs so that it can be completed with a decision; `scanned_by` adds
    documents where the actor may not."""

    def do(act: Act) -> Dossier:
        at_task = act.data["place"] is not None
        check = require_candidate(actor, task.place) if at_task else lambda _dossier: None
        return act_on(tx, Target(dossier.code), act, check)

    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    scanner = (scanned_by or actor).key
    StandIns(dossier, task, setting, do, actor.key, scanner, now).provide(decision)
