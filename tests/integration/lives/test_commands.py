"""Commands as such: who, where, when; and what no database could keep."""

from typing import Any

import pytest

from bpmn.procedure import procedure_from_sources
from engine.commands import course, pauses, submission, tasks
from engine.commands.acting import Target
from engine.errors import (
    AgencyUnknown,
    DossierUnknown,
    EngineError,
    Kind,
    NoIntakeOpen,
    NotCandidate,
    NotPermitted,
    ProcedureUnknown,
    RevisionStale,
    UserUnknown,
    ValueNotKeepable,
    WrongAgency,
)
from engine.model.status import Channel, Status
from engine.store import timers
from tests.clock import FakeClock
from tests.diagrams import CODE, simple
from tests.integration.lives.announcing import announce_day_off
from tests.integration.lives.checks import check
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office
from tests.processes.walker import Walker

SURVEY = "kiem_tra_thuc_te_do_dac"


@pytest.fixture
def walker(office: Office, clock: FakeClock) -> Walker:
    """Someone with a dossier of the small procedure to appraise."""
    walker = Walker(office, clock, procedure_from_sources(simple()))
    walker.walk(Channel.POSTAL, {}, "check_papers=accept")
    return walker


def refused(walker: Walker, expected: type[EngineError], *do: Any) -> EngineError:
    """A command that must be refused and change nothing."""
    before = walker.dossier
    with pytest.raises(expected) as error:
        walker.do(*do)
    with walker.office.database.reading() as tx:
        assert check(tx, before.code) == before
    return error.value


def test_a_clock_that_was_set_back_does_not_turn_back_time(walker: Walker) -> None:
    last = walker.dossier.last_at
    walker.clock.advance(days=-3)
    walker.complete("appraise=approve")
    assert walker.dossier.last_at == last
    walker.clock.advance(days=4)
    walker.complete("sign=approve!")
    assert walker.dossier.last_at == walker.clock()
    with walker.office.database.reading() as tx:
        check(tx, walker.dossier.code)


def test_whoever_saw_an_older_state_is_told(walker: Walker) -> None:
    place = next(iter(walker.dossier.tasks))
    specialist = walker.someone("office1")
    for revision in (walker.dossier.seq - 1, walker.dossier.seq + 1, 0):
        stale = tasks.OnTask(Target(walker.dossier.code, revision), place)
        refused(walker, RevisionStale, tasks.claim_task, stale, specialist)
    walker.do(tasks.claim_task, tasks.OnTask(walker.target, place), specialist)


def test_strangers_do_not_learn_that_a_dossier_exists(walker: Walker) -> None:
    unknown = Target("H40-0000")
    for target in (walker.target, unknown):
        pause = pauses.PauseDossier(target, "khac")
        stranger = walker.office.actor("leader2")
        error = refused(walker, DossierUnknown, pauses.pause_dossier, pause, stranger)
        assert error.message == DossierUnknown(code=target.code).message


def test_readers_do_not_act(walker: Walker) -> None:
    place = next(iter(walker.dossier.tasks))
    on = (walker.target, place)
    clerk = walker.someone("clerk1")
    for do in (
        (tasks.claim_task, tasks.OnTask(*on)),
        (tasks.release_task, tasks.OnTask(*on)),
        (tasks.complete_task, tasks.CompleteTask(*on, {"decision": "approve"})),
        (tasks.return_task, tasks.ReturnTask(*on, "Sai")),
        (tasks.delegate_task, tasks.HandTask(*on, walker.someone("office1").id)),
    ):
        refused(walker, NotCandidate, *do, clerk)
    for do_ in (
        (tasks.assign_task, tasks.HandTask(*on, walker.someone("office1").id)),
        (pauses.pause_dossier, pauses.PauseDossier(walker.target, "khac")),
        (pauses.resume_dossier, pauses.OnPause(walker.target)),
        (course.receive_supplement, course.BringNews(walker.target, {})),
        (course.confirm_obligation, course.BringNews(walker.target, {})),
        (course.withdraw_dossier, course.EndDossier(walker.target, "x")),
        (course.discontinue_dossier, course.EndDossier(walker.target, "x")),
        (submission.accept_dossier, submission.DecideIntake(walker.target, {})),
        (submission.refuse_dossier, submission.DecideIntake(walker.target, {})),
    ):
        refused(walker, EngineError, *do_, clerk)


def test_a_task_is_handed_only_to_those_whom_it_is_meant_for(walker: Walker) -> None:
    on = (walker.target, next(iter(walker.dossier.tasks)))
    leader, specialist = walker.someone("leader1"), walker.someone("office1")
    for taker in ("economy1", "leader1", "office2"):
        hand = tasks.HandTask(*on, walker.office.actor(taker).id)
        refused(walker, NotCandidate, tasks.assign_task, hand, leader)
        refused(walker, NotCandidate, tasks.delegate_task, hand, specialist)
    refused(walker, UserUnknown, tasks.assign_task, tasks.HandTask(*on, 9_999), leader)
    walker.do(tasks.assign_task, tasks.HandTask(*on, walker.someone("second_office1").id), leader)


def test_acceptance_is_asked_for_once(walker: Walker) -> None:
    counter = walker.someone("reception1")
    again = submission.DecideIntake(walker.target, {})
    for act in (submission.accept_dossier, submission.refuse_dossier):
        refused(walker, NoIntakeOpen, act, again, counter)


class TestSubmission:
    """Where a dossier may come in, and whither it goes."""

    def command(self, **changes: Any) -> submission.SubmitDossier:
        known: dict[str, Any] = {
            "procedure": CODE,
            "channel": Channel.ONLINE,
            "receiving_agency": COMMUNE_1,
            "owner": {"name": "Bình"},
            "application": {},
        }
        return submission.SubmitDossier(**(known | changes))

    @pytest.mark.parametrize(
        ("changes", "by", "error"),
        [
            ({"procedure": "0.0"}, "portal", ProcedureUnknown),
            ({"receiving_agency": "H99"}, "portal", AgencyUnknown),
            ({"competent_agency": "H99"}, "portal", AgencyUnknown),
            ({"competent_agency": PROVINCE}, "portal", WrongAgency),
            ({"receiving_agency": PROVINCE}, "portal", WrongAgency),
            ({"channel": Channel.DIRECT}, "portal", NotPermitted),
            ({"channel": Channel.POSTAL}, "portal", NotPermitted),
            ({"channel": Channel.DIRECT}, "reception2", NotPermitted),
            ({}, "office1", NotPermitted),
            ({}, "leader1", NotPermitted),
        ],
    )
    def test_refused(
        self,
        office: Office,
        clock: FakeClock,
        changes: dict[str, Any],
        by: str,
        error: type[EngineError],
    ) -> None:
        with pytest.raises(error), office.database.transaction() as tx:
            submission.submit_dossier(tx, self.command(**changes), office.actor(by), clock())

    def test_received_here_decided_there(self, office: Office, clock: FakeClock) -> None:
        with office.database.transaction() as tx:
            command = self.command(
                channel=Channel.DIRECT, competent_agency=COMMUNE_2, intake={"decision": "accept"}
            )
            dossier = submission.submit_dossier(tx, command, office.actor("reception1"), clock())
        (task,) = dossier.tasks.values()
        assert (dossier.status, task.agency) == (Status.PROCESSING, COMMUNE_2)
        with office.database.transaction() as tx:
            on = tasks.OnTask(Target(dossier.code), task.place)
            tasks.claim_task(tx, on, office.actor("office2"), clock())
        with office.database.reading() as tx:
            check(tx, dossier.code)

    def test_the_counter_accepts_only_what_it_has_checked_properly(
        self, office: Office, clock: FakeClock
    ) -> None:
        command = self.command(channel=Channel.DIRECT, intake={"decision": "maybe"})
        with pytest.raises(EngineError), office.database.transaction() as tx:
            submission.submit_dossier(tx, command, office.actor("reception1"), clock())


UNKEEPABLE = {
    "half a letter": "\ud800",
    "a null": "a\0b",
    "no number": float("nan"),
    "no end": float("inf"),
    "too big": 2**60,
    "far too big": 10**40,
}


@pytest.mark.parametrize("value", UNKEEPABLE.values(), ids=UNKEEPABLE)
def test_what_no_database_can_keep_is_refused_in_words(
    office: Office, clock: FakeClock, value: object
) -> None:
    """Neither the kind of database nor the place of the value makes a difference."""
    walker = Walker(office, clock, procedure_from_sources(simple()))
    walker.walk(Channel.POSTAL, {}, "check_papers=accept appraise=supplement")
    news = course.BringNews(walker.target, {"note": value})
    counter = walker.someone("reception1")
    assert (
        refused(walker, ValueNotKeepable, course.receive_supplement, news, counter).kind
        is Kind.INVALID
    )
    deep = course.BringNews(walker.target, {"papers": [{"name": value}]})
    refused(walker, ValueNotKeepable, course.receive_supplement, deep, counter)
    owned = submission.SubmitDossier(
        CODE, Channel.POSTAL, COMMUNE_1, {"name": "Bình", "note": value}, {}
    )
    refused(walker, ValueNotKeepable, submission.submit_dossier, owned, counter)
    if isinstance(value, str):
        named = submission.SubmitDossier(CODE, Channel.POSTAL, COMMUNE_1, {"name": value}, {})
        refused(walker, ValueNotKeepable, submission.submit_dossier, named, counter)
        keyed = course.BringNews(walker.target, {value: 1})
        refused(walker, ValueNotKeepable, course.receive_supplement, keyed, counter)


def test_an_act_may_be_done_at_any_microsecond(walker: Walker) -> None:
    leader, worker = walker.someone("leader1"), walker.someone("office1")
    place = next(iter(walker.dossier.tasks))
    acts: list[tuple[Any, ...]] = [
        (tasks.claim_task, lambda t: tasks.OnTask(t, place), worker),
        (tasks.release_task, lambda t: tasks.OnTask(t, place), worker),
        (pauses.pause_dossier, lambda t: pauses.PauseDossier(t, SURVEY), leader),
        (pauses.resume_dossier, pauses.OnPause, leader),
        (tasks.claim_task, lambda t: tasks.OnTask(t, place), worker),
    ]
    for command, what, actor in acts:
        walker.clock.advance(minutes=4, microseconds=623_457)
        walker.do(command, what(walker.target), actor)
        with walker.office.database.reading() as tx:
            check(tx, walker.dossier.code)


def test_a_timer_that_a_newer_calendar_moved_fires_when_it_is_due(walker: Walker) -> None:
    """The dossier has not followed its agency's calendar yet when its moment comes."""
    with walker.office.database.transaction() as tx:
        announce_day_off(tx, COMMUNE_1, walker.clock().date())
    walker.clock.advance(hours=2)
    with walker.office.database.transaction() as tx:
        claimed = timers.claim(tx, walker.clock(), 10)
    assert claimed
    for due in claimed:
        with walker.office.database.transaction() as tx:
            course.fire_timer(tx, due, walker.clock())
    with walker.office.database.reading() as tx:
        dossier = check(tx, walker.dossier.code)
    assert not dossier.tasks[next(iter(dossier.tasks))].overdue
    assert dossier.calendar != walker.dossier.calendar
