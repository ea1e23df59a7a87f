"""What people do to one dossier of the example office, through the real commands."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection

from bpmn.procedure import Procedure
from bpmn.roles import Role
from bpmn.steps import Stage
from cli.demo.answers import Answers
from cli.demo.applications import application, samples
from cli.demo.civil_status import Form
from cli.demo.kinds import SYSTEM_FAULT
from cli.demo.lateness import Outages, drawn_cause, evidence
from cli.demo.office import COMMUNE, Office
from cli.demo.papers import PaperDeed, Papers
from cli.demo.people import adult
from cli.demo.plans import Plan
from engine.commands import (
    cash,
    course,
    lateness,
    obligations,
    pauses,
    payments,
    submission,
    tasks,
)
from engine.commands.acting import Target
from engine.deadlines.calendar import VIETNAM
from engine.life.dues import OWN, open_of
from engine.model.actor import Actor, Permission, may_at, may_work
from engine.model.alert import Alert
from engine.model.dossier import Dossier, Task
from engine.model.obligation import Item, Notice, Obligation
from engine.model.payment import Means
from engine.model.status import Channel
from engine.store import definitions

Deed = Callable[[Connection, datetime], Dossier]
"""Does one thing at a moment; gives the dossier after it."""

_INTAKE = "check_papers"
_OWN_FAULT = "cham_xu_ly"
_PAUSES = ("lay_y_kien_phoi_hop", "yeu_cau_cua_cong_dan", "kiem_tra_thuc_te_do_dac", "khac")
_NEEDS_APPROVAL = "khac"
_PAUSED_DAYS = (5, 20)
_IN_CASH = 0.6
_TO_PAY = timedelta(days=30)
_NOTED = (
    "Đã nắm thông tin, đang đôn đốc.",
    "Đã nhắc chuyên viên xử lý trong ngày.",
    "Đã biết; đang chờ kết quả xác minh.",
)


class Deeds:
    """Everything that can be done to the dossier of one plan, by whom it is meant to be done."""

    def __init__(
        self,
        plan: Plan,
        office: Office,
        outages: Outages,
        papers: Papers,
        procedure: Procedure,
        rng: Random,
    ) -> None:
        self._papers = papers
        self._plan = plan
        self._office = office
        self._outages = outages
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
            definitions.put(tx, self._procedure, None, now)
            return submission.submit_dossier(tx, command, self._front(), now)

        return deed

    def complete(self, dossier: Dossier, task: Task, decision: str | None) -> Deed | PaperDeed:
        """Do a task; without `decision`, the positive one where there is one."""
        target, worker = Target(dossier.code), self.worker(dossier, task)
        step = self._procedure.places.steps[task.step]
        if step.drafts or step.signs or step.seals or step.digitises:
            return self._with_papers(dossier, task, decision, worker)

        def deed(tx: Connection, now: datetime) -> Dossier:
            form = self._form(task.step, dossier.facts, decision, now)
            why = self._why_late(tx, dossier, task, worker, now)
            if task.stage is Stage.RECEIPT and decision is None:
                command = submission.DecideIntake(target, form, why)
                return submission.accept_dossier(tx, command, worker, now)
            if decision == "return":
                back = tasks.ReturnTask(target, task.place, form["reason"], why)
                return tasks.return_task(tx, back, worker, now)
            return tasks.complete_task(
                tx, tasks.CompleteTask(target, task.place, form, why), worker, now
            )

        return deed

    def _with_papers(
        self, dossier: Dossier, task: Task, decision: str | None, worker: Actor
    ) -> PaperDeed:
        def filled(tx: Connection, now: datetime) -> tuple[Form, dict[str, Any] | None]:
            form = self._form(task.step, dossier.facts, decision, now)
            return form, self._why_late(tx, dossier, task, worker, now)

        step = self._procedure.places.steps[task.step]
        return PaperDeed(self._papers, dossier, task.place, step, worker, filled)

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
        director = self._director()
        chosen = self._rng.choice(self.candidates(dossier, task))
        command = self._handing(dossier, task, chosen, "Ưu tiên giải quyết sớm.")
        return lambda tx, now: tasks.assign_task(tx, command, director, now)

    def pause(self, dossier: Dossier) -> Deed:
        """Stop work by order; what only leaders may order, the specialist asks for."""
        reason = self._rng.choice(_PAUSES)
        specialist = self._rng.choice(self._specialists())

        def deed(tx: Connection, now: datetime) -> Dossier:
            open_ended = reason == _NEEDS_APPROVAL
            until = now + timedelta(days=self._rng.randint(*_PAUSED_DAYS)) if open_ended else None
            command = pauses.PauseDossier(
                Target(dossier.code),
                reason,
                "Chờ kết quả, văn bản trả lời.",
                until.replace(hour=10, minute=0, second=0) if until else None,
                evidence(self._rng, reason, now),
            )
            act = pauses.ask_for_pause if open_ended else pauses.pause_dossier
            return act(tx, command, specialist, now)

        return deed

    def grant(self, dossier: Dossier) -> Deed:
        """A leader grants the pause that was asked for."""
        command = pauses.OnPause(Target(dossier.code), "Đồng ý.")
        leader = self._any(Role.LEADER)
        return lambda tx, now: pauses.grant_pause(tx, command, leader, now)

    def resume(self, dossier: Dossier) -> Deed:
        """Let work go on."""
        command = pauses.OnPause(Target(dossier.code), "Đã có kết quả, văn bản trả lời.")
        specialist = self._rng.choice(self._specialists())
        return lambda tx, now: pauses.resume_dossier(tx, command, specialist, now)

    def extend(self, dossier: Dossier, until: date) -> Deed:
        """Apologise to the citizen and promise a later day."""
        reason = "Xin lỗi ông (bà): hồ sơ cần xác minh thêm nên chưa trả kết quả đúng hẹn."
        cause = self._rng.choice(("vu_viec_phuc_tap", "co_quan_phoi_hop"))
        command = lateness.ExtendDueDate(Target(dossier.code), until, cause, reason)
        leader = self._any(Role.LEADER)
        return lambda tx, now: lateness.extend_due_date(tx, command, leader, now)

    def acknowledge(self, dossier: Dossier, alert: Alert) -> Deed:
        """Someone who was told of an alert says that they know."""
        task = dossier.tasks.get(alert.place) or next(iter(dossier.tasks.values()), None)
        heads = self._office.in_role(Role.UNIT_HEAD)
        told = [a for a in heads if task and any(g.unit == task.unit for g in a.grants)]
        who = self._rng.choice(told or self._office.in_role(Role.CENTRE_DIRECTOR))
        note = self._rng.choice(_NOTED)
        command = lateness.AcknowledgeAlert(Target(dossier.code), alert.seq, note)
        return lambda tx, now: lateness.acknowledge_alert(tx, command, who, now)

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

    def pay(self, dossier: Dossier, task: Task) -> Deed:
        """The citizen pays what is due: in cash, or by transfer."""
        if self._rng.random() < _IN_CASH:
            command = cash.TakeAll(Target(dossier.code), self._answers.payer)
            cashier = self.worker(dossier, task)
            return lambda tx, now: cash.take_all(tx, command, cashier, now)
        due = next(iter(open_of(dossier, OWN)))
        means, reference = Means.TRANSFER, f"FT26{self._rng.randrange(10**10):010}"
        return lambda tx, now: (
            payments.settle(
                tx,
                payments.Settlement(
                    dossier.code, due.number, due.outstanding, means, reference, now
                ),
                now,
            ).dossier
        )

    def oblige(self, dossier: Dossier) -> Deed:
        """The tax authority's notice has come."""
        levy, number = self._rng.randrange(5, 90) * 1_000_000, self._rng.randrange(1, 900)
        items = [Item("Tiền sử dụng đất", levy), Item("Lệ phí trước bạ", levy // 200)]
        specialist = self._rng.choice(self._specialists())

        def deed(tx: Connection, now: datetime) -> Dossier:
            notice = Notice(f"{number}/TB-TCS3", "Thuế cơ sở 3", now.astimezone(VIETNAM).date())
            command = obligations.SetObligation(
                Target(dossier.code), items, notice, now + _TO_PAY, "Điều 153 Luật Đất đai 2024"
            )
            return obligations.set_obligation(tx, command, specialist, now)

        return deed

    def fulfil(self, dossier: Dossier, due: Obligation) -> Deed:
        """The citizen shows the slip of what was paid into the treasury."""
        cashier, reference = self._any(Role.CASHIER), f"GNT{self._rng.randrange(10**9):09}"
        return lambda tx, now: (
            payments.settle_by_evidence(
                tx,
                payments.Settlement(
                    dossier.code, due.number, due.outstanding, Means.TREASURY, reference, now
                ),
                cashier,
                now,
            ).dossier
        )

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

    def _why_late(
        self, tx: Connection, dossier: Dossier, task: Task, by: Actor, now: datetime
    ) -> dict[str, Any] | None:
        clocks = (dossier.clock, task.clock if task.clock.limit.amount else None)
        # A timer that fires at this very moment does so a second later, and the deed after it.
        latest = now + timedelta(seconds=1)
        if not any(clock and clock.is_overdue(latest) for clock in clocks):
            return None
        cause = drawn_cause(self._rng, dossier.procedure)
        if cause != SYSTEM_FAULT:
            return {"cause": cause}
        recorder = by if may_at(by, Permission.OUTAGE_RECORD, COMMUNE) else self._director()
        outage = self._outages.over(tx, dossier, recorder, now, self._rng)
        return {"cause": cause, "outage": outage.id} if outage else {"cause": _OWN_FAULT}

    def _specialists(self) -> list[Actor]:
        unit = self._procedure.facts.unit
        staff = self._office.in_role(Role.SPECIALIST)
        return [actor for actor in staff if any(grant.unit == unit for grant in actor.grants)]

    def _director(self) -> Actor:
        return self._office.in_role(Role.CENTRE_DIRECTOR)[0]

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
