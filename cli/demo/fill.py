"""Fills an empty database with the example office and its dossiers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event

from cli.demo.deeds import Deeds
from cli.demo.kinds import ANY
from cli.demo.lateness import Outages
from cli.demo.life import Life
from cli.demo.office import Office, give_addresses, set_up
from cli.demo.papers import Papers, signed, unsigned
from cli.demo.petitions import tell
from cli.demo.plans import Plan, chance, plans
from cli.demo.simulation import Simulation
from cli.demo.timetable import Timetable
from engine.deadlines.holidays_vn import standard_calendar
from engine.settings import Settings
from engine.store import definitions, dossiers
from engine.store.database import Database

_FOUNDED = timedelta(days=400)
"""The office exists for longer than its oldest dossier."""


@dataclass(frozen=True)
class Scale:
    """How many dossiers, and which chance decides about them."""

    finished: int = 400
    open: int = 300
    seed: int = 1


def is_empty(database: Database) -> bool:
    """Whether there are no dossiers yet."""
    with database.reading() as tx:
        return dossiers.count(tx) == 0


def fill(
    database: Database,
    password_hash: str,
    settings: Settings,
    now: datetime,
    scale: Scale,
    settled: Callable[[], None] = lambda: None,
) -> None:
    """Found the office and play its year up to `now`; calls `settled` for each dossier done.

    The same seed and the same `now` give the same acts.
    """
    now = now.replace(microsecond=0)
    papers = Papers.ready(database, settings, now)
    with database.transaction() as tx:
        office = set_up(tx, password_hash, now - _FOUNDED)
        papers.found(tx, office, now)
    played = _Play(office, Outages(), papers, now, scale.seed)
    lives = [played.life(plan) for plan in plans(scale.seed, scale.finished, scale.open)]
    Simulation(database, lives, now, settled).run()
    papers.press.close()
    with database.transaction() as tx:
        for procedure in ANY:
            definitions.put(tx, signed(procedure), None, now)
    with database.transaction() as tx:
        tell(tx, office, settings.secret_key, now)
    # Only now: nobody wants a year of letters.
    with database.transaction() as tx:
        give_addresses(tx, office)


@dataclass(frozen=True)
class _Play:
    """What all lives share."""

    office: Office
    outages: Outages
    papers: Papers
    now: datetime
    seed: int

    def life(self, plan: Plan) -> Life:
        """A life on the edition of its procedure that is in force when it begins."""
        rng = chance(self.seed, plan.number)
        procedure = unsigned(plan.procedure)
        timetable = Timetable(plan, procedure, standard_calendar(), self.now)
        if timetable.submitted_at >= self.papers.since:
            procedure = signed(plan.procedure)
        deeds = Deeds(plan, self.office, self.outages, self.papers, procedure, rng)
        return Life(plan, deeds, procedure, timetable, rng)


def relaxed(database: Database) -> Database:
    """The database without waiting for the disk on SQLite: a half-filled one is thrown away."""

    def relax(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    if database.is_sqlite:
        event.listen(database.engine, "connect", relax)
    return database
