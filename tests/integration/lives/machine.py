"""Random lives: people of two communes do what comes to their minds, and time passes."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import Connection

from bpmn.procedure import procedure_from_sources
from engine.commands import course, pauses, priority, submission, supervising, tasks
from engine.commands.acting import Target
from engine.errors import DiagramFault, EngineError
from engine.model.actor import Actor, may_work
from engine.model.dossier import Dossier, Task
from engine.model.status import Channel
from engine.replay import replay
from engine.store import timers
from engine.store.database import Database
from tests.clock import FakeClock
from tests.diagrams import simple
from tests.integration.lives.checks import check
from tests.integration.lives.moments import check_life
from tests.office import COMMUNES, Office, usernames
from tests.samples import answer, application, shipped

PROCEDURES = {
    procedure.facts.code: procedure
    for procedure in [
        procedure_from_sources(simple()),
        *(
            shipped(folder)
            for folder in ("1_001193", "1_001612", "1_013225", "1_013978", "2_000815")
        ),
    ]
}
FLAGS = ("late_registration", "certificate_requested", "hard_area", "extended")
"""Fields of applications that decide fees, limits and ways."""
REASONS_WHY: list[dict[str, Any] | None] = [
    *[{"cause": "cham_xu_ly"}] * 5,
    None,
    {"cause": "loi_he_thong", "outage": 1},
    {"cause": "loi_he_thong"},
    {"cause": "lạ", "outage": 999},
]
"""What people say of work that may be late."""
MOST = 2
"""Dossiers that go on at once in one life of the office."""
Command = Callable[[Connection, Any, Actor, datetime], Dossier]
T = TypeVar("T")
picks = st.integers(0, 2**16)


class Lives(RuleBasedStateMachine):
    """Every rule is one command, wise or not; after each, everything must fit together.

    A refused command is an `EngineError` and must leave everything as it was; a fault of a
    diagram is not to happen.
    """

    opened: Callable[[], AbstractContextManager[Database]]
    """Opens a furnished database."""

    @initialize()
    def furnish(self) -> None:
        self.stack = ExitStack()
        self.database = self.stack.enter_context(type(self).opened())
        self.office = Office(self.database)
        self.people = [self.office.actor(name) for name in usernames()]
        self.clock = FakeClock()
        self.dossiers: dict[str, Dossier] = {}
        self.seen: dict[str, dict[int, Dossier]] = {}
        """Every state of every dossier that was ever looked at, by its revision."""

    def teardown(self) -> None:
        if not hasattr(self, "stack"):
            return
        with self.stack, self.database.reading() as tx:
            for code, dossier in self.dossiers.items():
                *_, last = replay(tx, code)
                assert (last.status, last.due_at) == (dossier.status, dossier.due_at)
                assert [place for place, _, _ in last.tasks] == list(dossier.tasks)
                check_life(tx, code, self.seen[code], self.office.actor("auditor"))

    @precondition(lambda self: len(self.unfinished) < MOST)
    @rule(
        code=st.sampled_from(sorted(PROCEDURES)),
        channel=st.sampled_from(Channel),
        receiving=st.sampled_from(COMMUNES),
        competent=st.sampled_from([None, *COMMUNES]),
        flags=st.tuples(st.booleans(), st.booleans()),
        intake=st.sampled_from(["accept", "accept", "accept", "supplement", "refuse"]),
        reason=st.sampled_from([None, None, "nguoi_cao_tuoi", "khac", "lạ"]),
    )
    def submit(
        self,
        code: str,
        channel: Channel,
        receiving: str,
        competent: str | None,
        flags: tuple[bool, bool],
        intake: str,
        reason: str | None,
    ) -> None:
        procedure = PROCEDURES[code]
        known = [name for name in FLAGS if name in procedure.application_form.fields]
        command = submission.SubmitDossier(
            procedure=code,
            channel=channel,
            receiving_agency=receiving,
            competent_agency=competent,
            owner={"name": "Trần Thị Hà", "personal_id": "042190001234"},
            application=application(procedure, **dict(zip(known, flags, strict=False))),
            intake=answer(procedure, "check_papers", decision=intake),
            assisted=flags[0],
            priority={"reason": reason, "note": "Nhà ở xa"} if reason else None,
        )
        portal = self.office.actor("portal")
        by = portal if channel is Channel.ONLINE else self.of_agency("reception", receiving)
        self.run(submission.submit_dossier, command, by, None)

    @precondition(lambda self: self.unfinished)
    @rule(which=picks, who=picks, choice=picks)
    def complete(self, which: int, who: int, choice: int) -> None:
        self.work(which, who, choice)

    @precondition(lambda self: self.unfinished)
    @rule(which=picks, who=picks, choices=st.lists(picks, min_size=3, max_size=8))
    def complete_some(self, which: int, who: int, choices: list[int]) -> None:
        for choice in choices:
            if self.unfinished:
                self.work(which, who + choice, choice)

    @precondition(lambda self: self.unfinished)
    @rule(which=picks, who=picks, to=picks, stranger=st.booleans(), choice=picks)
    def handle(self, which: int, who: int, to: int, stranger: bool, choice: int) -> None:
        """Claim, release, hand on, assign, send back or press, perhaps as somebody else."""
        dossier, task = self.open_task(which)
        if task is None:
            return
        worker = self.pick(self.people if stranger else self.workers(task), who)
        on = (Target(dossier.code), task.place)
        taker = self.pick(self.workers(task), to)
        boss = self.of_agency(("leader", "director")[who % 2], dossier.competent_agency)
        moves: list[tuple[Command, object, Actor]] = [
            (tasks.claim_task, tasks.OnTask(*on), worker),
            (tasks.release_task, tasks.OnTask(*on), worker),
            (tasks.delegate_task, tasks.HandTask(*on, assignee=taker.id), worker),
            (tasks.assign_task, tasks.HandTask(*on, assignee=taker.id, note="Làm gấp"), boss),
            (tasks.return_task, tasks.ReturnTask(*on, reason="Dự thảo còn sai"), worker),
            (supervising.press_task, supervising.PressTask(*on, note="Đề nghị làm ngay"), boss),
        ]
        command, what, actor = moves[choice % len(moves)]
        self.run(command, what, actor, dossier)

    @precondition(lambda self: any(d.waits for d in self.dossiers.values()))
    @rule(which=picks, papers=picks)
    def hear(self, which: int, papers: int) -> None:
        """A supplement comes, or an obligation was met: whichever is awaited, or neither."""
        dossier = self.pick([d for d in self.dossiers.values() if d.waits], which)
        news = course.BringNews(Target(dossier.code), {"papers": papers})
        counter = self.of_agency("reception", dossier.receiving_agency)
        self.run(course.receive_supplement, news, counter, dossier)
        dossier = self.dossiers[dossier.code]
        cashier = self.of_agency("cashier", dossier.receiving_agency)
        self.run(course.confirm_obligation, news, cashier, dossier)

    @precondition(lambda self: self.unfinished)
    @rule(which=picks, withdrawn=st.booleans(), hesitation=st.integers(0, 5))
    def end(self, which: int, withdrawn: bool, hesitation: int) -> None:
        """Withdraw or discontinue; most who think of it do not."""
        if hesitation:
            return
        dossier = self.pick(self.unfinished, which)
        command = course.EndDossier(Target(dossier.code), "Không còn nhu cầu")
        if withdrawn:
            counter = self.of_agency("reception", dossier.receiving_agency)
            self.run(course.withdraw_dossier, command, counter, dossier)
        else:
            leader = self.of_agency("leader", dossier.competent_agency)
            self.run(course.discontinue_dossier, command, leader, dossier)

    @precondition(lambda self: self.dossiers)
    @rule(which=picks, who=picks, choice=picks)
    def meddle(self, which: int, who: int, choice: int) -> None:
        """Anybody does anything to any dossier, also to one that is finished."""
        dossier = self.pick(list(self.dossiers.values()), which)
        target = Target(dossier.code)
        acts: list[tuple[Command, object]] = [
            (pauses.pause_dossier, pauses.PauseDossier(target, "kiem_tra_thuc_te_do_dac")),
            (pauses.resume_dossier, pauses.OnPause(target)),
            (priority.prioritise_dossier, priority.PrioritiseDossier(target, "khan_cap", "Gấp")),
            (priority.withdraw_priority, priority.WithdrawPriority(target)),
            (course.receive_supplement, course.BringNews(target, {})),
            (course.confirm_obligation, course.BringNews(target, {})),
            (submission.accept_dossier, submission.DecideIntake(target, {})),
            (tasks.claim_task, tasks.OnTask(target, choice % 60)),
            (tasks.complete_task, tasks.CompleteTask(target, choice % 60, {})),
        ]
        command, what = acts[choice % len(acts)]
        self.run(command, what, self.pick(self.people, who), dossier)

    @rule(hours=st.sampled_from([0.1, 1, 5, 24, 24 * 8, 24 * 40]))
    def wait(self, hours: float) -> None:
        """Time passes, and the scheduler fires what is due."""
        self.clock.advance(hours=hours)
        for _ in range(20):
            with self.database.transaction() as tx:
                claimed = timers.claim(tx, self.clock(), 50)
            if not claimed:
                return
            for due in claimed:
                with self.database.transaction() as tx:
                    course.fire_timer(tx, due, self.clock())
                self.look_at(due.code)
        raise AssertionError("timers without end")

    def work(self, which: int, who: int, choice: int) -> None:
        """Someone whom an open task is meant for completes it, with one of its decisions."""
        dossier, task = self.open_task(which)
        if task is None:
            return
        procedure = PROCEDURES[dossier.procedure]
        decisions = procedure.form_of(procedure.places.steps[task.step]).decisions
        likely = [d for d in decisions if d not in {"refuse", "return"}] * 3 + [*decisions]
        decided = {"decision": self.pick(likely, choice)} if decisions else {}
        form = answer(procedure, task.step, **decided)
        revision = dossier.seq if choice % 17 else choice
        overdue = self.pick(REASONS_WHY, choice)
        command = tasks.CompleteTask(Target(dossier.code, revision), task.place, form, overdue)
        self.run(tasks.complete_task, command, self.pick(self.takers(task), who), dossier)

    def run(self, command: Command, what: object, actor: Actor, before: Dossier | None) -> None:
        """One command in its transaction; what it changed, or that it changed nothing."""
        self.clock.advance(minutes=1)
        try:
            with self.database.transaction() as tx:
                code = command(tx, what, actor, self.clock()).code
        except DiagramFault:
            raise
        except EngineError:
            if before is not None:
                assert self.look_at(before.code) == before
        else:
            self.look_at(code)

    def look_at(self, code: str) -> Dossier:
        """Read a dossier and check that everything about it fits together."""
        with self.database.reading() as tx:
            found = self.dossiers[code] = check(tx, code)
        self.seen.setdefault(code, {})[found.seq] = found
        return found

    @property
    def unfinished(self) -> list[Dossier]:
        """Dossiers whose lives go on."""
        return [dossier for dossier in self.dossiers.values() if dossier.outcome is None]

    def open_task(self, which: int) -> tuple[Dossier, Task | None]:
        """An unfinished dossier, with one of its open tasks if it has any."""
        dossier = self.pick(self.unfinished, which)
        found = list(dossier.tasks.values())
        return dossier, self.pick(found, which) if found else None

    def workers(self, task: Task) -> list[Actor]:
        """Those whom a task is meant for."""
        return [person for person in self.people if may_work(person, task)]

    def takers(self, task: Task) -> list[Actor]:
        """Those of them who may take it just now, or all where nobody may."""
        workers = self.workers(task)
        return [p for p in workers if task.assignee in (None, p.id)] or workers

    def of_agency(self, name: str, agency: str) -> Actor:
        """A person with this name in an agency."""
        return next(p for p in self.people if p.username == f"{name}{COMMUNES.index(agency) + 1}")

    @staticmethod
    def pick(things: list[T], number: int) -> T:
        """One of them."""
        return things[number % len(things)]
