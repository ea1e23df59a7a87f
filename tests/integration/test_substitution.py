"""Who stands in for a colleague has the colleague's roles and tasks while it lasts, no longer."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bpmn.roles import Role
from engine.commands.acting import Target
from engine.commands.pauses import OnPause, grant_pause, resume_dossier
from engine.commands.substitution import EndSubstitution, StandIn, end_substitution, stand_in
from engine.commands.tasks import (
    CompleteTask,
    HandTask,
    OnTask,
    assign_task,
    claim_task,
    complete_task,
    delegate_task,
    release_task,
)
from engine.errors import EngineError, FourEyesForbids, NotCandidate, NotPermitted, TaskTaken
from engine.model.actor import Actor
from engine.model.dossier import Dossier
from engine.queries.alerts import AlertFilter, list_alerts
from engine.queries.inbox import InboxFilter, View, list_inbox
from engine.queries.paging import Slice
from engine.replay import stored
from engine.store import users
from engine.store.events import log_of
from engine.store.tables import user
from engine.verification import verify_dossier
from tests.api.lives import Lives, place
from tests.clock import FakeClock
from tests.integration.lives.checks import check
from tests.office import COMMUNE_1, COMMUNE_2, Office

TODAY = date(2026, 7, 6)
WEEK = timedelta(days=6)


@pytest.fixture
def lives(office: Office, clock: FakeClock) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock)


class Leave:
    """Sends people of the office on leave, and lets those who stand in act."""

    def __init__(self, lives: Lives) -> None:
        self.lives, self.office, self.clock = lives, lives.office, lives.clock

    def __call__(
        self,
        absent: str,
        substitute: str,
        first: date = TODAY,
        last: date = TODAY + WEEK,
        by: str | None = None,
    ) -> int:
        """Let somebody stand in; gives the number."""
        away, here = (self.office.actor(name).id for name in (absent, substitute))
        command = StandIn(away, here, first, last, "Nghỉ phép")
        with self.office.database.transaction() as tx:
            return stand_in(tx, command, self.office.actor(by or absent), self.clock())

    def end(self, number: int, by: str) -> None:
        """End it."""
        with self.office.database.transaction() as tx:
            end_substitution(tx, EndSubstitution(number), self.office.actor(by), self.clock())

    def on_duty(self, name: str) -> Actor:
        """Somebody with all they may do now."""
        with self.office.database.reading() as tx:
            return users.actor_by_id(tx, self.office.actor(name).id, self.clock())

    def act(self, f: Callable[..., Dossier], command: Any, by: str) -> Dossier:
        """Let somebody do something by the roles they have now."""
        with self.office.database.transaction() as tx:
            return f(tx, command, self.on_duty(by), self.clock())

    def inbox(self, name: str, view: View) -> list[str]:
        """Codes of dossiers whose tasks somebody sees."""
        with self.office.database.reading() as tx:
            page = list_inbox(tx, Slice(50), InboxFilter(view), self.on_duty(name), self.clock())
        return [item.dossier for item in page.items]

    def last_act(self, code: str) -> tuple[str, Any]:
        """Who did the last act of a dossier, and for whom; the log must hold."""
        with self.office.database.reading() as tx:
            assert verify_dossier(tx, code) is None
            check(tx, code)
            acts = [
                each.event
                for each in log_of(tx, stored(tx, code).id)
                if each.event.caused_by is None
            ]
        return acts[-1].actor, acts[-1].data.get("for")


@pytest.fixture
def leave(lives: Lives) -> Leave:
    """Substitutions of the test."""
    return Leave(lives)


def on(dossier: Dossier) -> OnTask:
    """The one open task of a dossier."""
    return OnTask(Target(dossier.code), place(dossier))


def approval(dossier: Dossier) -> CompleteTask:
    """The appraisal, done."""
    return CompleteTask(Target(dossier.code), place(dossier), {"decision": "approve"})


def test_it_lends_the_roles_for_its_days_and_no_longer(leave: Leave, clock: FakeClock) -> None:
    leave("office1", "culture1", TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    absent = leave.office.actor("office1").id

    def lent() -> list[tuple[Role, str | None, int | None]]:
        grants = leave.on_duty("culture1").grants
        assert grants[0].lent_by is None
        return [(grant.role, grant.unit, grant.lent_by) for grant in grants[1:]]

    for moment, expected in [
        ("2026-07-06 23:59", []),
        ("2026-07-07 00:00", [(Role.SPECIALIST, "OFFICE", absent)]),
        ("2026-07-08 23:59", [(Role.SPECIALIST, "OFFICE", absent)]),
        ("2026-07-09 00:00", []),
    ]:
        clock.set(moment)
        assert lent() == expected, moment


def test_a_free_task_is_done_for_the_absent(leave: Leave, lives: Lives) -> None:
    dossier = lives.accepted()
    with pytest.raises(NotCandidate):
        leave.act(complete_task, approval(dossier), "culture1")
    leave("office1", "culture1")
    assert leave.inbox("culture1", View.UNASSIGNED) == [dossier.code]
    leave.act(complete_task, approval(dossier), "culture1")
    me, absent = leave.office.actor("culture1"), leave.office.actor("office1")
    assert leave.last_act(dossier.code) == (me.key, absent.id)


def test_a_task_that_the_absent_person_holds(leave: Leave, lives: Lives) -> None:
    dossier = lives.claimed()
    leave("office1", "second_office1")
    me, absent = leave.office.actor("second_office1"), leave.office.actor("office1")
    assert leave.inbox("second_office1", View.MINE) == [dossier.code]
    claimed = leave.act(claim_task, on(dossier), "second_office1")
    assert claimed.tasks[place(claimed)].assignee == me.id
    assert leave.last_act(dossier.code) == (me.key, absent.id)
    done = leave.act(complete_task, approval(dossier), "second_office1")
    assert done.done_by["appraise"] == me.key
    assert leave.last_act(dossier.code) == (me.key, None)


def test_what_one_may_do_oneself_is_not_done_for_another(leave: Leave, lives: Lives) -> None:
    leave("office1", "second_office1")
    dossier = lives.accepted()
    leave.act(claim_task, on(dossier), "second_office1")
    assert leave.last_act(dossier.code) == (leave.office.actor("second_office1").key, None)


def test_colleagues_do_not_get_the_tasks(leave: Leave, lives: Lives) -> None:
    dossier = lives.claimed()
    leave("office1", "culture1")
    for act, command in ((claim_task, on(dossier)), (complete_task, approval(dossier))):
        with pytest.raises(TaskTaken):
            leave.act(act, command, "second_office1")


def test_the_end_takes_everything_at_once(leave: Leave, lives: Lives) -> None:
    dossier = lives.claimed()
    number = leave("office1", "culture1")
    leave.end(number, "office1")
    assert leave.on_duty("culture1") == leave.office.actor("culture1")
    assert leave.inbox("culture1", View.MINE) == []
    with pytest.raises(NotCandidate):
        leave.act(claim_task, on(dossier), "culture1")


def test_who_no_longer_stands_in_can_put_a_task_back(leave: Leave, lives: Lives) -> None:
    first, second = lives.accepted(), lives.accepted()
    number = leave("office1", "culture1")
    for dossier in (first, second):
        leave.act(claim_task, on(dossier), "culture1")
    leave.end(number, "office1")
    with pytest.raises(NotCandidate):
        leave.act(complete_task, approval(first), "culture1")
    freed = leave.act(release_task, on(first), "culture1")
    assert freed.tasks[place(freed)].assignee is None
    absent = leave.office.actor("office1")
    hand = HandTask(Target(second.code), place(second), absent.id)
    handed = leave.act(delegate_task, hand, "culture1")
    assert handed.tasks[place(handed)].assignee == absent.id
    assert leave.last_act(second.code) == (leave.office.actor("culture1").key, None)


def test_four_eyes_look_at_who_really_acted(leave: Leave, lives: Lives) -> None:
    """Who appraised for a colleague does not sign for the leader, nor as a leader."""
    leave("office1", "leader1")
    dossier = lives.accepted()
    leave.act(complete_task, approval(dossier), "leader1")
    with lives.office.database.reading() as tx:
        dossier = check(tx, dossier.code)
    signing = CompleteTask(Target(dossier.code), place(dossier), {"decision": "approve"})
    with pytest.raises(FourEyesForbids):
        leave.act(complete_task, signing, "leader1")
    leave.act(complete_task, signing, "second_leader1")


def test_acts_of_leaders(leave: Leave, lives: Lives) -> None:
    leave("leader1", "office1")
    me, absent = leave.office.actor("office1"), leave.office.actor("leader1")
    dossier = lives.asked()
    leave.act(grant_pause, OnPause(Target(dossier.code)), "office1")
    assert leave.last_act(dossier.code) == (me.key, absent.id)
    leave.act(resume_dossier, OnPause(Target(dossier.code)), "office1")
    assert leave.last_act(dossier.code) == (me.key, None)
    hand = HandTask(Target(dossier.code), place(dossier), me.id)
    leave.act(assign_task, hand, "office1")
    assert leave.last_act(dossier.code) == (me.key, absent.id)


def test_chains_lend_only_ones_own_duty(leave: Leave, lives: Lives) -> None:
    leave("office1", "culture1")
    leave("culture1", "economy1")
    roles = {(grant.role, grant.unit) for grant in leave.on_duty("economy1").grants}
    assert roles == {(Role.SPECIALIST, "ECONOMY"), (Role.SPECIALIST, "CULTURE_SOCIETY")}


@pytest.mark.parametrize("absent", ["administrator1", "auditor1"])
def test_who_guards_others_has_no_substitute(leave: Leave, absent: str) -> None:
    with pytest.raises(EngineError) as refused:
        leave(absent, "office1")
    assert refused.value.code == "substitute_unfit"


def test_other_roles_are_lent_without_those(leave: Leave, lives: Lives) -> None:
    with lives.office.database.transaction() as tx:
        for role in (Role.ADMINISTRATOR, Role.AUDITOR):
            users.add_grant(tx, leave.office.actor("office1").id, role, COMMUNE_1, None)
    leave("office1", "culture1")
    lent = [grant.role for grant in leave.on_duty("culture1").grants if grant.lent_by]
    assert lent == [Role.SPECIALIST]


def test_only_agencies_of_both_count(leave: Leave, lives: Lives) -> None:
    with lives.office.database.transaction() as tx:
        users.add_grant(tx, leave.office.actor("office1").id, Role.LEADER, COMMUNE_2, None)
    leave("office1", "culture1")
    lent = [grant.agency for grant in leave.on_duty("culture1").grants if grant.lent_by]
    assert lent == [COMMUNE_1]


def test_who_left_the_office_lends_nothing(leave: Leave, lives: Lives) -> None:
    leave("office1", "culture1")
    with lives.office.database.transaction() as tx:
        tx.execute(update(user).where(user.c.username == "office1").values(active=False))
    assert leave.on_duty("culture1") == leave.office.actor("culture1")


def test_alerts_reach_who_stands_in(leave: Leave, lives: Lives) -> None:
    leave("office1", "culture1", last=TODAY + timedelta(days=30))
    held = lives.tick(lives.claimed(), timedelta(days=10))
    free = lives.late()
    with lives.office.database.reading() as tx:
        page = list_alerts(tx, Slice(50), AlertFilter(), leave.on_duty("culture1"))
        alone = list_alerts(tx, Slice(50), AlertFilter(), leave.office.actor("culture1"))
    assert {item.dossier for item in page.items} == {held.code, free.code}
    assert alone.items == []


REFUSALS = [
    ("office1", "office1", TODAY, TODAY, "substitute_is_oneself"),
    ("office1", "culture1", TODAY, TODAY - timedelta(days=1), "substitution_period_invalid"),
    ("office1", "culture1", TODAY - 2 * WEEK, TODAY - WEEK, "substitution_period_invalid"),
    ("office1", "culture1", TODAY, TODAY + timedelta(days=367), "substitution_period_invalid"),
    ("office1", "culture1", date(2099, 1, 1), date(2099, 1, 2), "substitution_period_invalid"),
    ("office1", "culture2", TODAY, TODAY, "substitute_unfit"),
    ("office1", "administrator1", TODAY, TODAY, "substitute_unfit"),
    ("office1", "portal", TODAY, TODAY, "substitute_unfit"),
    ("portal", "office1", TODAY, TODAY, "substitute_unfit"),
]


@pytest.mark.parametrize(("absent", "substitute", "first", "last", "code"), REFUSALS)
def test_refusals(
    leave: Leave, absent: str, substitute: str, first: date, last: date, code: str
) -> None:
    with pytest.raises(EngineError) as refused:
        leave(absent, substitute, first, last)
    assert refused.value.code == code


@pytest.mark.parametrize(("first", "last"), [(-3, 0), (6, 9), (2, 3), (-1, 20)])
def test_nobody_has_two_substitutes(leave: Leave, first: int, last: int) -> None:
    number = leave("office1", "culture1")
    days = (TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    with pytest.raises(EngineError) as refused:
        leave("office1", "economy1", *days)
    assert refused.value.code == "substitution_overlaps"
    assert "06/07/2026" in refused.value.message
    leave.end(number, "office1")
    leave("office1", "economy1", *days)


def test_who_is_away_stands_in_for_nobody(leave: Leave) -> None:
    leave("culture1", "economy1")
    with pytest.raises(EngineError) as refused:
        leave("office1", "culture1", TODAY + WEEK, TODAY + 2 * WEEK)
    assert refused.value.code == "substitute_absent"
    leave("office1", "culture1", TODAY + timedelta(days=7), TODAY + 2 * WEEK)


def test_who_may_send_whom(leave: Leave) -> None:
    leave("office1", "culture1", by="administrator1")
    leave("economy1", "culture1", by="administrator")
    for stranger in ("culture1", "leader1", "administrator2", "auditor", "portal"):
        with pytest.raises(NotPermitted):
            leave("clerk1", "culture1", by=stranger)


def test_who_may_end_it(leave: Leave) -> None:
    number = leave("office1", "culture1")
    for stranger, code in [
        ("culture1", "not_permitted"),
        ("economy1", "substitution_unknown"),
        ("administrator2", "substitution_unknown"),
    ]:
        with pytest.raises(EngineError) as refused:
            leave.end(number, stranger)
        assert refused.value.code == code
    leave.end(number, "administrator1")
    with pytest.raises(EngineError) as refused:
        leave.end(number, "office1")
    assert refused.value.code == "substitution_over"
