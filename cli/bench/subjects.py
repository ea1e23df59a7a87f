"""What the benchmark works on: an office, real dossiers led by commands, and mere mass."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from bpmn.procedure import Procedure
from bpmn.roles import Role
from cli.bench.copies import WAITING, copy, settle
from cli.demo.applications import samples
from cli.demo.kinds import BIRTH
from cli.demo.office import COMMUNE, Office, set_up
from cli.demo.papers import unsigned
from cli.trial.papers import provide
from engine.commands.acting import Target
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, complete_task
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.store import definitions, dossiers, sessions, users
from engine.store.database import Database
from engine.store.inbox_tables import search_term
from engine.store.sessions import Browser
from engine.store.tables import task

MODELS = 20
TOKEN = "motcua-bench-token-{role}"  # noqa: S105


_CAUSE = {"cause": "cham_xu_ly"}
"""Named with every completion: after a tick two days ahead it is late."""


@dataclass(frozen=True)
class Bench:
    """An office with tokens, and the example answers to every form of a birth registration."""

    database: Database
    office: Office
    procedure: Procedure
    answers: dict[str, Any]
    now: datetime

    def submit(self) -> Dossier:
        """A birth registration received at the counter."""
        command = SubmitDossier(
            procedure=BIRTH,
            channel=Channel.DIRECT,
            receiving_agency=COMMUNE,
            owner={"name": "Nguyễn Văn Thử"},
            application=self.answers["application"],
            intake=self.answers["check_papers"],
        )
        actor = self.office.in_role(Role.RECEPTION_OFFICER)[0]
        with self.database.transaction() as tx:
            return submit_dossier(tx, command, actor, self.now)

    def reload(self, code: str) -> Dossier:
        """The dossier as it now lies in the database."""
        with self.database.transaction() as tx:
            return dossiers.lock(tx, code).dossier

    def advance(self, dossier: Dossier, **form: Any) -> Dossier:
        """Complete the one open task by its example answers, or by the form given."""
        opened = next(iter(dossier.tasks.values()))
        said = form or self.answers[opened.step]
        command = CompleteTask(Target(dossier.code), opened.place, said, _CAUSE)
        actor = self.office.in_role(opened.role)[0]
        with self.database.transaction() as tx:
            provide(tx, dossier, opened, said.get("decision"), actor, self.now)
            return complete_task(tx, command, actor, self.now)

    def advance_to(self, dossier: Dossier, step: str) -> Dossier:
        """Complete tasks until the one of `step` is open."""
        while all(opened.step != step for opened in dossier.tasks.values()):
            dossier = self.advance(dossier)
        return dossier

    def aged(self, events: int) -> Dossier:
        """A dossier at its appraisal, returned by the leader until its log has `events`."""
        dossier = self.advance_to(self.submit(), "appraise")
        while dossier.seq < events:
            dossier = self.advance_to(dossier, "sign")
            dossier = self.advance(dossier, decision="return", reason="Kiểm tra lại hồ sơ")
        return dossier


def prepare(database: Database, now: datetime) -> Bench:
    """Found the office in an empty database.

    Its birth registration is the edition without papers: what a step costs is measured apart from
    what a signature costs.
    """
    with database.transaction() as tx:
        office = set_up(tx, "", now)
        for role in Role:
            for actor in office.in_role(role)[:1]:
                token, until = TOKEN.format(role=role), now + timedelta(days=1)
                users.add_token(tx, actor.id, token, "bench", now, until)
                sessions.add(tx, actor.id, token, Browser("127.0.0.1", "bench"), now, until)
        definitions.put(tx, unsigned(BIRTH), None, now)
        version = definitions.current_version(tx, BIRTH)
        procedure = definitions.version(tx, version)
    return Bench(database, office, procedure, samples(procedure), now)


def grow_mass(bench: Bench, total: int) -> None:
    """Let `total` open tasks lie in the database, in dossiers that nobody will work on."""
    models = [bench.advance_to(bench.submit(), "appraise").code for _ in range(MODELS)]
    with bench.database.reading() as tx:
        lying = tx.execute(select(func.count()).where(task.c.state == "open")).scalar_one()
    copy(bench.database, models, max(0, total - lying), (*WAITING, search_term))
    settle(bench.database)
