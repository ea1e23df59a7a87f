"""Random lives of which the portal is told: after every act it was told last how they stand."""

from engine.model.actor import Actor
from engine.model.dossier import Dossier
from tests.integration.lives.machine import Command
from tests.integration.lives.paper_machine import LivesWithPapers
from tests.integration.portal.expected import check_told
from tests.integration.portal.telling import use_portal


class LivesTold(LivesWithPapers):
    """Whatever anybody does, what is written for the portal is what its table of codes says."""

    is_told = False

    def run(self, command: Command, what: object, actor: Actor, before: Dossier | None) -> None:
        if not self.is_told:
            use_portal(self.database)
            self.is_told = True
        super().run(command, what, actor, before)

    def look_at(self, code: str) -> Dossier:
        found = super().look_at(code)
        with self.database.reading() as tx:
            check_told(tx, found)
        return found
