"""For every route: who may, and who may not. A route that is not in the table fails."""

import re

import pytest
from flask import Flask

from api.v1 import PREFIX
from engine.store.database import Database
from tests.api.client import Caller, problem_of
from tests.api.lives import Lives, contents
from tests.api.people import EVERYONE
from tests.api.public_routes import PUBLIC
from tests.api.routes import CONFLICTS, ROUTES
from tests.api.routing import Route

KEYS = sorted(ROUTES)


def test_every_route_is_in_the_table(app: Flask) -> None:
    served = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    listed = {(method, PREFIX + rule) for method, rule in ROUTES} | set(PUBLIC)
    assert served == listed


def test_nobody_without_a_token(call: Caller, lives: Lives, database: Database) -> None:
    for (method, _), route in ROUTES.items():
        request = route.prepare(lives)
        before = contents(database)
        answer = call(None, method, request.path, request.body, **request.headers)
        assert "Bearer" in answer.headers["WWW-Authenticate"]
        problem_of(answer, 401, "unauthenticated")
        assert contents(database) == before


def test_public_routes(app: Flask) -> None:
    for (method, rule), status in PUBLIC.items():
        path = re.sub("<[^>]*>", "swagger-ui.css", rule)
        answer = app.test_client().open(path, method=method)
        assert answer.status_code == status, rule
        answer.close()


@pytest.mark.parametrize("key", KEYS, ids=" ".join)
def test_those_who_may_not(
    key: tuple[str, str], call: Caller, lives: Lives, database: Database
) -> None:
    route = ROUTES[key]
    request = route.prepare(lives)
    before = contents(database)
    for user in sorted(EVERYONE - route.may):
        answer = call(user, key[0], request.path, request.body, **request.headers)
        problem_of(answer, _refusal(key, route, user))
    assert contents(database) == before


def _refusal(key: tuple[str, str], route: Route, user: str) -> int:
    if user not in route.readers:
        return 404
    return 409 if user in CONFLICTS.get(key, ()) else 403


@pytest.mark.parametrize("key", KEYS, ids=" ".join)
def test_those_who_may(key: tuple[str, str], call: Caller, lives: Lives) -> None:
    route = ROUTES[key]
    for number, user in enumerate(sorted(route.may)):
        request = route.prepare(lives)
        body = request.body
        if isinstance(body, dict) and "username" in body:
            body = {**body, "username": f"nguoi.moi.{number}"}
        answer = call(user, key[0], request.path, body, **request.headers)
        assert answer.status_code == route.status, (user, answer.text)
