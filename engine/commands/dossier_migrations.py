"""Running dossiers are taken to another version of their procedure: tried first, then in batches
that can be stopped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bpmn.addresses import addresses
from bpmn.procedure import Procedure
from engine.commands.acting import Target, act_on, rehearse
from engine.errors import NotPermitted, ProcedureUnknown
from engine.errors.migration import (
    MigrationEmpty,
    MigrationGroundMissing,
    MigrationNotTried,
    MigrationStepUnknown,
)
from engine.life.rerouting import SEPARATOR
from engine.model.actor import Actor, Permission, may_at
from engine.model.event import Act, EventType
from engine.model.migration import STATE_NAMES, Choice, Limits, Migration, State, Verdict
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import agencies, definitions, dossier_migrations, office_log
from engine.store.composing import Office

MOST_GROUND = 2_000
MOST_STEPS = 200


@dataclass(frozen=True)
class PlanMigration:
    """Which dossiers of an agency and those below it are to go on under `version`; `steps` names
    the new step for an old one. `ground` is the decision that says so."""

    procedure: str
    version: str
    agency: str
    ground: str
    steps: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits.KEPT
    choice: Choice = field(default_factory=Choice)


def plan_migration(
    tx: Connection, command: PlanMigration, actor: Actor, now: datetime
) -> tuple[int, int]:
    """Choose the dossiers, and have each tried; gives its number and how many there are.

    Raises `ProcedureUnknown`, `MigrationStepUnknown`, `MigrationGroundMissing` or
    `MigrationEmpty`.
    """
    agencies.level_of(tx, command.agency)
    if not may_at(actor, Permission.DOSSIER_MIGRATE, command.agency):
        raise NotPermitted(what="chuyển hồ sơ của cơ quan này sang phiên bản khác")
    _require_sense(definitions.version(tx, command.version), command)
    number, found = dossier_migrations.add(
        tx,
        Office.of(tx).below(command.agency),
        command.choice,
        procedure=command.procedure,
        version=command.version,
        agency=command.agency,
        steps=dict(command.steps),
        limits=command.limits,
        ground=command.ground.strip(),
        planned_at=now,
        planned_by=actor.id,
        changed_at=now,
        changed_by=actor.id,
    )
    if not found:
        raise MigrationEmpty
    _record(tx, dossier_migrations.get(tx, number), OfficeEventType.MIGRATION_PLANNED, actor, now)
    return number, found


def start_migration(tx: Connection, number: int, actor: Actor, now: datetime) -> None:
    """Let the dossiers that can go over do so; also goes on with one that was stopped."""
    _change(tx, number, (State.TRIED, State.STOPPED), State.RUNNING, actor, now)


def stop_migration(tx: Connection, number: int, actor: Actor, now: datetime) -> None:
    """Let no further dossier go over; those that did stay there."""
    _change(tx, number, (State.RUNNING,), State.STOPPED, actor, now)


def try_next(tx: Connection, migration: Migration, dossier_id: int, now: datetime) -> None:
    """Find out whether a dossier could go over; nothing happens to it.

    Raises the `EngineError` that says why it could not.
    """
    code = dossier_migrations.take(tx, migration, dossier_id)
    if code is not None:
        rehearse(tx, Target(code), _act(migration, now), lambda _: None)
        dossier_migrations.judge(tx, migration, dossier_id, Verdict.POSSIBLE, None)


def migrate_next(tx: Connection, migration: Migration, dossier_id: int, now: datetime) -> None:
    """Take a dossier over, in the name of whoever started the migration.

    Raises the `EngineError` that says why it could not.
    """
    code = dossier_migrations.take(tx, migration, dossier_id)
    if code is not None:
        act_on(tx, Target(code), _act(migration, now), lambda _: None)
        dossier_migrations.judge(tx, migration, dossier_id, Verdict.DONE, None)


def _require_sense(procedure: Procedure, command: PlanMigration) -> None:
    if procedure.facts.code != command.procedure:
        raise ProcedureUnknown(procedure=command.version)
    known = addresses(procedure)
    drawn = {id_ for path in known.paths for id_ in path} | set(procedure.diagram.names)
    for step in command.steps.values():
        if tuple(step.split(SEPARATOR)) not in known.paths and step not in drawn:
            raise MigrationStepUnknown(step=step)
    if not 0 < len(command.ground.strip()) <= MOST_GROUND:
        raise MigrationGroundMissing(most=MOST_GROUND)


def _change(
    tx: Connection,
    number: int,
    before: tuple[State, ...],
    after: State,
    actor: Actor,
    now: datetime,
) -> None:
    found = dossier_migrations.governed(tx, number, actor, lock=True)
    if found.state not in before:
        raise MigrationNotTried(migration=number, state=STATE_NAMES[found.state])
    dossier_migrations.change_state(tx, number, after, actor.id, now)
    type_ = (
        OfficeEventType.MIGRATION_STARTED
        if after is State.RUNNING
        else OfficeEventType.MIGRATION_STOPPED
    )
    _record(tx, found, type_, actor, now)


def _record(
    tx: Connection, found: Migration, type_: OfficeEventType, actor: Actor, now: datetime
) -> None:
    after = {"procedure": found.procedure, "version": found.version, "ground": found.ground}
    event = OfficeEvent(type_, found.agency, f"migration:{found.id}", after=after)
    office_log.record(tx, event, actor.key, now)


def _act(migration: Migration, now: datetime) -> Act:
    data = {
        "to": migration.version,
        "steps": dict(migration.steps),
        "limits": migration.limits.value,
        "ground": migration.ground,
        "migration": migration.id,
    }
    return Act(EventType.DOSSIER_MIGRATED, str(migration.changed_by), now, data)
