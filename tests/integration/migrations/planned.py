"""What the tests of migrations share: a version with other steps, and who decides."""

from typing import Any

from bpmn.procedure import procedure_from_sources
from engine.commands.dossier_migrations import PlanMigration, plan_migration, start_migration
from engine.model.migration import Verdict
from engine.queries.dossier_migrations import dossiers_of, migration
from engine.queries.paging import Slice
from engine.store import definitions
from engine.store.database import Database
from notifications.migrating import carry_on
from tests.api.lives import Lives
from tests.api.procedure import sources
from tests.diagrams import CODE
from tests.office import COMMUNE_1, Office

STEPS = {"appraise": "examine"}
WHO = "administrator1"


def renamed() -> dict[str, str]:
    """The small procedure with another id of its appraisal."""
    files = sources()
    return {**files, "procedure.bpmn": files["procedure.bpmn"].replace("appraise", "examine")}


class Desk:
    """Someone who administers commune 1 and takes its dossiers to the renamed version."""

    def __init__(self, lives: Lives) -> None:
        self.lives = lives
        self.office: Office = lives.office
        self.database: Database = lives.office.database
        self.version = self.deployed(renamed())
        self.number = 0

    def deployed(self, files: dict[str, str]) -> str:
        """Put a version in force; its digest."""
        procedure = procedure_from_sources(files)
        with self.database.transaction() as tx:
            definitions.put(tx, procedure, by=None, now=self.lives.clock())
        return procedure.digest

    def plan(self, **given: Any) -> int:
        """Choose dossiers; how many there are."""
        terms = {"agency": COMMUNE_1, "ground": "QĐ 12/QĐ-UBND", "steps": STEPS} | given
        command = PlanMigration(procedure=CODE, version=self.version, **terms)
        with self.database.transaction() as tx:
            actor = self.office.actor(WHO)
            self.number, found = plan_migration(tx, command, actor, self.lives.clock())
        return found

    def start(self) -> None:
        """Let it begin, or go on."""
        with self.database.transaction() as tx:
            start_migration(tx, self.number, self.office.actor(WHO), self.lives.clock())

    def work(self, most: int | None = None) -> int:
        """Let a scheduler work; on so many dossiers at most."""
        left = [most]

        def go_on() -> bool:
            if left[0] is None:
                return True
            left[0] -= 1
            return left[0] >= 0

        return carry_on(self.database, self.lives.clock, go_on)

    def counts(self) -> dict[str, int]:
        """Dossiers by what is known of them."""
        with self.database.reading() as tx:
            found = migration(tx, self.number, self.office.actor(WHO)).counts
        return {verdict.value: count for verdict, count in found.items()}

    def unable(self) -> dict[str, str | None]:
        """Why dossiers cannot go over, by code."""
        actor = self.office.actor(WHO)
        with self.database.reading() as tx:
            found = [
                each
                for verdict in (Verdict.IMPOSSIBLE, Verdict.REFUSED)
                for each in dossiers_of(tx, self.number, Slice(50), verdict, actor).items
            ]
        return {each.code: each.reason for each in found}
