"""A statement is taken in line by line, each in a transaction of its own: what was done stays done,
and the same file sent again goes on from there."""

from dataclasses import dataclass, field

from engine.commands.statements import (
    BeginStatement,
    begin_statement,
    finish_statement,
    take_line,
)
from engine.model.actor import Actor
from engine.model.gateway import LinePlace
from engine.store.database import Database
from engine.store.statements import Statement
from engine.wallclock import Clock


@dataclass
class Sum:
    """So many lines, and the money that moved in them, in đồng."""

    lines: int = 0
    amount: int = 0


def _nothing_yet() -> dict[LinePlace, Sum]:
    return {each: Sum() for each in LinePlace}


@dataclass
class TakenIn:
    """What became of a statement: lines by where they ended, those that were known already, and
    how many payments of ours it should show and does not."""

    statement: Statement
    places: dict[LinePlace, Sum] = field(
        default_factory=lambda: {each: Sum() for each in LinePlace}
    )
    repeated: Sum = field(default_factory=Sum)
    missing: int = 0


def take_in(database: Database, command: BeginStatement, actor: Actor, clock: Clock) -> TakenIn:
    """Take a statement in; raises what `begin_statement` raises, before anything is kept."""
    with database.transaction() as tx:
        taken = TakenIn(begin_statement(tx, command, actor, clock()))
    for line in command.lines:
        with database.transaction() as tx:
            place = take_line(tx, taken.statement, command.form, line, clock())
        counted = taken.places[place] if place else taken.repeated
        counted.lines += 1
        counted.amount += line.amount
    with database.transaction() as tx:
        known = taken.repeated.lines
        taken.missing = finish_statement(tx, taken.statement, command.form, known, clock())
    return taken
