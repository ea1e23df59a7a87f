"""A form handed in whose papers are drawn up, signed or sealed with it, as one act for a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.drafting import drawn_up
from api.edge import Call
from api.services import services
from api.web.dossier.issuing import means, symbol
from api.web.dossier.task_page import TaskPage, Typed
from engine.commands.acting import Target, require_revision
from engine.commands.drafting import put_draft
from engine.commands.issuing import seal_and_complete, sign_and_complete
from engine.commands.tasks import CompleteTask, complete_task
from engine.life.decisions import APPROVE
from engine.queries.drafting import Asked


@dataclass(frozen=True)
class Prepared:
    """What the form says, and what is to be done before it counts; no transaction is open."""

    page: TaskPage
    command: CompleteTask
    typed: Typed
    to_draw: Sequence[Asked]

    @classmethod
    def of(cls, page: TaskPage, command: CompleteTask, typed: Typed) -> "Prepared | None":
        """None where the form needs nothing but to be handed in."""
        to_draw = page.issuing.to_draw(command.form)
        signs = page.step.signs and command.form.get("decision") == APPROVE
        wanted = to_draw or signs or page.step.seals
        return cls(page, command, typed, to_draw) if wanted else None

    def do(self, call: Call) -> None:
        """Do it; raises what the engine refuses, and then nothing is half done."""
        if self.page.step.seals:
            seal_and_complete(services().house, self.command, symbol(), means(), call.actor)
        elif self.to_draw:
            self._draw_and_complete(call)
        else:
            sign_and_complete(services().house, self.command, means(), call.actor)

    def _draw_and_complete(self, call: Call) -> None:
        """Drafts and completion are one transaction: what is signed is what was handed in."""
        code = self.page.scene.code
        drawn = [drawn_up(code, asked, call.actor) for asked in self.to_draw]
        with services().database.transaction() as tx:
            require_revision(tx, self.command.target)
            for put in drawn:
                put_draft(tx, put, call.actor, call.now)
            unseen = replace(self.command, target=Target(code))
            complete_task(tx, unseen, call.actor, call.now)
