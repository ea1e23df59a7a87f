"""What people do to one dossier of the example office, through the real commands."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from sqlalchemy import Connection

from bpmn.procedure import Procedure
from bpmn.roles import Role
from bpmn.steps import Stage
from cli.demo.answers import Answers
from cli.demo.applications import Form, application, samples
from cli.demo.office import COMMUNE, Office
from cli.demo.people import adult
from cli.demo.plans import Plan
from engine.commands import course, pauses, submission, tasks
from engine.commands.acting import Target
from engine.deadlines.calendar import VIETNAM
from engine.model.actor import Actor, may_work
from engine.model.dossier import Dossier, Task
from engine.model.status import Channel

Deed = Callable[[Connection, datetime], Dossier]
"""Does one thing at a moment; gives the dossier after it."""

_INTAKE = "check_papers"


class Deeds:
    """Everything that can be done to the dossier of one plan, by whom it is meant to be done."""

    def __init__(self, plan: Plan, office: Office, procedure: Procedure, rng: Random) -> None:
        self._plan = plan
        self._office = office
        self._procedure = procedure
        self._rng = rng

    def submit(self, decision: str | None) -> Deed:
        """Hand in the application; at the counter, `decision` is taken at once."""

        def deed(tx: Connection, now: datetime) -> Dossier:
            on = now.astimezone(VIETNAM).date()
            examples = samples(self._procedure)
            owner = adult(self._rng, on)
            self._answers = Answers(self._rng, examples, owner, self._plan.channel)
            filled = application(self._rng, self._procedure, examples["application"], owner, on)
            intake = self._form(_INTAKE, {"application": filled}, decision, now)
            command = submission.SubmitDossier(
                procedure=self._plan.procedure,
                channel=self._plan.channel,
                receiving_agency=COMMUNE,
                owner=owner.described(),
                application=filled,
                components=self._components(),
                intake=intake if self._plan.channel is Channel.DIRECT else None,
            )
            return submission.submit_dossier(tx, command, self._front(), now)

        return deed

    def complete(self, dossier: Dossier, task: Task, decision: str | None) -> Deed:
        """Do a task; without `decision`, the positive one where there is one."""
        target, worker = Target(dossier.code), self.worker(dossier, task)

        def deed(tx: Connection, now: datetime) -> Dossier:
            form = self._form(task.step, dossier.facts, decision, now)
            if task.stage is Stage.RECEIPT and decision is None:
                command = submission.DecideIntake(target, form)
                return submission.accept_dossier(tx, command, worker, now)
            if decision == "return":
                back = tasks.ReturnTask(target, task.place, form["reason"])
                return tasks.return_task(tx, back, worker, now)
            return tasks.complete_task(
                tx, tasks.CompleteTask(target, task.place, form), worker, now
            )

        return deed

    def claim(self, dossier: Dossier, task: Task) -> Deed:
        """Take a task."""
        command, worker = self._on(dossier, task), self.worker(dossier, task)
        return lambda tx, now: tasks.claim_task(tx, command, worker, now)

    def release(self, dossier: Dossier, task: Task) -> Deed:
        """Put a task back."""
        command, worker = self._on(dossier, task), self.worker(dossier, task)
        return lambda tx, now: tasks.release_task(tx, command, worker, now)

    def delegate(self, dossier: Dossier, task: Task) -> Deed:
        """Hand a task to a colleague."""
        holder = self.worker(dossier, task)
        colleague = self._rng.choice([a for a in self.candidates(dossier, task) if a != holder])
        command = self._handing(dossier, task, colleague, "Nhờ đồng chí xử lý giúp.")
        return lambda tx, now: tasks.delegate_task(tx, command, holder, now)

    def assign(self, dossier: Dossier, task: Task) -> Deed:
        """The director gives a task to someone."""
        director = self._office.in_role(Role.CENTRE_DIRECTOR)[0]
        chosen = self._rng.choice(self.candidates(dossier, task))
        command = self._handing(dossier, task, chosen, "Ưu tiên giải quyết sớm.")
        return lambda tx, now: tasks.assign_task(tx, command, director, now)

    def pause(self, dossier: Dossier) -> Deed:
        """Stop work by order."""
        reason = self._rng.choice(("lay_y_kien_phoi_hop", "yeu_cau_cua_cong_dan", "khac"))
        command = pauses.PauseDossier(Target(dossier.code), reason, "Chờ văn bản trả lời.")
        specialist = self._any(Role.LEADER)
        return lambda tx, now: pauses.pause_dossier(tx, command, specialist, now)

    def resume(self, dossier: Dossier) -> Deed:
        """Let work go on."""
        command = pauses.OnPause(Target(dossier.code), "Đã có văn bản trả lời.")
        leader = self._any(Role.LEADER)
        return lambda tx, now: pauses.resume_dossier(tx, command, leader, now)

    def withdraw(self, dossier: Dossier) -> Deed:
        """The citizen takes the application back."""
        reason = "Gia đình chưa chuẩn bị đủ giấy tờ, xin nộp lại sau."
        command = course.EndDossier(Target(dossier.code), reason)
        return lambda tx, now: course.withdraw_dossier(tx, command, self._front(), now)

    def discontinue(self, dossier: Dossier) -> Deed:
        """The agency stops."""
        reason = "Có văn bản của cơ quan có thẩm quyền đề nghị dừng giải quyết hồ sơ."
        command = course.EndDossier(Target(dossier.code), reason)
        leader = self._any(Role.LEADER)
        return lambda tx, now: course.discontinue_dossier(tx, command, leader, now)

    def supplement(self, dossier: Dossier) -> Deed:
        """The citizen brings what was asked for."""
        details = {"note": "Đã nộp đủ giấy tờ theo phiếu yêu cầu bổ sung."}
        command = course.BringNews(Target(dossier.code), details)
        return lambda tx, now: course.receive_supplement(tx, command, self._front(), now)

    def oblige(self, dossier: Dossier) -> Deed:
        """The tax office's notice is paid."""
        details = {"receipt_number": f"{self._rng.randrange(10**7):07}"}
        command = course.BringNews(Target(dossier.code), details)
        cashier = self._any(Role.CASHIER)
        return lambda tx, now: course.confirm_obligation(tx, command, cashier, now)

    def candidates(self, dossier: Dossier, task: Task) -> list[Actor]:
        """Those who may do a task now."""
        others = self._procedure.places.steps[task.step].four_eyes
        barred = {dossier.done_by.get(other) for other in others}
        staff = self._office.actors.values()
        return [actor for actor in staff if may_work(actor, task) and actor.key not in barred]

    def worker(self, dossier: Dossier, task: Task) -> Actor:
        """Who holds a task, else one of those who may take it."""
        able = self.candidates(dossier, task)
        holder = [actor for actor in able if actor.id == task.assignee]
        return self._rng.choice(holder or able)

    def _front(self) -> Actor:
        online = self._plan.channel is Channel.ONLINE
        return self._any(Role.PORTAL if online else Role.RECEPTION_OFFICER)

    def _any(self, role: Role) -> Actor:
        return self._rng.choice(self._office.in_role(role))

    def _components(self) -> tuple[dict[str, object], ...]:
        return tuple(
            {"code": part.code, "originals": part.originals, "copies": part.copies}
            for part in self._procedure.facts.components
            if part.required and not part.present_only
        )

    def _form(self, step_id: str, facts: Form, decision: str | None, now: datetime) -> Form:
        schema = self._procedure.form_of(self._procedure.places.steps[step_id])
        on = now.astimezone(VIETNAM).date()
        return self._answers.form(step_id, schema, facts, decision, on)

    def _on(self, dossier: Dossier, task: Task) -> tasks.OnTask:
        return tasks.OnTask(Target(dossier.code), task.place)

    def _handing(self, dossier: Dossier, task: Task, to: Actor, note: str) -> tasks.HandTask:
        return tasks.HandTask(Target(dossier.code), task.place, to.id, note)
