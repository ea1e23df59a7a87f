"""Imports rows as the command line does."""

from datetime import date, datetime
from typing import Any

from bpmn.catalogue.entry import Row
from bpmn.catalogue.rows import read_row
from cli.operator import operator
from engine.commands.catalogue import ImportCatalogue, import_catalogue
from engine.commands.catalogue_plan import Plan
from engine.store.catalogue import catalogue_on
from engine.store.database import Database
from tests.clock import START

TODAY = START.date()


def planned(
    database: Database, *rows: dict[str, Any], day: date = TODAY, complete: bool = False
) -> Plan:
    """What rows would change from a day on."""
    with database.reading() as tx:
        plan = Plan({"btp.jsonl": "btp"}, catalogue_on(tx, day))
    for number, values in enumerate(rows, 1):
        plan.take(read_row(Row(number, values, file="btp.jsonl")))
    if complete:
        plan.repeal_missing()
    else:
        plan.ask_about_missing()
    return plan


def written(database: Database, plan: Plan, day: date = TODAY, now: datetime = START) -> None:
    """Record what was planned."""
    command = ImportCatalogue(("btp",), tuple(plan.changes), day, plan.catalogue.seen)
    with database.transaction() as tx:
        import_catalogue(tx, command, operator(tx), now)


def imported(
    database: Database,
    *rows: dict[str, Any],
    day: date = TODAY,
    complete: bool = False,
    now: datetime = START,
) -> Plan:
    """Import rows that hold from a day on."""
    plan = planned(database, *rows, day=day, complete=complete)
    written(database, plan, day, now)
    return plan


def standings(plan: Plan) -> dict[str, str]:
    """What a plan announces, by code."""
    return {c.announced.procedure: c.announced.standing.value for c in plan.changes}
