"""A trial of a procedure without an office."""

from datetime import timedelta

from bpmn.procedure import Procedure
from bpmn.steps import Stage
from engine.life.setting import Setting
from engine.store.editions import InForce
from engine.trial.ground import Ground
from engine.trial.moves import Move, MoveKind
from engine.trial.people import people_of
from engine.trial.walk import Trial, walked
from tests.clock import START
from tests.samples import answer, application
from tests.unit.engine.living import CALENDAR, COMMUNE, RULEBOOK


class Walker:
    """Collects moves; each is made by walking all of them anew."""

    def __init__(self, procedure: Procedure) -> None:
        setting = Setting(procedure, RULEBOOK, lambda _digest: CALENDAR, lambda _digest: procedure)
        self.procedure = procedure
        self.ground = Ground(setting, InForce("calendar", "rulebook"), people_of(COMMUNE))
        self.moves: list[Move] = []
        self.submit()

    @property
    def trial(self) -> Trial:
        """As far as it has come."""
        return walked(self.ground, self.moves, START)

    def make(self, move: Move) -> Trial:
        """One more move; one that is refused is not kept."""
        trial = walked(self.ground, [*self.moves, move], START)
        self.moves.append(move)
        return trial

    def submit(self) -> None:
        """Hand the sample application in online."""
        form = {"channel": "online", "application": application(self.procedure)}
        self.make(Move(MoveKind.SUBMIT, "portal1", form=form))

    def complete(self, by: str | None = None, **changes: str) -> Trial:
        """Complete the one open task with its sample answer."""
        task = next(iter(self.trial.dossier.tasks.values()))
        form = answer(self.procedure, task.step, **changes)
        return self.make(Move(MoveKind.COMPLETE, by or f"{task.role}1", task.place, form))

    def later(self, **lapse: float) -> Trial:
        """Let time pass."""
        return self.make(Move(MoveKind.LATER, until=self.trial.now + timedelta(**lapse)))

    def to_the_end(self) -> Trial:
        """The happy way."""
        while tasks := self.trial.dossier.tasks:
            if next(iter(tasks.values())).stage is Stage.PAYMENT:
                self.make(Move(MoveKind.PAY, "cashier1"))
            else:
                self.complete()
        return self.trial
