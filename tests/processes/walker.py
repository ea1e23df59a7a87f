"""Leads one dossier along a way through real commands, one transaction each."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bpmn.procedure import Procedure
from cli.trial.papers import provide
from engine.commands.acting import Target
from engine.commands.cash import TakeAll, take_all
from engine.commands.connectors import RegisterConnector, Terms, register_connector
from engine.commands.course import (
    BringNews,
    EndDossier,
    discontinue_dossier,
    fire_timer,
    receive_supplement,
    withdraw_dossier,
)
from engine.commands.obligations import SetObligation, set_obligation
from engine.commands.payments import Settlement, settle_by_evidence
from engine.commands.requests import Answer, receive_answer
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, OnTask, claim_task, complete_task
from engine.model.actor import Actor, may_work
from engine.model.connector import Replies
from engine.model.dossier import Dossier, Task
from engine.model.obligation import Item, Notice
from engine.model.payment import Means
from engine.model.request import AnswerOutcome
from engine.model.status import Channel
from engine.store import connectors, dossiers, timers
from engine.verification import verify_dossier
from engine.verification.finding import Broken
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_STAFF, PROVINCE, Office
from tests.processes.going import Way
from tests.samples import answer, application

NOWHERE, CALLBACK = "http://127.0.0.1:9", Replies.CALLBACK
Command = Callable[[Connection, Any, Actor, datetime], Dossier]


class Walker:
    """Walks with a dossier of a procedure; steps are written `appraise=approve`, and with `!`
    at their end where they are late."""

    dossier: Dossier
    """As the last act left it."""
    answers: Mapping[str, Mapping[str, Any]] = {}
    """What is answered at steps otherwise than in the samples."""

    def __init__(
        self, office: Office, clock: FakeClock, procedure: Procedure, **contact: str
    ) -> None:
        """`contact` is how the owner can be reached: phone, email."""
        self.owner = {"name": "Nguyễn Văn Bình", "personal_id": "042090001234", **contact}
        self.office = office
        self.clock = clock
        self.procedure = procedure
        self.staff = [office.actor(f"{name}1") for name in COMMUNE_STAFF]

    def go(self, way: Way) -> Dossier:
        """Along a whole way, from its moment on and with its answers."""
        if way.begins:
            self.clock.set(way.begins)
        self.answers = way.answers
        return self.walk(way.channel, way.changes, way.steps)

    def walk(self, channel: Channel, changes: dict[str, Any], way: str) -> Dossier:
        """From submission along the whole way; gives the dossier as the last act left it."""
        intake, *rest = way.split()
        at_counter = channel is Channel.DIRECT
        self.submit(channel, changes, intake if at_counter else None)
        for step in rest if at_counter else [intake, *rest]:
            self.clock.advance(minutes=7)
            self.take(step)
        return self.dossier

    def submit(self, channel: Channel, changes: dict[str, Any], intake: str | None) -> None:
        """Hand the dossier in; at the counter its papers are checked at once."""
        command = SubmitDossier(
            procedure=self.procedure.facts.code,
            channel=channel,
            receiving_agency=COMMUNE_1,
            owner=self.owner,
            application=application(self.procedure, **changes),
            components=self.papers(),
            intake=self.form(intake) if intake else None,
        )
        by = "portal" if channel is Channel.ONLINE else "reception1"
        self.do(submit_dossier, command, self.office.actor(by))

    def papers(self) -> tuple[dict[str, Any], ...]:
        """What everyone hands in."""
        needed = (c for c in self.procedure.facts.components if c.required and not c.present_only)
        return tuple({"code": each.code, "originals": each.originals} for each in needed)

    def take(self, step: str) -> None:
        """One step: work on a task, news from outside, or time."""
        known = {
            "+supplement": self.supplement,
            "+obligation": self.oblige,
            "+connections": self.connect,
            "+withdrawal": self.withdraw,
            "+discontinuation": self.discontinue,
            "collect_fee": self.pay,
        }
        if step in known:
            known[step]()
        elif step.startswith("?"):
            self.hear(step.removeprefix("?"))
        elif step.startswith("~"):
            self.wait_for(step.removeprefix("~"))
        else:
            self.complete(step)

    def supplement(self) -> None:
        """The citizen brings what was asked for."""
        command = BringNews(self.target, {"papers": 1})
        self.do(receive_supplement, command, self.someone("reception1"))

    def withdraw(self) -> None:
        """The citizen takes the application back."""
        command = EndDossier(self.target, "Gia đình chuyển nơi cư trú")
        self.do(withdraw_dossier, command, self.someone("reception1"))

    def discontinue(self) -> None:
        """The agency stops."""
        command = EndDossier(self.target, "Có quyết định của Tòa án")
        self.do(discontinue_dossier, command, self.someone("leader1"))

    def pay(self) -> None:
        """The citizen pays at the counter."""
        self.do(take_all, TakeAll(self.target, "Nguyễn Văn Bình"), self.someone("cashier1"))

    def oblige(self) -> None:
        """The tax authority's notice comes, and the citizen shows the slip of what was paid."""
        notice = Notice("412/TB-CCT", "Thuế cơ sở 3", self.clock().date())
        items = [Item("Tiền sử dụng đất", 45_000_000), Item("Lệ phí trước bạ", 1_250_000)]
        due_at, ground = self.clock() + timedelta(days=30), "Điều 153 Luật Đất đai 2024"
        command = SetObligation(self.target, items, notice, due_at, ground)
        self.do(set_obligation, command, self.someone("economy1"))
        (due,) = [o for o in self.dossier.obligations.values() if o.notice]
        paid = Settlement(
            self.dossier.code,
            due.number,
            due.amount,
            Means.TREASURY,
            f"GNT {self.dossier.code}",
            self.clock(),
        )
        with self.office.database.transaction() as tx:
            cashier = self.someone("cashier1")
            self.dossier = settle_by_evidence(tx, paid, cashier, self.clock()).dossier

    def connect(self) -> None:
        """From now on the province is connected to whatever the procedure asks."""
        administrator = self.office.actor("administrator")
        for service in self.procedure.places.services.values():
            terms = Terms(service.name, NOWHERE, {service.operation: service.name}, CALLBACK)
            command = RegisterConnector(PROVINCE, service.connector, terms)
            with self.office.database.transaction() as tx:
                if not connectors.taken(tx, PROVINCE, service.connector):
                    register_connector(tx, command, administrator, self.clock())

    def hear(self, said: str) -> None:
        """Other software did what it was asked, or refused to: `service=refused`."""
        service, _, refused = said.partition("=")
        (number,) = [n for n, asked in self.dossier.requests.items() if asked.step == service]
        connector = self.dossier.requests[number].connector
        answered = Answer(AnswerOutcome.DONE, self.answers.get(service, {}))
        if refused:
            answered = Answer(AnswerOutcome.REFUSED, reason="Thông tin chưa khớp")
        with self.office.database.transaction() as tx:
            receive_answer(tx, self.dossier.code, number, connector, answered, self.clock())
            self.dossier = dossiers.read(tx, self.dossier.code).dossier

    def complete(self, step: str) -> None:
        """Someone whom the task is meant for claims and completes it."""
        written = step.removesuffix("!")
        name = written.partition("=")[0]
        task = next(task for task in self.dossier.tasks.values() if task.step == name)
        worker = self.worker_for(task)
        late = {"cause": "cham_xu_ly"} if step.endswith("!") else None
        self.do(claim_task, OnTask(self.target, task.place), worker)
        form = self.form(written)
        with self.office.database.transaction() as tx:
            provide(tx, self.dossier, task, form.get("decision"), worker, self.clock())
        self.do(complete_task, CompleteTask(self.unseen, task.place, form, late), worker)

    def wait_for(self, wait: str) -> None:
        """Let time pass until a wait has lapsed; fire whatever is due on the way, as due."""
        while wait in {waiting.step for waiting in self.dossier.waits.values()}:
            clocks = [w.clock for w in self.dossier.waits.values() if w.clock and w.step == wait]
            self.clock.set(max(clock.due_at for clock in clocks))
            self.fire_due()

    def fire_due(self) -> None:
        """What a scheduler does at this moment."""
        with self.office.database.transaction() as tx:
            claimed = timers.claim(tx, self.clock(), 10)
        for due in claimed:
            with self.office.database.transaction() as tx:
                fired = fire_timer(tx, due, self.clock())
            if fired and fired.code == self.dossier.code:
                self.dossier = fired

    def verified(self) -> Broken | None:
        """What an auditor finds."""
        with self.office.database.reading() as tx:
            return verify_dossier(tx, self.dossier.code)

    def do(self, command: Command, what: object, actor: Actor) -> None:
        """Run one command in a transaction of its own."""
        with self.office.database.transaction() as tx:
            self.dossier = command(tx, what, actor, self.clock())

    def worker_for(self, task: Task) -> Actor:
        """Someone of the office whom a task is meant for."""
        return next(actor for actor in self.staff if may_work(actor, task))

    def someone(self, username: str) -> Actor:
        """A person of the office."""
        return next(actor for actor in self.staff if actor.username == username)

    def form(self, step: str) -> dict[str, Any]:
        """The answer of a step, with its decision if one is written."""
        name, _, decision = step.partition("=")
        decided = {"decision": decision} if decision else {}
        return answer(self.procedure, name, **self.answers.get(name, {}), **decided)

    @property
    def unseen(self) -> Target:
        """The dossier, whatever was done to it."""
        return Target(self.dossier.code)

    @property
    def target(self) -> Target:
        """The dossier as it was last seen: whoever changed it since would be noticed."""
        return Target(self.dossier.code, self.dossier.seq)
