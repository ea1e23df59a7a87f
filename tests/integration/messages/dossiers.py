"""Rows of dossiers, tasks and alerts as the engine would have written them."""

from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from bpmn.roles import Role
from engine.model.alert import Level, Subject
from engine.model.standing import Standing
from engine.store.database import Database
from engine.store.tables import agency, dossier, procedure, task
from engine.store.time_tables import alert
from tests.clock import START
from tests.diagrams import CODE
from tests.office import COMMUNE_1, Office

_numbers = count(1)


class Shelf:
    """Puts dossiers of commune 1 into the database, by name of whom they are held."""

    def __init__(self, office: Office, database: Database) -> None:
        self._office, self._database = office, database
        self.id_of = cache(self._id_of)

    def _id_of(self, username: str | None) -> int | None:
        """Whose id, if anybody's."""
        return self._office.actor(username).id if username else None

    def put(
        self,
        code: str,
        standing: Standing,
        due_at: datetime | None,
        holder: str | None,
        **more: Any,
    ) -> int:
        """A dossier; returns its id."""
        with self._database.transaction() as tx:
            editions = tx.execute(
                select(agency.c.calendar, agency.c.rulebook).where(agency.c.code == COMMUNE_1)
            ).one()
            version = select(procedure.c.version).where(procedure.c.code == CODE)
            row = {
                "id": next(_numbers), "code": code, "procedure": CODE,
                "version": tx.execute(version).scalar_one(), "channel": "online",
                "receiving_agency": COMMUNE_1, "competent_agency": COMMUNE_1,
                "submitted_by": self.id_of("portal"), "owner_name": "Công Dân",
                "status": "processing", "submitted_at": START,
                "overdue": standing is Standing.OVERDUE,
                "due_at": due_at,
                "seq": 1, "head": "0" * 64, "standing": standing, "unit": "OFFICE",
                "holder": self.id_of(holder), **editions._mapping, **more,
            }  # fmt: skip
            tx.execute(insert(dossier).values(row))
        return int(row["id"])

    def task(
        self, id_: int, due_at: datetime, holder: str | None, overdue: bool = False, **more: Any
    ) -> None:
        """An open task of it, for the specialists of the office."""
        row = {
            "dossier_id": id_, "place": 1, "agency": COMMUNE_1, "unit": "OFFICE",
            "role": Role.SPECIALIST, "step": "appraise", "name": "Thẩm định", "stage": "processing",
            "state": "open", "assignee": self.id_of(holder), "opened_at": START, "due_at": due_at,
            "overdue": overdue, "procedure": CODE, **more,
        }  # fmt: skip
        with self._database.transaction() as tx:
            tx.execute(insert(task).values(row))

    def both(
        self, code: str, standing: Standing, due_at: datetime, holder: str | None, **more: Any
    ) -> int:
        """A dossier with a task that is due when it is."""
        id_ = self.put(code, standing, due_at, holder, **more)
        self.task(id_, due_at, holder, overdue=standing is Standing.OVERDUE)
        return id_

    def alert(
        self, id_: int, subject: Subject, level: Level, due_at: datetime, **more: Any
    ) -> None:
        """A live alert of it."""
        row = {
            "dossier_id": id_, "seq": next(_numbers), "subject": subject, "place": 1,
            "level": level, "due_at": due_at, "raised_at": START, "live": True, "rung": 0,
            "told": 0, "agency": COMMUNE_1, **more,
        }  # fmt: skip
        with self._database.transaction() as tx:
            tx.execute(insert(alert).values(row))
