"""What a bulk act would do to each task, and why not: asked before anything is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import require_readable
from engine.commands.bulk import Bulk, BulkAct, BulkTask, rehearse_one
from engine.errors import EngineError
from engine.errors.time import OverdueCauseNeeded
from engine.life.decisions import APPROVE
from engine.life.rulebook import OverdueCause
from engine.model.actor import Actor
from engine.model.dossier import Dossier, Task
from engine.model.status import STATUS_NAMES
from engine.store import definitions, dossiers


@dataclass(frozen=True)
class Planned:
    """One task of a plan; who may not read the dossier learns only its code.

    `after` names what is open then, or the status where nothing is. `decisions` are those that
    need nothing filled in beside them, with their titles. `signs`: approving signs a paper;
    `document` is its number, where it is there to be read.
    """

    task: BulkTask
    refusal: EngineError | None
    owner_name: str | None = None
    procedure_name: str | None = None
    open: Task | None = None
    decisions: dict[str, str] | None = None
    causes: tuple[OverdueCause, ...] = ()
    after: tuple[str, ...] = ()
    signs: bool = False
    document: int | None = None

    @property
    def wants_cause(self) -> bool:
        """Whether only the cause of its lateness is missing."""
        return isinstance(self.refusal, OverdueCauseNeeded)


def plan(
    tx: Connection, bulk: Bulk, tasks: Iterable[BulkTask], actor: Actor, now: datetime
) -> list[Planned]:
    """Rehearse a bulk act; nothing is kept."""
    return [_one(tx, bulk, task, actor, now) for task in dict.fromkeys(tasks)]


def _one(tx: Connection, bulk: Bulk, task: BulkTask, actor: Actor, now: datetime) -> Planned:
    try:
        loaded = dossiers.read(tx, task.dossier)
        require_readable(actor, loaded.dossier)
    except EngineError as unknown:
        return Planned(task, unknown)
    before, refusal = loaded.dossier, None
    after: tuple[str, ...] = ()
    try:
        after = _news(before, rehearse_one(tx, bulk, task, actor, now))
    except EngineError as refused:
        refusal = refused
    setting = definitions.setting_of(tx, before.version, before.rulebook)
    opened = before.tasks.get(task.place)
    step = setting.procedure.places.steps[opened.step] if opened else None
    wanted = step and step.batchable and bulk.act is BulkAct.DECIDE
    paper = before.document_of(step.signs) if step and step.signs else None
    return Planned(
        task,
        refusal,
        owner_name=loaded.owner_name,
        procedure_name=setting.procedure.facts.name,
        open=opened,
        decisions=setting.procedure.form_of(step).bare_decisions if step and wanted else None,
        causes=tuple(c for c in setting.rulebook.causes.values() if not c.outage),
        after=after,
        signs=bool(step and step.signs and bulk.decision == APPROVE),
        document=paper.number if paper and paper.file.pages else None,
    )


def _news(before: Dossier, after: Dossier) -> tuple[str, ...]:
    opened = [task.name for place, task in after.tasks.items() if place not in before.tasks]
    return tuple(opened) or (STATUS_NAMES[after.status],)
