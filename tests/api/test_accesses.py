"""Looking at a dossier is written down, once in a while, before anything is shown."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from engine.model.reading import Looked
from engine.store.audit_tables import access
from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.api.routes import ROUTES
from tests.clock import START, FakeClock

OF_ONE = [
    key for key in sorted(ROUTES) if key[0] == "GET" and key[1].startswith("/dossiers/<code:code>")
]


def _rows(database: Database) -> list[Any]:
    with database.reading() as tx:
        return list(tx.execute(select(access).order_by(access.c.id)))


def _seen(database: Database) -> list[str]:
    return [row.looked for row in _rows(database)]


@pytest.mark.parametrize("key", OF_ONE, ids=" ".join)
def test_every_way_to_look(
    key: tuple[str, str], call: Caller, lives: Lives, database: Database
) -> None:
    route = ROUTES[key]
    request = route.prepare(lives)
    user = min(route.may)
    assert call.get(user, request.path).status_code == 200
    rows = _rows(database)
    assert {row.user_id for row in rows} == {lives.office.actor(user).id}
    assert {row.looked for row in rows} <= set(Looked)


def test_who_looked_at_a_dossier(call: Caller, lives: Lives, clock: FakeClock) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    for user in ("office1", "clerk1"):
        clock.advance(minutes=1)
        json_of(call.get(user, path))
        json_of(call.get(user, f"{path}/events"))
    first = json_of(call.get("auditor", f"{path}/accesses?limit=3"))
    second = json_of(call.get("auditor", f"{path}/accesses?limit=3&cursor={first['next']}"))
    items = [*first["items"], *second["items"]]
    assert [(i["user_name"], i["looked_name"]) for i in items] == [
        ("Người dùng clerk1", "Lịch sử"),
        ("Người dùng clerk1", "Hồ sơ"),
        ("Người dùng office1", "Lịch sử"),
        ("Người dùng office1", "Hồ sơ"),
    ]
    assert items[-1]["at"] == "2026-07-06T08:03:00+07:00"
    (own, *_) = json_of(call.get("leader1", f"{path}/accesses"))["items"]
    assert (own["user_name"], own["looked"]) == ("Người dùng auditor", "accesses")


def test_looking_again_soon_is_written_once(
    call: Caller, lives: Lives, clock: FakeClock, database: Database
) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    etag = call.get("office1", path).headers["ETag"]
    clock.advance(minutes=9)
    assert call.get("office1", path, If_None_Match=etag).status_code == 304
    assert len(_rows(database)) == 1
    json_of(call.get("office1", f"/dossiers/{lives.accepted().code}"))
    assert len(_rows(database)) == 2
    clock.advance(minutes=10)
    json_of(call.get("office1", path))
    assert len(_rows(database)) == 3


def test_what_was_refused_was_not_looked_at(call: Caller, lives: Lives, database: Database) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    problem_of(call.get("office2", path), 404)
    problem_of(call.get("office1", f"{path}/replay"), 403)
    problem_of(call.get("office1", f"{path}/accesses"), 403)
    problem_of(call.get("office1", f"{path}/tasks/77"), 409)
    json_of(call.get("office1", "/dossiers"))
    assert _rows(database) == []


def test_what_cannot_be_written_down_is_not_shown(
    call: Caller, lives: Lives, database: Database
) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE access RENAME COLUMN agency TO elsewhere"))
    refused = call.get("office1", path)
    problem = problem_of(refused, 503, "reading_not_recorded")
    assert "sổ" in problem["detail"]
    assert refused.headers["Retry-After"]
    assert "Nguyễn Văn Bình" not in refused.text


def test_none_is_lost_when_many_look_at_once(
    call: Caller, lives: Lives, database: Database
) -> None:
    paths = [f"/dossiers/{lives.accepted().code}" for _ in range(4)]
    users = ["office1", "clerk1", "cashier1", "leader1", "auditor", "control"]
    wanted = {(user, f"{path}{tail}") for user in users for path in paths for tail in ("", "/due")}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda each: call.get(*each).status_code, [*wanted, *wanted]))
    assert set(answers) == {200}
    found = {(row.user_id, row.dossier_id, row.looked) for row in _rows(database)}
    assert len(found) == len(wanted)


def test_the_latest_readings(call: Caller, lives: Lives) -> None:
    here = lives.accepted().code
    there = lives.submitted(receiving="H40.30.02").code
    json_of(call.get("office1", f"/dossiers/{here}"))
    json_of(call.get("clerk2", f"/dossiers/{there}"))
    json_of(call.get("clerk1", f"/dossiers/{here}"))

    def listed(user: str, query: str = "") -> list[tuple[str, str]]:
        items = json_of(call.get(user, f"/accesses?{query}"))["items"]
        return [(item["dossier"], item["user_name"].split()[-1]) for item in items]

    assert listed("auditor") == [(here, "clerk1"), (there, "clerk2"), (here, "office1")]
    assert listed("leader2") == [(there, "clerk2")]
    reader = lives.office.actor("office1").id
    assert listed("auditor", f"user={reader}") == [(here, "office1")]
    assert listed("leader2", f"user={reader}") == []
    first = json_of(call.get("auditor", "/accesses?limit=2"))
    assert listed("auditor", f"limit=2&cursor={first['next']}") == [(here, "office1")]


def _written(database: Database, call: Caller, lives: Lives) -> list[Any]:
    json_of(call.get("office1", f"/dossiers/{lives.accepted().code}"))
    return _rows(database)


@pytest.mark.parametrize(
    "statement",
    [update(access).values(at=START), update(access).values(at=access.c.at), delete(access)],
    ids=["change", "change nothing", "delete"],
)
def test_no_statement_changes_what_was_written(
    statement: Any, call: Caller, lives: Lives, database: Database
) -> None:
    before = _written(database, call, lives)
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
        tx.execute(statement)
    assert _rows(database) == before


def test_replacing_and_truncating_is_refused_too(
    call: Caller, lives: Lives, database: Database
) -> None:
    (row,) = _written(database, call, lives)
    statement: Any = text("TRUNCATE access")
    if database.is_sqlite:
        statement = insert(access).prefix_with("OR REPLACE").values(row._asdict())
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
        tx.execute(statement)
