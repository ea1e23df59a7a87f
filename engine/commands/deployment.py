"""A procedure is put in force at once, as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.findings import Finding
from engine.commands.examining import faultless
from engine.commands.putting_in_force import (
    MOST_DECISION,
    Order,
    Standard,
    put_in_force,
    require_decider,
)
from engine.errors.procedure_drafts import SecondPersonNeeded
from engine.model.actor import Actor
from engine.store import office_log, standings


@dataclass(frozen=True)
class DeployProcedure:
    """The files of a procedure, by name (`bpmn.procedure.read_folder`), for the code given, to hold
    for everybody from now on. `four_eyes`: the house wants two persons, so nobody may alone."""

    code: str
    sources: Mapping[str, str]
    four_eyes: bool = False


@dataclass(frozen=True)
class Deployed:
    """The version now in force, whether it is new, and what its author may want to mend."""

    version: str
    changed: bool
    warnings: tuple[Finding, ...]


def deploy_procedure(
    tx: Connection, command: DeployProcedure, actor: Actor, now: datetime
) -> Deployed:
    """Put a version in force on the decision that its facts name; raises `ProcedureRefused` with
    every error that lint finds, `SecondPersonNeeded` or `AlreadyEnded`."""
    require_decider(tx, actor, None, "đưa quy trình vào sử dụng")
    if command.four_eyes:
        raise SecondPersonNeeded
    procedure, warnings = faultless(tx, command.code, command.sources)
    office_log.one_at_a_time(tx)
    held = standings.held(tx, command.code, None, standings.day_of(now))
    changed = held.version != procedure.digest
    if changed or held.ended:
        order = Order(None, procedure.facts.decision[:MOST_DECISION])
        put_in_force(tx, order, Standard(procedure), actor, now)
    return Deployed(procedure.digest, changed, warnings)
