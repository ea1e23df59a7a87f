"""What someone who plans a migration has to see: what runs on which version, and what changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bpmn.procedure import Procedure
from bpmn.succession import Addition, Move, Place, additions, moves, places_of
from engine.errors import NotPermitted, ProcedureUnknown
from engine.model.actor import Actor, Permission, may_at
from engine.store import definitions, standings
from engine.store.composing import Office
from engine.store.tables import dossier, task

MOST_LISTED = 100


@dataclass(frozen=True)
class Behind:
    """So many open dossiers of a procedure run on a version."""

    procedure: str
    version: str
    running: int


@dataclass(frozen=True)
class MigrationPlan:
    """Two versions of a procedure beside each other, and the dossiers of an agency and those below
    it on the old one: how many, and how many have which step open."""

    procedure: str
    name: str
    old: Procedure
    new: Procedure
    running: int
    open_at: dict[str, int]
    moves: list[Move]
    choices: list[Place]
    additions: list[Addition]


def behind(tx: Connection, agency: str, actor: Actor, procedure: str | None = None) -> list[Behind]:
    """What runs in an agency and those below it, of one procedure or all; the most first."""
    _require(actor, agency)
    query = select(dossier.c.procedure, dossier.c.version, func.count().label("n")).where(
        dossier.c.outcome.is_(None), dossier.c.competent_agency.in_(Office.of(tx).below(agency))
    )
    if procedure is not None:
        query = query.where(dossier.c.procedure == procedure)
    query = query.group_by(dossier.c.procedure, dossier.c.version)
    rows = tx.execute(query.order_by(func.count().desc()).limit(MOST_LISTED))
    return [Behind(row.procedure, row.version, row.n) for row in rows]


def newest(tx: Connection, procedure: str, agency: str, now: datetime) -> str:
    """The version that holds at an agency today; raises `ProcedureUnknown`."""
    day = standings.day_of(now)
    for held in (standings.held(tx, procedure, each, day) for each in (agency, None)):
        if held.version and not held.ended:
            return held.version
    raise ProcedureUnknown(procedure=procedure)


def migration_plan(tx: Connection, agency: str, old: str, new: str, actor: Actor) -> MigrationPlan:
    """The versions `old` and `new` of a procedure; raises `ProcedureUnknown`."""
    _require(actor, agency)
    before, after = definitions.version(tx, old), definitions.version(tx, new)
    if before.facts.code != after.facts.code:
        raise ProcedureUnknown(procedure=new)
    ours = (
        dossier.c.version == old,
        dossier.c.outcome.is_(None),
        dossier.c.competent_agency.in_(Office.of(tx).below(agency)),
    )
    running = tx.execute(select(func.count()).select_from(dossier).where(*ours)).scalar_one()
    opened = (
        select(task.c.step, func.count())
        .join(dossier, dossier.c.id == task.c.dossier_id)
        .where(*ours, task.c.state == "open")
        .group_by(task.c.step)
    )
    return MigrationPlan(
        procedure=after.facts.code,
        name=after.facts.name,
        old=before,
        new=after,
        running=running,
        open_at={row[0]: row[1] for row in tx.execute(opened)},
        moves=moves(before, after),
        choices=places_of(after),
        additions=list(additions(before, after)),
    )


def _require(actor: Actor, agency: str) -> None:
    if not may_at(actor, Permission.DOSSIER_MIGRATE, agency):
        raise NotPermitted(what="chuyển hồ sơ của cơ quan này sang phiên bản khác")
