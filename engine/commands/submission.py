"""Dossiers come in: online, at the counter, by post; and are accepted or refused at intake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bpmn.procedure import Procedure
from bpmn.steps import Stage
from engine.commands import requesting
from engine.commands.acting import Target, act_of, for_, require_readable
from engine.commands.applicant import category_act
from engine.commands.documents import act_of_adding
from engine.commands.filing import added_from
from engine.commands.letters import issue_due
from engine.commands.obtaining import obtaining
from engine.commands.priority import priority_act
from engine.commands.tasks import CompleteTask, complete_task
from engine.commands.uploads import take_upload
from engine.deadlines.calendar import VIETNAM
from engine.errors import NoIntakeOpen, NotPermitted, WrongAgency
from engine.life.acts import apply, begin
from engine.life.decisions import ACCEPT, REFUSE
from engine.life.setting import Setting
from engine.model.actor import Actor, Permission, allowing_at, on_behalf_of
from engine.model.contact import Means
from engine.model.document import DocumentKind
from engine.model.dossier import Dossier, Task
from engine.model.event import Act, EventType
from engine.model.status import Channel
from engine.store import agencies, codes, definitions, dossiers, editions
from engine.store.opening import Counter, open_version
from engine.store.uploads import Upload


@dataclass(frozen=True)
class Paper:
    """A component as a file: the id of the upload by which it was sent."""

    component: str
    upload: str


@dataclass(frozen=True)
class SubmitDossier:
    """An application as handed in.

    `competent_agency` is who decides; left out, it is the agency that receives. `owner` and
    `submitter` describe persons (name, personal_id, phone, email, address). `components` lists
    what was handed in: {code, originals, copies}, `obtained` what was looked up in a database
    instead: {component, looked_up}. `intake` is the form of the check at the
    counter, for dossiers that are received there. `ticket` is the number of the queue machine;
    `assisted` says that an officer filled it in for someone who need not be reachable.
    `priority` is the reason for which it goes before others, with a note; `category` that of the
    applicant for fees, with its evidence. `papers` are files that were sent before, each with the
    component that it is. `notices` are the means by which the applicant wishes to be told; left
    out, all that they gave.
    """

    procedure: str
    channel: Channel
    receiving_agency: str
    owner: Mapping[str, Any]
    application: Mapping[str, Any]
    competent_agency: str | None = None
    submitter: Mapping[str, Any] | None = None
    components: tuple[Mapping[str, Any], ...] = ()
    obtained: tuple[Mapping[str, Any], ...] = ()
    intake: Mapping[str, Any] | None = None
    ticket: str | None = None
    assisted: bool = False
    priority: Mapping[str, Any] | None = None
    category: Mapping[str, Any] | None = None
    papers: tuple[Paper, ...] = ()
    notices: tuple[Means, ...] | None = None


def submit_dossier(tx: Connection, command: SubmitDossier, actor: Actor, now: datetime) -> Dossier:
    """Give the dossier its code and start its life; at the counter it is received at once."""
    started = _start(tx, command, actor, now)
    dossier = started.begin(codes.next_code(tx, command.receiving_agency, _day(now)), now)
    for number, paper in enumerate(command.papers, start=1):
        upload = take_upload(tx, paper.upload, None, actor, now)
        started.file(dossier, number, paper.component, upload, now)
    made = requesting.made_in(dossier)
    loaded = dossiers.add(tx, dossier, owner_name=str(command.owner["name"]))
    requesting.send(tx, loaded, made, started.setting)
    if command.channel is Channel.DIRECT:
        act = started.check(dossier, now)
        issue_due(tx, dossier, act, started.setting)
        requesting.save(tx, loaded, started.setting)
    return dossier


def rehearse_submission(
    tx: Connection, command: SubmitDossier, actor: Actor, now: datetime
) -> Dossier:
    """The dossier that submitting would make, with its due date; nothing is kept of it.

    Raises what `submit_dossier` raises.
    """
    started = _start(tx, command, actor, now)
    dossier = started.begin("", now)
    if command.channel is Channel.DIRECT:
        started.check(dossier, now)
    return dossier


@dataclass(frozen=True)
class _Start:
    """A submission with the rules that it begins under; `absent`: whom the actor stands in for."""

    command: SubmitDossier
    actor: Actor
    setting: Setting
    in_force: editions.InForce
    competent: str
    absent: int | None

    def begin(self, code: str, now: datetime) -> Dossier:
        """The dossier as handed in, before anyone checks it."""
        act = act_of(
            self.actor, EventType.DOSSIER_SUBMITTED, now, self._data(code, _day(now)), self._said()
        )
        dossier = begin(for_(act, self.absent), self.setting)
        if self.command.priority:
            self._apply(dossier, priority_act(self.command.priority, self.actor, now))
        if self.command.category:
            self._apply(dossier, category_act(self.command.category, self.actor, now))
        for each in self.command.obtained:
            self._apply(dossier, obtaining(self.setting, **each, actor=self.actor, now=now))
        return dossier

    def file(
        self, dossier: Dossier, number: int, component: str, upload: Upload, now: datetime
    ) -> None:
        """Let a file become a document."""
        command = added_from(upload, Target(dossier.code), DocumentKind.COMPONENT, component)
        self._apply(dossier, act_of_adding(command, number, self.actor, now))

    def check(self, dossier: Dossier, now: datetime) -> Act:
        """Let the counter decide on it; returns what it did."""
        intake = self.command.intake or {"decision": ACCEPT}
        return self._apply(dossier, _intake_act(dossier, intake, self.actor, now))

    def _apply(self, dossier: Dossier, act: Act) -> Act:
        done = for_(act, self.absent)
        apply(dossier, done, self.setting)
        return done

    def _data(self, code: str, day: date) -> dict[str, Any]:
        command = self.command
        return {
            "code": code,
            "procedure": command.procedure,
            "version": self.setting.procedure.digest,
            **vars(self.in_force),
            "channel": command.channel.value,
            "submitted_on": day.isoformat(),
            "receiving_agency": command.receiving_agency,
            "competent_agency": self.competent,
            "components": [dict(component) for component in command.components],
            "ticket": command.ticket,
            "assisted": command.assisted,
        }

    def _said(self) -> dict[str, Any]:
        command = self.command
        return {
            "owner": dict(command.owner),
            "submitter": dict(command.submitter) if command.submitter else None,
            "application": dict(command.application),
            "notices": None if command.notices is None else list(command.notices),
        }


def _start(tx: Connection, command: SubmitDossier, actor: Actor, now: datetime) -> _Start:
    absent = _require_allowed(command, actor)
    competent = command.competent_agency or command.receiving_agency
    in_force = editions.in_force(tx, competent)
    counter = Counter(command.receiving_agency, competent)
    version = open_version(tx, command.procedure, now, counter)
    setting = definitions.setting_of(tx, version, in_force.rulebook)
    _require_competent(tx, setting.procedure, competent)
    return _Start(command, actor, setting, in_force, competent, absent)


def _require_allowed(command: SubmitDossier, actor: Actor) -> int | None:
    online = command.channel is Channel.ONLINE
    needed = Permission.DOSSIER_SUBMIT if online else Permission.DOSSIER_RECEIVE
    grants = list(allowing_at(actor, needed, command.receiving_agency))
    if not grants:
        raise NotPermitted(what=f"nộp hồ sơ tại cơ quan {command.receiving_agency}")
    return on_behalf_of(grants)


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


def _require_competent(tx: Connection, procedure: Procedure, agency: str) -> None:
    levels = procedure.facts.levels
    if agencies.level_of(tx, agency) not in levels:
        needed = ", ".join(levels)
        raise WrongAgency(agency=agency, procedure=procedure.facts.code, level=needed)


@dataclass(frozen=True)
class DecideIntake:
    """What the reception officer decides after checking the papers; `form` is the check's form."""

    target: Target
    form: Mapping[str, Any]
    overdue: Mapping[str, Any] | None = None


def accept_dossier(tx: Connection, command: DecideIntake, actor: Actor, now: datetime) -> Dossier:
    """Receive a dossier: its clock starts and the citizen is promised a date."""
    return _decide(tx, command, ACCEPT, actor, now)


def refuse_dossier(tx: Connection, command: DecideIntake, actor: Actor, now: datetime) -> Dossier:
    """Do not receive a dossier, with the reason in the form."""
    return _decide(tx, command, REFUSE, actor, now)


def _decide(
    tx: Connection, command: DecideIntake, decision: str, actor: Actor, now: datetime
) -> Dossier:
    dossier = dossiers.lock(tx, command.target.code).dossier
    require_readable(actor, dossier)
    form = {**command.form, "decision": decision}
    completion = CompleteTask(command.target, _intake(dossier).place, form, command.overdue)
    return complete_task(tx, completion, actor, now)


def _intake_act(dossier: Dossier, form: Mapping[str, Any], actor: Actor, now: datetime) -> Act:
    data = {"place": _intake(dossier).place, "decision": form.get("decision")}
    return act_of(actor, EventType.TASK_COMPLETED, now, data, {"form": dict(form)})


def _intake(dossier: Dossier) -> Task:
    for task in dossier.tasks.values():
        if task.stage is Stage.RECEIPT:
            return task
    raise NoIntakeOpen(code=dossier.code)
