"""One dossier led through its life by the pure rules, without a database.

Between every two acts it is written down as the database would keep it, and read again.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import orjson

from bpmn.procedure import Procedure, procedure_from_sources
from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.holidays_vn import standard_calendar
from engine.life.acts import apply, begin
from engine.life.rulebook import Rulebook, standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.life.setting import Setting
from engine.life.timers import TimerKind, timers
from engine.model import snapshot
from engine.model.alert import ORDERED, WHOLE, Alert, Level, Subject
from engine.model.dossier import Dossier, Task
from engine.model.event import SYSTEM, Act, Event, EventType
from engine.model.status import Status
from tests import diagrams
from tests.clock import START
from tests.unit.bpmn.asking import small

CALENDAR = standard_calendar()
COMMUNE = "H40.30.01"
RULEBOOK = read_rulebook(standard_rulebook())
SIMPLE = procedure_from_sources(diagrams.simple())
OWN_DELAY = "cham_xu_ly"
"""A cause of lateness that needs no outage."""


class Life:
    """A dossier of a procedure; people are numbers, time stands still unless it `pass`es."""

    def __init__(
        self,
        procedure: Procedure = SIMPLE,
        channel: str = "online",
        application: Mapping[str, Any] | None = None,
        rulebook: Rulebook = RULEBOOK,
        **data: Any,
    ) -> None:
        self.calendars = {"usual": CALENDAR}
        self.versions = {procedure.digest: procedure}
        self.setting = Setting(
            procedure, rulebook, self.calendars.__getitem__, self.versions.__getitem__
        )
        self.now = START
        self.log: list[Event] = []
        submitted = {
            "code": "H40-1",
            "procedure": procedure.facts.code,
            "version": procedure.digest,
            "channel": channel,
            "receiving_agency": COMMUNE,
            "competent_agency": COMMUNE,
            "components": [],
            "calendar": "usual",
            "rulebook": "usual",
        }
        said = {"owner": {"name": "Bình"}, "application": dict(application or {})}
        act = Act(EventType.DOSSIER_SUBMITTED, "1", self.now, submitted | data, said)
        self._keep(begin(act, self.setting))

    def act(
        self,
        type_: EventType,
        actor: int | str,
        payload: Mapping[str, Any] | None = None,
        **data: Any,
    ) -> list[Event]:
        """Let something happen; gives the events that it left, itself first."""
        dossier = snapshot.from_json(orjson.loads(self._kept))
        act = Act(type_, str(actor), self.now, data, payload or {})
        apply(dossier, act, self.setting)
        return self._keep(dossier)

    def task(self, step: str | None = None) -> Task:
        """The open task of a step, or the only one."""
        found = [t for t in self.dossier.tasks.values() if step in (None, t.step)]
        (task,) = found
        return task

    def complete(
        self, step: str, actor: int = 2, because: str | None = None, **form: Any
    ) -> list[Event]:
        """Someone completes the open task of a step; `because` is why, should it be late."""
        data = {"place": self.task(step).place, "decision": form.get("decision")}
        if because:
            data["overdue"] = {"cause": because}
        return self.act(EventType.TASK_COMPLETED, actor, {"form": form}, **data)

    def on_task(self, type_: EventType, actor: int, step: str, **data: Any) -> list[Event]:
        """Someone does something else with a task."""
        return self.act(type_, actor, place=self.task(step).place, **data)

    def accepted(self, because: str | None = None) -> "Life":
        """The same life, after the counter has accepted the dossier."""
        self.complete("check_papers", because=because, decision="accept")
        return self

    def signing(self) -> "Life":
        """The same life, with the leader to sign; person 3 has appraised."""
        self.accepted().complete("appraise", 3, decision="approve")
        return self

    def issued(self) -> "Life":
        """The same life, with the result to be handed over."""
        self.signing().complete("sign", 4, decision="approve")
        return self

    def pause(self, reason: str = "kiem_tra_thuc_te_do_dac", **data: Any) -> list[Event]:
        """Person 4 pauses the dossier, on the evidence of a document."""
        terms = {"until": None, "evidence": {"document": "12/CV"}} | data
        return self.act(EventType.DOSSIER_PAUSED, 4, reason=reason, **terms)

    def resume(self) -> list[Event]:
        """Person 4 lets it go on."""
        return self.act(EventType.DOSSIER_RESUMED, 4)

    def passes(self, **units: float) -> datetime:
        """Time goes by."""
        self.now += timedelta(**units)
        return self.now

    def until(self, text: str) -> datetime:
        """It becomes this moment in Vietnamese time."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=START.tzinfo)
        return self.now

    def fire(self, kind: TimerKind, step: str | None = None) -> list[Event]:
        """A timer's moment comes: its own, whatever time it was. Without a step it is that of
        the whole dossier, or of the pause that a person ordered."""
        place = self._place(kind, step)
        self.now = max(self.now, timers(self.dossier)[kind, place])
        return self.act(EventType.TIMER_FIRED, SYSTEM, kind=kind.value, place=place)

    def becomes_overdue(self, step: str | None = None) -> list[Event]:
        """The due moment of a step, or of the whole dossier, passes; what that left."""
        kind = TimerKind.STEP if step else TimerKind.DOSSIER
        subject, place = Subject(kind.value), self._place(kind, step)
        while True:
            events = self.fire(kind, step)
            if (subject, place, Level.OVERDUE) in self.warnings():
                self.passes(minutes=1)
                return events

    def lives_until(self, text: str) -> list[Event]:
        """It becomes this moment, and every timer on the way fires at its own."""
        before, end = len(self.log), datetime.fromisoformat(text).replace(tzinfo=START.tzinfo)
        while due := min(((at, key) for key, at in timers(self.dossier).items()), default=None):
            at, (kind, place) = due
            if at > end:
                break
            self.now = max(self.now, at)
            self.act(EventType.TIMER_FIRED, SYSTEM, kind=kind.value, place=place)
        self.now = end
        return self.log[before:]

    def learns(self, calendar: WorkingCalendar) -> list[Event]:
        """Another working calendar is in force from now on."""
        name = f"edition {len(self.calendars)}"
        self.calendars[name] = calendar
        return self.act(EventType.CALENDAR_CHANGED, SYSTEM, calendar=name, announcement=None)

    def warnings(self) -> list[tuple[Subject, int, Level]]:
        """What is warned of now, by subject, place and level."""
        return [(a.subject, a.place, a.level) for a in self.dossier.alerts if a.live]

    def alert(self, subject: Subject) -> Alert:
        """The one live alert of a subject."""
        (alert,) = [a for a in self.dossier.alerts if a.live and a.subject is subject]
        return alert

    def done_again(self) -> Dossier:
        """The dossier after all that was done to it is done again from the log."""
        first, *acts = [event for event in self.log if event.caused_by is None]
        dossier = begin(Act.of(first), self.setting)
        for event in acts:
            apply(dossier, Act.of(event), self.setting)
        assert dossier.news == self.log
        return dossier

    @property
    def dossier(self) -> Dossier:
        """As it stands."""
        return snapshot.from_json(orjson.loads(self._kept))

    def status(self) -> Status:
        """Where it stands, in a word."""
        return self.dossier.status

    @property
    def types(self) -> list[EventType]:
        """Of all that happened, the types."""
        return [event.type for event in self.log]

    def _place(self, kind: TimerKind, step: str | None) -> int:
        if step is None:
            return ORDERED if kind is TimerKind.PAUSE else WHOLE
        steps = {place: task.step for place, task in self.dossier.tasks.items()}
        steps |= {place: wait.step for place, wait in self.dossier.waits.items()}
        return next(place for place, found in steps.items() if found == step)

    def _keep(self, dossier: Dossier) -> list[Event]:
        news = list(dossier.news)
        self._kept = orjson.dumps(snapshot.to_json(dossier))
        assert self.dossier == dossier
        assert [event.seq for event in news] == list(range(len(self.log) + 1, dossier.seq + 1))
        self.log += news
        return news


def drawn_from_check(*elements: str, steps: str) -> Procedure:
    """A procedure that begins with acceptance by the step `check`."""
    check = diagrams.task("check", stage="receipt")
    drawn = (diagrams.START, check, diagrams.end("e"), *elements)
    return procedure_from_sources(small(*drawn, steps=f"check {steps}"))


def ruled(**parts: Mapping[str, Any]) -> Rulebook:
    """The shipped rulebook with changes: `pauses={"khac": {"policy": "RESET"}}`, and so on.

    A part of a part that is None is taken away.
    """
    document = deepcopy(standard_rulebook())
    for name, changes in parts.items():
        _change(document[name], changes)
    return read_rulebook(document)


def _change(part: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if value is None:
            part.pop(name, None)
        elif isinstance(value, Mapping) and name in part:
            _change(part[name], value)
        else:
            part[name] = value
