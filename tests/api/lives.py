"""Dossiers of the small procedure (`tests.api.procedure`) brought to where a test wants them.

Made by commands, not over HTTP, so that a test of one route leans on no other.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from engine.commands.acting import Target
from engine.commands.calendars import Announce, announce
from engine.commands.outages import RecordOutage, record_outage
from engine.commands.pauses import PauseDossier, ask_for_pause, pause_dossier
from engine.commands.priority import PrioritiseDossier, prioritise_dossier
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, OnTask, claim_task, complete_task
from engine.deadlines.announcement import Announced
from engine.deadlines.hours import Hours, read_sessions
from engine.files import FileStore
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.store import definitions, dossiers
from engine.store.database import Database
from engine.store.schema import metadata
from engine.store.tables import dossier, timer
from engine.store.timers import MAX_ATTEMPTS
from notifications.tick import tick
from tests.api.procedure import parsed
from tests.clock import START, FakeClock
from tests.diagrams import CODE
from tests.office import COMMUNE_1, Office

LETTER = {"document": "15/CAX", "date": "2026-07-03"}
"""What pauses are based on."""
CAUSE = {"cause": "cham_xu_ly"}
"""Why things are late in lives whose clock jumps."""


class Lives:
    """Makes dossiers; each method leaves one at the place that its name says."""

    def __init__(self, office: Office, clock: FakeClock, files: FileStore | None = None) -> None:
        self.office = office
        self.clock = clock
        self._files = files
        with office.database.transaction() as tx:
            definitions.put(tx, parsed(), by=None, now=clock())

    @property
    def files(self) -> FileStore:
        """Where files of these dossiers are; only where the test said so."""
        if self._files is None:
            raise LookupError("these lives have no file store")
        return self._files

    def submitted(
        self,
        by: str = "portal",
        receiving: str = COMMUNE_1,
        competent: str | None = None,
        **contact: str,
    ) -> Dossier:
        """Handed in online; the counter has to check it. `contact` is how to reach its owner."""
        command = SubmitDossier(
            procedure=CODE,
            channel=Channel.ONLINE,
            receiving_agency=receiving,
            competent_agency=competent,
            owner={"name": "Nguyễn Văn Bình", "personal_id": "042090001234", **contact},
            application={"note": "Kính đề nghị"},
        )
        return self.act(submit_dossier, command, by)

    def accepted(self) -> Dossier:
        """Received; the specialist of the office has to appraise it."""
        return self.complete(self.submitted(), "reception1", decision="accept")

    def claimed(self) -> Dossier:
        """The specialist has taken the appraisal."""
        dossier = self.accepted()
        return self.act(claim_task, OnTask(Target(dossier.code), place(dossier)), "office1")

    def prioritised(self) -> Dossier:
        """Received, and goes before others."""
        command = PrioritiseDossier(Target(self.accepted().code), "nguoi_cao_tuoi")
        return self.act(prioritise_dossier, command, "reception1")

    def supplementing(self) -> Dossier:
        """Waits for a supplement."""
        return self.complete(self.accepted(), "office1", decision="supplement")

    def obliged(self) -> Dossier:
        """Waits for a financial obligation."""
        return self.complete(self.accepted(), "office1", decision="accept")

    def signing(self) -> Dossier:
        """The leader has to sign."""
        return self.complete(self.accepted(), "office1", decision="approve")

    def suspended(self) -> Dossier:
        """Paused by a leader's order, for a fortnight at most."""
        return self.act(pause_dossier, self._pause(self.accepted().code), "leader1")

    def asked(self) -> Dossier:
        """The specialist has asked the leaders for a pause."""
        return self.act(ask_for_pause, self._pause(self.accepted().code), "office1")

    def late(self) -> Dossier:
        """Not appraised when its time ran out, and the scheduler has said so."""
        return self.tick(self.accepted(), timedelta(days=10))

    def tick(self, dossier: Dossier, after: timedelta) -> Dossier:
        """Let time pass, and what it brings happen to every dossier."""
        self.clock.advance(after)
        tick(self.office.database, self.clock)
        return self.now(dossier)

    def now(self, dossier: Dossier) -> Dossier:
        """A dossier as it stands, whoever acted on it."""
        with self.office.database.transaction() as tx:
            return dossiers.lock(tx, dossier.code).dossier

    def outage(self) -> int:
        """A system that commune 1 depends on has failed; gives the number of the outage."""
        now = self.clock() - timedelta(hours=1)
        command = RecordOutage(COMMUNE_1, "Hệ thống hộ tịch", "Không vào được", "12/TB", now)
        actor = self.office.actor("control1")
        with self.office.database.transaction() as tx:
            return record_outage(tx, command, actor, self.clock()).id

    def announced(self) -> int:
        """Not a dossier: an announcement of working hours for commune 1."""
        sessions = read_sessions("07:30-11:30,13:00-17:00")
        command = Announce(COMMUNE_1, "QĐ 14/QĐ-UBND", Announced(hours=(Hours(sessions),)))
        actor = self.office.actor("administrator1")
        with self.office.database.transaction() as tx:
            return announce(tx, command, actor, self.clock())

    def complete(self, dossier: Dossier, by: str, **form: Any) -> Dossier:
        """Complete the one open task, with a cause should it be late."""
        command = CompleteTask(Target(dossier.code), place(dossier), form, CAUSE)
        return self.act(complete_task, command, by)

    def _pause(self, code: str) -> PauseDossier:
        until = self.clock() + timedelta(days=14)
        return PauseDossier(Target(code), "khac", "Chờ văn bản", until, LETTER)

    def act(self, f: Callable[..., Dossier], command: Any, by: str) -> Dossier:
        """Let someone do something, a minute after what went before."""
        actor = self.office.actor(by)
        self.clock.advance(timedelta(minutes=1))
        with self.office.database.transaction() as tx:
            return f(tx, command, actor, self.clock())


def place(dossier: Dossier) -> int:
    """The place of the one open task."""
    (number,) = dossier.tasks
    return number


def contents(database: Database) -> dict[str, Any]:
    """Something that differs whenever anything in the database was changed."""
    found: dict[str, Any] = {}
    with database.reading() as tx:
        for table in metadata.sorted_tables:
            found[table.name] = tx.execute(select(func.count()).select_from(table)).scalar_one()
        columns = (
            *(("dossier", "head"), ("timer", "due_at"), ("task", "assignee")),
            *(("agency", "rulebook"), ("dossier", "outage"), ("outage", "ended_at")),
        )
        for name, column in columns:
            rows = tx.execute(select(metadata.tables[name].c[column]))
            found[f"{name}.{column}"] = sorted(str(row[0]) for row in rows)
    return found


def fail_timer(database: Database, code: str, attempts: int = MAX_ATTEMPTS) -> tuple[str, str, int]:
    """Let one timer of a dossier fail so often; gives its code, kind and place."""
    this = select(dossier.c.id).where(dossier.c.code == code).scalar_subquery()
    query = select(timer.c.kind, timer.c.place).where(timer.c.dossier_id == this)
    with database.transaction() as tx:
        kind, where = tx.execute(query.order_by(timer.c.kind)).first() or ("", 0)
        is_it = (timer.c.dossier_id == this, timer.c.kind == kind, timer.c.place == where)
        again = START if attempts < MAX_ATTEMPTS else None
        values = {"next_attempt_at": again, "attempts": attempts, "failed_at": START}
        tx.execute(update(timer).where(*is_it).values(**values, last_error="Bản vẽ hỏng"))
    return code, kind, where
