"""What a trial has come to, for pages and programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpmn.answers import Answer, answers
from bpmn.roles import Role
from bpmn.steps import Message, Stage
from engine.life.dues import OWN, open_of
from engine.life.papers import needs
from engine.model.actor import may_work
from engine.model.dossier import Task
from engine.model.event import Event, EventType
from engine.model.status import STATUS_NAMES
from engine.queries.drawing import Drawing, drawings
from engine.queries.telling import Teller
from engine.trial.moves import MoveKind
from engine.trial.telling import Told
from engine.trial.walk import Trial

_AWAITED = {
    Message.SUPPLEMENT_RECEIVED: (MoveKind.SUPPLEMENT, Role.RECEPTION_OFFICER),
    Message.OBLIGATION_FULFILLED: (MoveKind.OBLIGATION, Role.CASHIER),
}
_INTERRUPTING = {
    Message.WITHDRAWAL_REQUESTED: (MoveKind.WITHDRAW, Role.RECEPTION_OFFICER),
    Message.DISCONTINUATION_DECIDED: (MoveKind.DISCONTINUE, Role.LEADER),
}


@dataclass(frozen=True)
class TaskToDo:
    """An open task: who may do it, its form, and which papers stand in for real ones."""

    place: int
    step: str
    name: str
    role: Role
    stage: Stage
    due_at: datetime
    overdue: bool
    candidates: tuple[str, ...]
    form: Mapping[str, Any]
    papers: tuple[str, ...]


@dataclass(frozen=True)
class Awaited:
    """Something that the dossier waits for; `until` when time ends the wait, `answer` the form of
    an answer of other software."""

    place: int
    step: str
    name: str
    until: datetime | None
    request: int | None = None
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Possible:
    """A move that is open beside tasks, and by whom it is made."""

    kind: MoveKind
    by: str
    place: int = 0


@dataclass(frozen=True)
class ToldAct:
    """An act in words, what was entered, and what came of it."""

    seq: int
    at: datetime
    type: EventType
    who: str
    text: str
    entered: Sequence[Answer]
    consequences: Sequence[str]


@dataclass(frozen=True)
class TrialView:
    """The whole of it; `due` in đồng is what is to be paid, `acts` stand the latest first."""

    now: datetime
    begun: bool
    status: str
    status_name: str
    due_at: datetime | None
    overdue: bool
    due: int
    next_moment: datetime | None
    tasks: Sequence[TaskToDo]
    awaited: Sequence[Awaited]
    possible: Sequence[Possible]
    diagrams: Sequence[Drawing]
    acts: Sequence[ToldAct]
    notices: Sequence[Told]


def view(trial: Trial) -> TrialView:
    """A trial as it stands; one that has not begun has nothing but its time."""
    if not trial.begun:
        begin = (Possible(MoveKind.SUBMIT, trial.ground.people.of(Role.PORTAL).username),)
        return TrialView(trial.now, False, "", "", None, False, 0, None, (), (), begin, (), (), ())
    dossier, procedure = trial.dossier, trial.ground.setting.procedure
    return TrialView(
        now=trial.now,
        begun=True,
        status=dossier.status.value,
        status_name=STATUS_NAMES[dossier.status],
        due_at=dossier.due_at,
        overdue=dossier.overdue,
        due=sum(due.outstanding for due in open_of(dossier, OWN)),
        next_moment=trial.next_moment,
        tasks=[_task(trial, task) for task in dossier.tasks.values()],
        awaited=list(_awaited(trial)),
        possible=list(_possible(trial)),
        diagrams=drawings(dossier, procedure),
        acts=_told(trial),
        notices=trial.notices,
    )


def _task(trial: Trial, task: Task) -> TaskToDo:
    setting, people = trial.ground.setting, trial.ground.people
    step = setting.procedure.places.steps[task.step]
    return TaskToDo(
        place=task.place,
        step=task.step,
        name=task.name,
        role=task.role,
        stage=task.stage,
        due_at=task.clock.due_at,
        overdue=task.overdue,
        candidates=tuple(name for name, each in people.by_name.items() if may_work(each, task)),
        form=setting.procedure.form_of(step).schema,
        papers=tuple(need.act.value for need in needs(trial.dossier, step, setting)),
    )


def _awaited(trial: Trial) -> Iterator[Awaited]:
    procedure = trial.ground.setting.procedure
    asked = {each.place: each for each in trial.dossier.requests.values() if each.waiting}
    for place, waiting in trial.dossier.waits.items():
        wait, request = procedure.places.waits[waiting.step], asked.get(place)
        form = wait.asks and wait.asks.answer
        yield Awaited(
            place,
            waiting.step,
            wait.name,
            waiting.clock.due_at if waiting.clock else None,
            request.number if request else None,
            procedure.forms[form].schema if request and form else None,
        )


def _possible(trial: Trial) -> Iterator[Possible]:
    """The first of those who may make each move."""
    dossier, people = trial.dossier, trial.ground.people
    if dossier.outcome is not None:
        return
    if any(open_of(dossier, OWN)):
        yield Possible(MoveKind.PAY, people.of(Role.CASHIER).username)
    for request in dossier.requests.values():
        if request.waiting:
            yield Possible(MoveKind.NO_ANSWER, "", request.number)
    for kind, role in _messages(trial):
        yield Possible(kind, people.of(role).username)


def _messages(trial: Trial) -> Iterator[tuple[MoveKind, Role]]:
    """News that the diagram waits for, and ways out that it draws."""
    dossier, known = trial.dossier, trial.ground.setting.procedure.places
    awaited = {known.waits[wait.step].message for wait in dossier.waits.values()}
    yield from (move for message, move in _AWAITED.items() if message in awaited)
    if dossier.interruption is None:
        drawn = known.interruptions
        yield from (move for message, move in _INTERRUPTING.items() if message in drawn)


def _told(trial: Trial) -> list[ToldAct]:
    log = trial.log
    teller = Teller.of(log, trial.ground.setting, trial.ground.people.names)
    effects: dict[int, list[str]] = {}
    for event in log:
        if event.caused_by is not None:
            effects.setdefault(event.caused_by, []).append(teller.tell(event))
    acts = [event for event in log if event.caused_by is None]
    return [_act(event, teller, effects.get(event.seq, [])) for event in reversed(acts)]


def _act(event: Event, teller: Teller, consequences: Sequence[str]) -> ToldAct:
    form, asked = event.payload.get("form") or {}, teller.form_of(event)
    completed = event.type is EventType.TASK_COMPLETED and asked
    return ToldAct(
        seq=event.seq,
        at=event.at,
        type=event.type,
        who=teller.actor(event),
        text=teller.tell(event),
        entered=answers(form, asked) if completed else (),
        consequences=consequences,
    )
