"""Accounts are changed within one's reach, knowingly, and nobody's change is lost."""

import threading
from typing import Any

import pytest

from bpmn.roles import Role
from engine.commands.people import ChangeUser, change_user
from engine.errors.office import AccountChanged
from engine.queries.people import id_of
from engine.store import accounts, users
from engine.store.database import Database
from engine.verification import verify_dossier
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.clock import START
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office


class Desk:
    """An administrator's way to one account."""

    def __init__(self, call: Caller, office: Office, who: str, by: str = "administrator1") -> None:
        self.call, self.by = call, by
        with office.database.reading() as tx:
            self.path = f"/users/{id_of(tx, who)}"

    def shown(self) -> dict[str, Any]:
        return dict(json_of(self.call.get(self.by, self.path)))

    def send(self, method: str, act: str, body: Any = None, **headers: str) -> Any:
        return self.call(self.by, method, self.path + act, body, **headers)

    def rest(self, **tasks: Any) -> Any:
        return self.send("PUT", "/activity", {"active": False, "tasks": tasks})

    def grant(self, role: str, agency: str = COMMUNE_1, unit: str | None = None) -> dict[str, Any]:
        body = {"role": role, "agency": agency, "unit": unit}
        return dict(json_of(self.send("POST", "/grants", body)))

    def revoke(self, number: int, **tasks: Any) -> Any:
        return self.send("POST", f"/grants/{number}/revoke", {"tasks": tasks})


def test_people_are_found_without_marks(call: Caller, office: Office) -> None:
    Desk(call, office, "office1").send("PATCH", "", {"full_name": "Nguyễn Thị Đào"})

    def found(query: str, by: str = "administrator1") -> list[str]:
        items = json_of(call.get(by, f"/users?limit=200&{query}"))["items"]
        return [item["username"] for item in items]

    assert found("name=thi%20DAO") == ["office1"]
    assert found("name=%C4%90%C3%A0o") == ["office1"]
    assert found("name=dao", by="administrator2") == []
    assert found("name=OFFICE1") == ["second_office1", "office1"]
    assert found("name=%25") == []
    assert found("name=second_") == ["second_leader1", "second_office1", "second_reception1"]
    assert len(found("name=_")) == 4
    assert found("role=cashier") == ["cashier1"]
    assert sorted(found(f"agency={COMMUNE_1}&unit=ECONOMY")) == ["economy1"]
    assert found("active=false") == []
    assert found(f"agency={COMMUNE_2}") == []


def test_lists_go_on_by_name(call: Caller, office: Office) -> None:
    names, cursor = [], ""
    while True:
        page = json_of(call.get("administrator1", f"/users?limit=3{cursor}"))
        names += [item["full_name"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(names) == 16
    assert names == sorted(names)


def test_a_name_is_changed_once(call: Caller, office: Office) -> None:
    desk = Desk(call, office, "office1")
    first = desk.send("PATCH", "", {"full_name": "Lê Văn Một"}, If_Match='"1"')
    assert first.headers["ETag"] == '"2"'
    assert json_of(first)["full_name"] == "Lê Văn Một"
    problem_of(
        desk.send("PATCH", "", {"full_name": "Lê Văn Hai"}, If_Match='"1"'), 412, "account_changed"
    )
    assert desk.shown()["full_name"] == "Lê Văn Một"
    same = desk.send("PATCH", "", {"full_name": "Lê Văn Một"})
    assert same.headers["ETag"] == '"2"'


def test_two_who_change_one_account_at_once(office: Office, database: Database) -> None:
    actor = office.actor("administrator1")
    office1 = office.actor("office1").id
    outcomes: list[str | None] = []

    def change(name: str) -> None:
        try:
            with database.transaction() as tx:
                change_user(tx, ChangeUser(office1, {"full_name": name}, 1), actor, START)
            outcomes.append(name)
        except AccountChanged:
            outcomes.append(None)

    threads = [threading.Thread(target=change, args=(f"Tên {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [name for name in outcomes if name]
    assert office.actor("office1").full_name == winner


def test_whoever_rests_cannot_get_in(call: Caller, office: Office) -> None:
    desk = Desk(call, office, "cashier1")
    assert json_of(desk.rest())["active"] is False
    problem_of(call.get("cashier1", "/users/me"), 401)
    problem_of(desk.send("POST", "/grants", {"role": "leader", "agency": COMMUNE_1}), 409,
               "account_inactive")  # fmt: skip
    back = desk.send("PUT", "/activity", {"active": True})
    assert json_of(back)["active"] is True
    problem_of(call.get("cashier1", "/users/me"), 401)
    revision = desk.shown()["revision"]
    assert json_of(desk.send("PUT", "/activity", {"active": True}))["revision"] == revision


def test_held_tasks_are_seen_before_someone_rests(
    call: Caller, lives: Lives, database: Database
) -> None:
    dossiers = [lives.claimed(), lives.claimed()]
    desk = Desk(call, lives.office, "office1")
    held = json_of(desk.send("GET", "/tasks"))["items"]
    assert [task["dossier"] for task in held] == [dossier.code for dossier in dossiers]
    problem_of(desk.rest(), 409, "account_holds_tasks")
    problem_of(desk.rest(seen=1), 409, "account_holds_tasks")
    problem_of(desk.rest(seen=2, to=lives.office.actor("leader1").id), 403, "not_candidate")
    problem_of(desk.rest(seen=2, to=lives.office.actor("office1").id), 422, "no_hand_over")
    problem_of(desk.rest(seen=2, to=99_999), 422, "user_unknown")
    assert desk.shown()["active"] is True
    colleague = lives.office.actor("second_office1").id
    assert json_of(desk.rest(seen=2, to=colleague))["active"] is False
    mine = json_of(call.get("second_office1", "/tasks?view=mine"))["items"]
    assert [task["dossier"] for task in mine] == [dossier.code for dossier in dossiers]
    with database.reading() as tx:
        assert [verify_dossier(tx, dossier.code) for dossier in dossiers] == [None, None]


def test_tasks_of_dossiers_that_rest_go_back_to_their_unit(
    call: Caller, lives: Lives, database: Database
) -> None:
    dossier = lives.claimed()
    json_of(call.post("leader1", f"/dossiers/{dossier.code}/pause",
                      {"reason": "kiem_tra_thuc_te_do_dac"}))  # fmt: skip
    desk = Desk(call, lives.office, "office1")
    assert json_of(desk.rest(seen=1))["active"] is False
    unassigned = json_of(call.get("second_office1", "/tasks?view=unassigned"))["items"]
    assert [task["dossier"] for task in unassigned] == [dossier.code]
    with database.reading() as tx:
        assert verify_dossier(tx, dossier.code) is None


def test_a_role_goes_with_the_tasks_that_need_it(call: Caller, lives: Lives) -> None:
    lives.claimed()
    desk = Desk(call, lives.office, "office1")
    first = desk.shown()["grants"][0]["id"]
    problem_of(desk.revoke(first), 409, "last_role")
    second = desk.grant("specialist", unit="ECONOMY")["grants"][1]["id"]
    problem_of(desk.revoke(first), 409, "account_holds_tasks")
    left = json_of(desk.revoke(first, seen=1))["grants"]
    assert [(grant["id"], grant["unit"]) for grant in left] == [(second, "ECONOMY")]
    problem_of(desk.revoke(first), 404, "role_unknown")


def test_a_role_given_twice_is_one(call: Caller, office: Office) -> None:
    desk = Desk(call, office, "office1")
    once = desk.grant("unit_head", unit="OFFICE")
    assert desk.grant("unit_head", unit="OFFICE") == once


@pytest.mark.parametrize("who", ["office2", "auditor", "administrator"])
def test_a_commune_touches_neither_its_neighbour_nor_the_province(
    call: Caller, office: Office, who: str
) -> None:
    desk = Desk(call, office, who)
    problem_of(desk.send("GET", ""), 404, "account_unknown")
    problem_of(desk.send("GET", "/tasks"), 404, "account_unknown")
    grant = {"role": "specialist", "agency": COMMUNE_1}
    with office.database.reading() as tx:
        number = accounts.grants_of(tx, office.actor(who).id)[0].id
    for method, act, body in (
        ("PATCH", "", {"full_name": "Tên khác"}),
        ("PUT", "/activity", {"active": False}),
        ("PUT", "/password", {"password": "mật khẩu mới"}),
        ("POST", "/grants", grant),
        ("POST", f"/grants/{number}/revoke", None),
    ):
        problem_of(desk.send(method, act, body), 403, "not_permitted")


def test_someone_of_two_agencies_is_changed_from_above(call: Caller, office: Office) -> None:
    with office.database.transaction() as tx:
        users.add_grant(tx, office.actor("office1").id, Role.AUDITOR, PROVINCE, None)
    desk = Desk(call, office, "office1")
    problem_of(desk.send("PUT", "/password", {"password": "mật khẩu mới"}), 403, "not_permitted")
    problem_of(desk.rest(), 403, "not_permitted")
    above = next(g["id"] for g in desk.shown()["grants"] if g["agency"] == PROVINCE)
    problem_of(desk.revoke(above), 403, "not_permitted")
    problem_of(desk.send("POST", "/grants", {"role": "auditor", "agency": COMMUNE_2}), 403)
    assert desk.grant("auditor")
    desk.by = "administrator"
    json_of(desk.rest())


def test_nobody_locks_themselves_out(call: Caller, office: Office) -> None:
    desk = Desk(call, office, "administrator1")
    problem_of(desk.rest(), 409, "oneself_locked_out")
    own = desk.grant("leader")["grants"][0]["id"]
    problem_of(desk.revoke(own), 409, "oneself_locked_out")


def test_an_agency_keeps_an_administrator(call: Caller, office: Office) -> None:
    desk = Desk(call, office, "administrator1", by="administrator")
    problem_of(desk.rest(), 409, "last_administrator")
    own = desk.grant("leader")["grants"][0]["id"]
    problem_of(desk.revoke(own), 409, "last_administrator")
    other = Desk(call, office, "leader1", by="administrator")
    number = other.grant("administrator")["grants"][1]["id"]
    json_of(desk.rest())
    problem_of(other.revoke(number), 409, "last_administrator")


def test_a_new_password_ends_every_session(call: Caller, office: Office) -> None:
    desk = Desk(call, office, "cashier1")
    answer = desk.send("PUT", "/password", {"password": "một mật khẩu khác"})
    assert "mật khẩu" not in answer.text
    problem_of(call.get("cashier1", "/users/me"), 401)
    body = {"username": "cashier1", "password": "một mật khẩu khác"}
    json_of(call.post(None, "/sessions", body), 201)
    problem_of(desk.send("PUT", "/password", {"password": "ngắn"}), 422)


@pytest.mark.parametrize(
    ("method", "act", "body"),
    [
        ("PATCH", "", {"full_name": ""}),
        ("PATCH", "", {"full_name": "x" * 101}),
        ("PATCH", "", {"full_name": None}),
        ("PATCH", "", {"username": "khac"}),
        ("PATCH", "", {"full_name": "a\u0000b"}),
        ("PUT", "/activity", {}),
        ("PUT", "/activity", {"active": "false "}),
        ("PUT", "/activity", {"active": False, "tasks": {"seen": -1}}),
        ("PUT", "/activity", {"active": False, "tasks": {"seen": 201}}),
        ("PUT", "/activity", {"active": False, "tasks": {"to": 2**40}}),
        ("POST", "/grants", {"role": "king", "agency": COMMUNE_1}),
        ("POST", "/grants", {"role": "leader", "agency": COMMUNE_1, "unit": "NONE"}),
        ("POST", "/grants", {"role": "leader"}),
    ],
)
def test_what_makes_no_sense_is_refused(
    call: Caller, office: Office, method: str, act: str, body: Any
) -> None:
    desk = Desk(call, office, "office1")
    before = desk.shown()
    problem_of(desk.send(method, act, body), 422)
    assert desk.shown() == before
