"""Events in words: what was done, to what, to whom, as an official would say it."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bpmn.answers import answers
from bpmn.forms import Form
from bpmn.procedure import Procedure
from bpmn.steps import Outcome
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.letters.alerts import matter
from engine.life.letters import day_of
from engine.life.setting import Setting
from engine.model.alert import Level, Subject
from engine.model.document import (
    CAPACITY_NAMES,
    DOCUMENT_KIND_NAMES,
    Capacity,
    DocumentKind,
    Registered,
)
from engine.model.event import SYSTEM, Event, EventType, person_of
from engine.model.event_names import EVENT_NAMES
from engine.model.letter_forms import LetterForm, form_on
from engine.model.request import AnswerOutcome
from engine.model.status import ENDED, STATUS_NAMES, Status
from engine.queries.naming import software

THE_SYSTEM = "Hệ thống"
_ADDRESSED = (EventType.TASK_ASSIGNED, EventType.TASK_DELEGATED)
_NO_ONE = "chưa ai nhận"


def people_in(events: Iterable[Event]) -> set[int]:
    """Ids of everyone whom events name."""
    named = {e.data.get(key) for e in events for key in ("assignee", "holder", "for")}
    acting = {person_of(event.actor) for event in events}
    return {id_ for id_ in acting | named if isinstance(id_, int)}


@dataclass(frozen=True)
class Teller:
    """Tells events of one dossier; `names` are those of people by id.

    `places` are the ids of the steps and waits that were ever open, by place; `alerts` what was
    raised, by number. `versions` are those that the dossier ran on, the newest first.
    """

    setting: Setting
    names: Mapping[int, str]
    places: Mapping[int, str]
    alerts: Mapping[int, Event]
    versions: tuple[Procedure, ...]

    @classmethod
    def of(cls, events: Iterable[Event], setting: Setting, names: Mapping[int, str]) -> "Teller":
        """A teller who has read the whole log."""
        begun = (EventType.TASK_OPENED, EventType.WAIT_STARTED, EventType.PLACE_MOVED)
        opened = [e.data for e in events if e.type in begun]
        places = {data.get("place", 0): data.get("step", "") for data in opened}
        raised = {e.seq: e for e in events if e.type is EventType.ALERT_RAISED}
        run = [e.data["version"] for e in events if e.type is EventType.DOSSIER_SUBMITTED]
        run += [e.data["to"] for e in events if e.type is EventType.DOSSIER_MIGRATED]
        versions = tuple(setting.under(version).procedure for version in reversed(run))
        return cls(setting, names, places, raised, versions or (setting.procedure,))

    @property
    def last(self) -> Procedure:
        """The version that the dossier came to run on."""
        return self.versions[0]

    @property
    def elements(self) -> Mapping[str, str]:
        """What the diagrams call their elements, by id."""
        return ChainMap(*(dict(version.diagram.names) for version in self.versions))

    def tell(self, event: Event) -> str:
        """One event in a few words; only its name where what it says makes no sense."""
        name, particulars = EVENT_NAMES[event.type], ""
        with suppress(EngineError, LookupError, ValueError, TypeError, AttributeError):
            particulars = _PARTICULARS.get(event.type, Teller._place)(self, event)
        return f"{name}: {particulars}" if particulars else name

    def actor(self, event: Event) -> str:
        """Who did it."""
        person = person_of(event.actor)
        if person is None:
            return THE_SYSTEM if event.actor == SYSTEM else software(event.actor)
        return self.person(person)

    def absent(self, event: Event) -> str | None:
        """For whom they did it, should that not be themselves."""
        absent = event.data.get("for")
        return None if absent is None else self.person(absent)

    def person(self, id_: int | None) -> str:
        """Someone by name, nobody as a task's holder."""
        return _NO_ONE if id_ is None else self.names.get(id_, str(id_))

    def place(self, number: int) -> str:
        """What a place is called; empty for one that was never open."""
        step = self.places.get(number)
        return self.elements.get(step, step) if step else ""

    def _place(self, event: Event) -> str:
        return self.place(event.data.get("place") or 0)

    def _handed(self, event: Event) -> str:
        return f"{self._place(event)} → {self.person(event.data['assignee'])}"

    def _held(self, event: Event) -> str:
        return f"{self._place(event)}, {self.person(event.data['holder'])}"

    def _completed(self, event: Event) -> str:
        decision, place = event.data.get("decision"), self._place(event)
        form = self.form_of(event)
        if form is None or not decision:
            return place
        return f"{place} – {answers({'decision': decision}, form)[0].text}"

    def form_of(self, event: Event) -> Form | None:
        """The form that was filled in at an event's place, None where none was."""
        id_ = self.places.get(event.data.get("place", 0), "")
        drawn = next((each for each in self.versions if id_ in each.places.steps), None)
        return drawn.form_of(drawn.places.steps[id_]) if drawn else None

    def _paused(self, event: Event) -> str:
        reason = self.setting.pause_reason(event.data["reason"]).name
        until = event.data.get("until")
        return f"{reason}, đến {_moment(until)}" if until else reason

    def _resumed(self, event: Event) -> str:
        reason = event.data.get("reason")
        return self.setting.pause_reason(reason).name if reason else ""

    def _cause(self, event: Event) -> str:
        return self.setting.rulebook.cause(event.data["cause"]).name

    def _alert(self, event: Event) -> str:
        data = self.alerts[event.data.get("alert", event.seq)].data
        return matter(Subject(data["subject"]), Level(data["level"]))


def _request(teller: Teller, event: Event) -> str:
    """Which request: what of whom."""
    data = event.data
    name = teller.elements.get(data["step"], data["step"])
    return f"{name} – {software(data['connector'])}"


def _numbered_request(teller: Teller, event: Event) -> str:
    number, outcome = event.data["number"], event.data.get("outcome")
    return f"yêu cầu số {number}{', từ chối' if outcome == AnswerOutcome.REFUSED else ''}"


def _component(teller: Teller, event: Event) -> str:
    component = teller.setting.procedure.facts.component(event.data["component"])
    name = component.name if component else event.data["component"]
    source = event.data.get("source")
    return f"{name} – {source}" if isinstance(source, str) else name


def _document(teller: Teller, event: Event) -> str:
    """Which document, by kind and component where the event says so, else by its number."""
    data = event.data
    number = f"số {data['document']}"
    if kind := data.get("kind"):
        named = f"{DOCUMENT_KIND_NAMES[DocumentKind(kind)]} {number}"
        component = teller.setting.procedure.facts.component(data.get("component") or "")
        return f"{named}, {component.name}" if component else named
    return number


def _signed(teller: Teller, event: Event) -> str:
    return f"{_document(teller, event)}, {CAPACITY_NAMES[Capacity(event.data['capacity'])]}"


def _numbered(teller: Teller, event: Event) -> str:
    raw = event.data["registered"]
    on = date.fromisoformat(raw["issued_on"])
    registered = Registered(**{**raw, "issued_on": on})
    return f"{_document(teller, event)}, {registered.in_words} ngày {on:%d/%m/%Y}"


def _issued(teller: Teller, event: Event) -> str:
    number, result = event.data.get("number"), event.data["result"]
    return f"{teller.setting.procedure.facts.result_name}, {number or result}"


def _due_set(teller: Teller, event: Event) -> str:
    return f"{_moment(event.data['before'])} → {_moment(event.data['after'])}"


def _migrated(teller: Teller, event: Event) -> str:
    return f"phiên bản {event.data['to'][:12]}"


def _due(teller: Teller, event: Event) -> str:
    return f"hẹn trả {_moment(event.data['due_at'])}"


def _letter(teller: Teller, event: Event) -> str:
    details = form_on(LetterForm(event.data["form"]), day_of(event))
    name = details.title if details else event.data["form"]
    return f"{name}, số {event.data['number']:02}/{event.data['symbol']}"


def _until(teller: Teller, event: Event) -> str:
    return _moment(event.data["until"])


def _status(teller: Teller, event: Event) -> str:
    before, after = (STATUS_NAMES[Status(event.data[name])] for name in ("before", "after"))
    return f"{before} → {after}"


def _finished(teller: Teller, event: Event) -> str:
    return STATUS_NAMES[ENDED[Outcome(event.data["outcome"])]]


_PARTICULARS: Mapping[EventType, Callable[[Teller, Event], str]] = {
    **dict.fromkeys(_ADDRESSED, Teller._handed),
    EventType.TASK_HELD: Teller._held,
    EventType.TASK_COMPLETED: Teller._completed,
    EventType.DOSSIER_PAUSED: Teller._paused,
    EventType.PAUSE_REQUESTED: Teller._paused,
    EventType.PAUSE_OVERDUE: Teller._paused,
    EventType.PAUSE_LIMIT_SET: _until,
    EventType.DOSSIER_RESUMED: Teller._resumed,
    EventType.OVERDUE_CAUSE_RECORDED: Teller._cause,
    EventType.COMPONENT_OBTAINED: _component,
    EventType.ALERT_RAISED: Teller._alert,
    EventType.ALERT_ESCALATED: Teller._alert,
    EventType.ALERT_WITHDRAWN: Teller._alert,
    EventType.ALERT_RESTORED: Teller._alert,
    EventType.ALERT_ACKNOWLEDGED: Teller._alert,
    EventType.LETTER_ISSUED: _letter,
    EventType.DUE_DATE_SET: _due_set,
    EventType.DOSSIER_MIGRATED: _migrated,
    EventType.DOSSIER_RECEIVED: _due,
    EventType.DOSSIER_STATUS_CHANGED: _status,
    EventType.DOSSIER_FINISHED: _finished,
    EventType.DOCUMENT_ADDED: _document,
    EventType.DOCUMENT_REPLACED: _document,
    EventType.DOCUMENT_REMOVED: _document,
    EventType.DOCUMENT_SIGNED: _signed,
    EventType.DOCUMENT_NUMBERED: _numbered,
    EventType.REQUEST_MADE: _request,
    EventType.REQUEST_RESENT: _numbered_request,
    EventType.REQUEST_DROPPED: _numbered_request,
    EventType.ANSWER_RECEIVED: _numbered_request,
    EventType.RESULT_ISSUED: _issued,
}


def _moment(text: Any) -> str:
    return f"{local(datetime.fromisoformat(text)):%d/%m/%Y %H:%M}"
