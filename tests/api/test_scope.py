"""Nobody sees or moves a dossier outside their scope: lists say what `may` says, for any grants."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from bpmn.roles import Role
from engine.commands.acting import Target
from engine.commands.tasks import OnTask, claim_task
from engine.model.actor import Actor, Permission, may, may_work
from engine.model.dossier import Dossier, Task
from engine.settings import Settings
from engine.store import users
from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, place
from tests.clock import START, FakeClock
from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, UNITS, Office

AGENCIES = (PROVINCE, COMMUNE_1, COMMUNE_2)


@dataclass(frozen=True)
class House:
    """One office with dossiers here and there; only people are added to it."""

    app: Flask
    database: Database
    dossiers: list[Dossier]


@pytest.fixture(scope="module")
def house(fresh_database: Fresh) -> Any:
    """Dossiers of both communes, some received by the one for the other."""
    with fresh_database(FURNISHED) as database:
        clock = FakeClock()
        lives = Lives(Office(database), clock)
        dossiers = []
        for receiving in (COMMUNE_1, COMMUNE_2):
            for competent in (COMMUNE_1, COMMUNE_2):
                for by in ("portal", f"reception{receiving[-1]}"):
                    dossiers.append(lives.submitted(by, receiving, competent))
                number, worker = receiving[-1], f"office{competent[-1]}"
                dossier = lives.submitted("portal", receiving, competent)
                dossier = lives.complete(dossier, f"reception{number}", decision="accept")
                dossiers.append(dossier)
                task = OnTask(Target(dossier.code), place(dossier))
                dossiers[-1] = lives.act(claim_task, task, worker)
        yield House(create_app(Settings(), database, clock), database, dossiers)


def _grant() -> st.SearchStrategy[tuple[Role, str, str | None]]:
    return st.sampled_from(AGENCIES).flatmap(
        lambda agency: st.tuples(
            st.sampled_from(Role),
            st.just(agency),
            st.none() if agency == PROVINCE else st.sampled_from([None, *UNITS]),
        )
    )


def _someone(house: House, grants: set[tuple[Role, str, str | None]]) -> Actor:
    with house.database.transaction() as tx:
        number = len(tx.exec_driver_sql("SELECT id FROM user_account").all())
        name = f"someone{number}"
        id_ = users.add(tx, name, name, None, START)
        for role, agency, unit in sorted(grants, key=str):
            users.add_grant(tx, id_, role, agency, unit)
        expires_at = START.replace(year=2030)
        users.add_token(tx, id_, Office.token(name), "tests", START, expires_at)
        return users.actor_by_id(tx, id_)


def _everything(call: Caller, user: str, path: str) -> list[dict[str, Any]]:
    """All pages of a list, three items at a time."""
    items, cursor = [], ""
    while True:
        page = json_of(call.get(user, f"{path}limit=3{cursor}"))
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = f"&cursor={page['next']}"


@given(grants=st.sets(_grant(), max_size=4))
def test_lists_and_single_looks_agree_with_the_table(
    house: House, grants: set[tuple[Role, str, str | None]]
) -> None:
    actor, call = _someone(house, grants), Caller(house.app)
    readable = [d for d in house.dossiers if may(actor, Permission.DOSSIER_READ, d)]
    listed = _everything(call, actor.username, "/dossiers?")
    assert [item["code"] for item in listed] == [d.code for d in reversed(readable)]
    for dossier in house.dossiers:
        path = f"/dossiers/{dossier.code}"
        if dossier in readable:
            json_of(call.get(actor.username, path))
        else:
            problem_of(call.get(actor.username, path), 404, "dossier_unknown")
            answer = call.post(actor.username, f"{path}/pause", {"reason": "khac"})
            problem_of(answer, 404, "dossier_unknown")


@given(grants=st.sets(_grant(), max_size=4))
def test_the_inbox_holds_what_one_may_work_on(
    house: House, grants: set[tuple[Role, str, str | None]]
) -> None:
    actor, call = _someone(house, grants), Caller(house.app)
    workable = [
        (dossier, task)
        for dossier in house.dossiers
        for task in dossier.tasks.values()
        if may_work(actor, task)
    ]
    unassigned = [(d, t) for d, t in workable if t.assignee is None]
    for view, expected in (("unit", workable), ("unassigned", unassigned), ("mine", [])):
        listed = _everything(call, actor.username, f"/tasks?view={view}&")
        keys = [(item["dossier"], item["place"]) for item in listed]
        assert keys == [(d.code, t.place) for d, t in sorted(expected, key=_urgency(house))]


def _urgency(house: House) -> Any:
    order = {d.code: n for n, d in enumerate(house.dossiers)}

    def key(pair: tuple[Dossier, Task]) -> Any:
        dossier, task = pair
        return task.clock.due_at, order[dossier.code], task.place

    return key


def test_one_sees_what_one_holds(house: House) -> None:
    listed = _everything(Caller(house.app), "office1", "/tasks?view=mine&")
    assert len(listed) == 2
    assert {item["assignee"] for item in listed} == {Office(house.database).actor("office1").id}
