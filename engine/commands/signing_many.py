"""Papers of many tasks signed and approved with one entry of the secret."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from engine.commands.acting import Check, Target
from engine.commands.bulk import Bulk, BulkTask, do_one, one
from engine.commands.foreseeing import rehearse_signed
from engine.commands.issuing import Means, wanted_of
from engine.commands.signatures import House, Wanted
from engine.commands.signing import sign_each
from engine.errors import EngineError
from engine.model.actor import Actor
from engine.model.document import Capacity
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.store import definitions, dossiers, tasks


@dataclass(frozen=True)
class Told:
    """What became of one task of many: why it was refused, None where it is done; `already`: it
    was signed and done before, by the same person."""

    task: BulkTask
    refused: EngineError | None = None
    already: bool = False


def sign_tasks(
    house: House, bulk: Bulk, chosen: Sequence[BulkTask], means: Means, actor: Actor
) -> Iterator[Told]:
    """Sign the papers of many tasks and approve them; tells of each as soon as it is done.

    Done again, it signs nothing twice: what the actor signed and approved before counts as done.
    """
    wanted: dict[Wanted, BulkTask] = {}
    for task in dict.fromkeys(chosen):
        try:
            found = _wanted_of(house, bulk, task, means, actor)
        except EngineError as error:
            before = _is_done(house, task, actor)
            yield Told(task, None, already=True) if before else Told(task, error)
            continue
        if found is None:
            yield Told(task, _decide(house, bulk, task, actor))
        else:
            wanted[found] = task
    for outcome in sign_each(house, list(wanted), means.secret, actor):
        task = wanted[outcome.wanted]
        yield Told(task, outcome.refused or _decide(house, bulk, task, actor))


def _wanted_of(
    house: House, bulk: Bulk, task: BulkTask, means: Means, actor: Actor
) -> Wanted | None:
    """The signature that one of many tasks wants; raises why its decision would be refused."""
    acts: list[Act] = []

    def rehearse(tx: Connection, target: Target, act: Act, check: Check) -> Dossier:
        acts.append(act)
        return rehearse_signed(tx, target, act, check)

    with house.database.reading() as tx:
        one(rehearse, tx, bulk, task, actor, house.clock())
        return wanted_of(tx, task.dossier, acts[-1], means)


def _is_done(house: House, task: BulkTask, actor: Actor) -> bool:
    """Whether the actor completed a task and signed its paper, which is as it was signed."""
    with house.database.reading() as tx:
        step_name = tasks.completed_by(tx, task.dossier, task.place, actor.key)
        if step_name is None:
            return False
        dossier = dossiers.read(tx, task.dossier).dossier
        setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    step = setting.procedure.places.steps.get(step_name)
    paper = dossier.document_of(step.signs) if step and step.signs else None
    signature = paper.signed_as(Capacity.LEADER) if paper else None
    return signature is not None and signature.by == actor.id


def _decide(house: House, bulk: Bulk, task: BulkTask, actor: Actor) -> EngineError | None:
    """That it was signed meanwhile is no reason to refuse the revision that was seen before."""
    try:
        with house.database.transaction() as tx:
            do_one(tx, bulk, replace(task, revision=None), actor, house.clock())
    except EngineError as refused:
        return refused
    return None
