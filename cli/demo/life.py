"""One life of the example office: what happens next to its dossier, and when."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bpmn.procedure import Procedure
from bpmn.steps import Message, Stage
from cli.demo.deeds import Deed, Deeds
from cli.demo.papers import PaperDeed
from cli.demo.plans import Plan
from cli.demo.timetable import Timetable
from cli.demo.ways import Turning
from engine.life.dues import OTHERS, open_of
from engine.model.alert import Alert, Rung
from engine.model.dossier import Dossier, Task
from engine.model.status import Channel

_HANDLINGS: dict[tuple[str, ...], int] = {
    (): 60,
    ("claim",): 32,
    ("assign",): 3,
    ("claim", "delegate"): 2,
    ("claim", "release"): 3,
}
"""What happens to a task before it is done; each part takes a share of the time."""

_LONG_HOURS = 4.0
_LONG_HANDLINGS = {**_HANDLINGS, (): 3, ("claim",): 89}
"""With tasks that may take this long: somebody takes them, or is asked why not."""

_HANDLING_SHARE = 0.3
_SOON = (0.02, 0.15)
_SOON_HOURS = 3.0
"""Somebody takes a new task within this share of its time, and these working hours."""
_NOTING = (0.3, 6.0)
_NOTED_SHARE = 0.4
"""So many of the alerts that went up the ladder are taken note of."""
_PICK_UP = (0.3, 10.0)
_BRING = (8.0, 60.0)
_TURN = (0.2, 3.0)
_NOTICED = 6.0
_EARLY = 9
"""What the office gets online before this hour was sent the evening before."""


@dataclass(frozen=True)
class Next:
    """Something that will happen at a moment; `alert` is the one that is taken note of."""

    at: datetime
    deed: Deed | PaperDeed
    alert: int = 0


class Life:
    """A dossier from before it is handed in until its end, or until it rests as planned."""

    def __init__(
        self,
        plan: Plan,
        deeds: Deeds,
        procedure: Procedure,
        timetable: Timetable,
        rng: Random,
    ) -> None:
        self.number = plan.number
        self.dossier: Dossier | None = None
        self._plan = plan
        self._procedure = procedure
        self._timetable = timetable
        self._rng = rng
        self._deeds = deeds
        self._visits: Counter[str] = Counter()
        self._turned = False
        self._told: set[int] = set()
        self._handlings: dict[int, list[str]] = {}

    @property
    def is_settled(self) -> bool:
        """Whether the dossier has ended or rests as planned."""
        return self.dossier is not None and (
            self.dossier.outcome is not None or self._rests(self.dossier)
        )

    def lapse(self) -> None:
        """The time of a wait has run out."""
        self._timetable.lapse()

    def note(self, at: datetime) -> Next | None:
        """Someone takes note of an alert that has just gone up the ladder; often nobody does."""
        dossier = self.dossier
        told = [a for a in dossier.alerts if self._is_news(a)] if dossier else []
        self._told |= {alert.seq for alert in told}
        if dossier is None or not told or self._rng.random() >= _NOTED_SHARE:
            return None
        noted_at = self._timetable.after(at, self._rng.uniform(*_NOTING))
        return Next(noted_at, self._deeds.acknowledge(dossier, told[-1]), told[-1].seq)

    def still_wants(self, noting: Next) -> bool:
        """Whether the alert that someone would take note of still holds."""
        alerts = self.dossier.alerts if self.dossier else []
        return any(alert.seq == noting.alert and alert.live for alert in alerts)

    def _is_news(self, alert: Alert) -> bool:
        return alert.live and alert.rung > Rung.HOLDER and alert.seq not in self._told

    def next(self, at: datetime) -> Next | None:
        """What happens next after `at`; None when only time can go on, or nothing will."""
        dossier = self.dossier
        if dossier is None:
            return self._submission()
        if self.is_settled:
            return self._settled(dossier, at)
        if dossier.pause_request or dossier.suspended:
            return self._paused(dossier, at)
        if self._turns(dossier) and (turning := self._turning(dossier, at)):
            return turning
        if dossier.tasks:
            return self._work(dossier, next(iter(dossier.tasks.values())), at)
        return self._news(dossier, at)

    def _paused(self, dossier: Dossier, at: datetime) -> Next:
        if dossier.suspended:
            return self._after(at, "", self._rng.uniform(*_BRING), self._deeds.resume(dossier))
        return self._after(at, "", self._rng.uniform(*_TURN), self._deeds.grant(dossier))

    def _submission(self) -> Next:
        at = self._timetable.submitted_at
        if self._plan.channel is Channel.ONLINE and at.hour < _EARLY:
            evening = at.replace(hour=self._rng.randrange(18, 23), minute=self._rng.randrange(60))
            at = evening - timedelta(days=1)
        at_counter = self._plan.channel is Channel.DIRECT
        decision = self._decision("check_papers") if at_counter else None
        return Next(at.replace(microsecond=0), self._deeds.submit(decision))

    def _settled(self, dossier: Dossier, at: datetime) -> Next | None:
        """Someone may still take the task at which an open dossier rests."""
        task = next(iter(dossier.tasks.values()), None)
        if task is None or dossier.outcome is not None or dossier.suspended:
            return None
        return self._handling(dossier, task, at)

    def _work(self, dossier: Dossier, task: Task, at: datetime) -> Next:
        before = self._handling(dossier, task, at)
        if before is not None:
            return before
        hours = self._hours(task)
        if task.stage is Stage.PAYMENT:
            return self._after(at, task.step, hours, self._deeds.pay(dossier, task))
        deed = self._deeds.complete(dossier, task, self._decision(task.step))
        return self._after(at, task.step, hours, deed)

    def _handling(self, dossier: Dossier, task: Task, at: datetime) -> Next | None:
        if task.place not in self._handlings:
            self._handlings[task.place] = self._drawn_handling(dossier, task)
        left = self._handlings[task.place]
        if not left:
            return None
        deeds: dict[str, Callable[[Dossier, Task], Deed]] = {
            "claim": self._deeds.claim,
            "release": self._deeds.release,
            "delegate": self._deeds.delegate,
            "assign": self._deeds.assign,
        }
        part = left.pop(0)
        deed = deeds[part](dossier, task)
        if part in ("claim", "assign") and (allowed := self._timetable.allowed(task.step)):
            hours = min(_SOON_HOURS, allowed * self._rng.uniform(*_SOON))
            return Next(self._timetable.soon(at, hours), deed)
        return self._after(at, task.step, self._hours(task), deed, _HANDLING_SHARE)

    def _drawn_handling(self, dossier: Dossier, task: Task) -> list[str]:
        long = self._timetable.allowed(task.step) >= _LONG_HOURS
        handlings = _LONG_HANDLINGS if long else _HANDLINGS
        drawn = self._rng.choices(list(handlings), list(handlings.values()))[0]
        alone = len(self._deeds.candidates(dossier, task)) < 2
        return [part for part in drawn if part != "delegate" or not alone]

    def _news(self, dossier: Dossier, at: datetime) -> Next | None:
        known = self._procedure.places.waits
        for wait in dossier.waits.values():
            hours = self._rng.uniform(*_BRING)
            message = known[wait.step].message
            if message is Message.OBLIGATION_FULFILLED:
                open_ = next(iter(open_of(dossier, OTHERS)), None)
                deed = self._deeds.fulfil(dossier, open_) if open_ else self._deeds.oblige(dossier)
                return self._after(at, wait.step, hours if open_ else _NOTICED, deed)
            if message is Message.SUPPLEMENT_RECEIVED and self._plan.way.brings:
                return self._after(at, wait.step, hours, self._deeds.supplement(dossier))
        return None

    def _turns(self, dossier: Dossier) -> bool:
        steps = {task.step for task in dossier.tasks.values()}
        way = self._plan.way
        return way.turning is not None and not self._turned and way.turning_at in steps

    def _turning(self, dossier: Dossier, at: datetime) -> Next | None:
        self._turned = True
        turning, hours = self._plan.way.turning, self._rng.uniform(*_TURN)
        if turning is Turning.EXTEND:
            until = self._timetable.later_due(at, dossier, self._rng)
            return self._after(at, "", hours, self._deeds.extend(dossier, until)) if until else None
        deeds = {
            Turning.PAUSE: self._deeds.pause,
            Turning.WITHDRAW: self._deeds.withdraw,
            Turning.DISCONTINUE: self._deeds.discontinue,
        }
        return self._after(at, "", hours, deeds[turning or Turning.PAUSE](dossier))

    def _decision(self, step: str) -> str | None:
        visit = self._visits[step]
        self._visits[step] += 1
        decisions = self._plan.way.decisions.get(step, ())
        return decisions[visit] if visit < len(decisions) else None

    def _rests(self, dossier: Dossier) -> bool:
        rest = self._plan.rest
        if rest is None or dossier.status is not rest.status:
            return False
        steps = {task.step for task in dossier.tasks.values()}
        return rest.step in steps | {wait.step for wait in dossier.waits.values()}

    def _hours(self, task: Task) -> float:
        allowed = self._timetable.allowed(task.step)
        if not allowed:
            return self._rng.uniform(*_PICK_UP)
        return allowed * self._plan.pace * self._rng.uniform(0.6, 1.1)

    def _after(
        self, at: datetime, place: str, hours: float, deed: Deed | PaperDeed, share: float = 1.0
    ) -> Next:
        return Next(self._timetable.moment(at, place, hours * share, share, self._rng), deed)
