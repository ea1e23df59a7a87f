"""Bad requests: each gets a problem in Vietnamese, and nothing is changed."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from api.body import MAX_DEPTH
from engine.store.database import Database
from tests.api.client import Caller, problem_of
from tests.api.lives import Lives, contents, place
from tests.diagrams import CODE
from tests.office import COMMUNE_1

SUBMISSION: dict[str, Any] = {
    "procedure": CODE,
    "channel": "online",
    "receiving_agency": COMMUNE_1,
    "owner": {"name": "Nguyễn Văn Bình"},
    "application": {},
}


def _with(**parts: Any) -> bytes:
    return orjson.dumps({**SUBMISSION, **parts})


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = {"a": value}
    return value


BAD = {
    "no body": (b"", 422, "procedure"),
    "not JSON": (b"{", 400, "_"),
    "not UTF-8": (b'{"procedure": "\xff"}', 400, "_"),
    "NaN": (b'{"procedure": NaN}', 400, "_"),
    "infinity": (b'{"procedure": 1e999}', 400, "_"),
    "lone surrogate": (b'{"procedure": "\\ud800"}', 400, "_"),
    "deep beyond reading": (b"[" * 5000 + b"]" * 5000, 400, "_"),
    "not an object": (b"[]", 422, "_"),
    "NUL": (_with(application={"note": "a\0b"}), 422, "application.note"),
    "NUL in a name": (_with(application={"a\0b": 1}), 422, "application"),
    "number beyond 2^53": (_with(application={"n": 2**53}), 422, "application.n"),
    "number beyond 2^64": (
        b'{"application": {"n": 123456789012345678901234567890}}', 422, "application.n",
    ),
    "nested too deeply": (
        _with(application=_nested(MAX_DEPTH)), 422, "application" + ".a" * (MAX_DEPTH - 1),
    ),
    "unknown field": (_with(unknown=1), 422, "unknown"),
    "unknown field inside": (_with(owner={"name": "B", "x": 1}), 422, "owner.x"),
    "missing field": (orjson.dumps({}), 422, "owner"),
    "wrong type": (_with(procedure=1), 422, "procedure"),
    "wrong choice": (_with(channel="fax"), 422, "channel"),
    "choice of wrong type": (_with(channel=["online"]), 422, "channel"),
    "null": (_with(owner=None), 422, "owner"),
    "blank": (_with(owner={"name": "  "}), 422, "owner.name"),
    "wrong pattern": (_with(owner={"name": "B", "personal_id": "12"}), 422, "owner.personal_id"),
    "newline after a code": (_with(procedure="1.001193\n"), 422, "procedure"),
    "too many": (_with(components=[{"code": "A"}] * 101), 422, "components"),
    "truth for a number": (
        _with(components=[{"code": "A", "copies": True}]), 422, "components.0.copies",
    ),
    "form not filled in": (_with(application={"fast": "no"}), 422, "application.fast"),
    "unknown component": (_with(components=[{"code": "Z"}]), 422, None),
    "unknown agency": (_with(competent_agency="H99"), 422, None),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD, ids=str)
def test_bad_documents(case: str, call: Caller, lives: Lives, database: Database) -> None:
    body, status, field = BAD[case]
    before = contents(database)
    document = problem_of(call("portal", "POST", "/dossiers", body), status)
    assert field is None or field in document["errors"]
    assert document["instance"] == "/api/v1/dossiers"
    assert contents(database) == before


def test_ten_megabytes(call: Caller, lives: Lives, database: Database) -> None:
    before = contents(database)
    body = orjson.dumps({**SUBMISSION, "application": {"note": "a" * 10_000_000}})
    problem_of(call("portal", "POST", "/dossiers", body), 413, "body_too_large")
    assert contents(database) == before


def test_other_media(call: Caller) -> None:
    answer = call("portal", "POST", "/dossiers", b"<a/>", Content_Type="application/xml")
    problem_of(answer, 415, "media_type_unsupported")


def test_a_dossier_that_does_not_exist(call: Caller, office: object) -> None:
    for path in ("/dossiers/H-1", "/dossiers/H-1/events", "/dossiers/H-1/tasks/1"):
        problem_of(call.get("reception1", path), 404, "dossier_unknown")
    answer = call.post("office1", "/dossiers/H-1/tasks/1/complete", {"form": {}})
    assert "H-1" in problem_of(answer, 404, "dossier_unknown")["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/dossiers/" + "x" * 65,
        "/dossiers/a%00b",
        "/dossiers/%ff",
        "/dossiers//tasks",
        "/dossiers/H-1/tasks/0",
        "/dossiers/H-1/tasks/99999999999999999999",
        "/dossiers/H-1/tasks/-1",
        "/procedures/%F0%9F%98%80",
        "/nowhere",
    ],
)
def test_paths_that_lead_nowhere(path: str, call: Caller, office: object) -> None:
    problem_of(call.get("reception1", path), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("limit=1&limit=2", "limit"),
        ("limit=", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=WzJd.AAAA", "cursor"),
        ("status=gone", "status"),
        ("overdue=maybe", "overdue"),
        ("submitted_from=2026-13-01", "submitted_from"),
        ("submitted_from=0001-01-01", "submitted_from"),
        ("code=%00", "_"),
        ("code=%ff", "code"),
        ("what=1", "what"),
    ],
)
def test_bad_queries(query: str, field: str, call: Caller, office: object) -> None:
    document = problem_of(call.get("reception1", f"/dossiers?{query}"), 422, "request_invalid")
    assert field in document["errors"]


def test_a_method_that_a_route_does_not_have(call: Caller, office: object) -> None:
    answer = call("reception1", "PATCH", "/dossiers")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
    problem_of(answer, 405, "method_not_allowed")


@pytest.mark.parametrize("token", ["", "Basic abc", "Bearer", "Bearer x y", "Bearer " + "x" * 40])
def test_tokens_that_are_none(token: str, call: Caller, office: object) -> None:
    problem_of(call.get(None, "/users/me", Authorization=token), 401, "unauthenticated")


def test_an_act_that_the_state_forbids(call: Caller, lives: Lives, database: Database) -> None:
    dossier = lives.suspended()
    before = contents(database)
    path = f"/dossiers/{dossier.code}"
    answer = call.post(
        "office1", f"{path}/tasks/{place(dossier)}/complete", {"form": {"decision": "approve"}}
    )
    problem_of(answer, 409, "dossier_suspended")
    problem_of(call.post("office1", f"{path}/obligations/confirm"), 409)
    assert contents(database) == before


def test_forms_say_what_is_wrong_where(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}/complete"
    document = problem_of(call.post("office1", path, {"form": {"fast": 1, "x": 2}}), 422)
    assert document["code"] == "form_invalid"
    assert set(document["errors"]) == {"fast", "x"}


@pytest.fixture
def broken_database(app: Flask, database: Database) -> Iterator[None]:
    """Opens no connection any more."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("SELECT secret", {}, Exception("no route to host"))

    database.engine.connect = refuse  # type: ignore[method-assign]
    yield
    del database.engine.connect


def test_no_database(call: Caller, broken_database: None, app: Flask) -> None:
    for answer in (
        call.get("reception1", "/dossiers"),
        call("portal", "POST", "/dossiers", _with()),
        call(None, "POST", "/sessions", {"username": "a", "password": "b"}),
        app.test_client().get("/readyz"),
    ):
        assert int(answer.headers["Retry-After"]) > 0
        assert "secret" not in answer.text
        problem_of(answer, 503)
    assert app.test_client().get("/healthz").status_code == 200


def test_an_error_nobody_thought_of(
    call: Caller, app: Flask, office: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("engine.queries.dossiers.list_dossiers", fail)
    answer = call.get("reception1", "/dossiers")
    assert "secret" not in answer.text
    problem_of(answer, 500, "internal_error")
