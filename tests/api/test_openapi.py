"""The OpenAPI document is valid, says everything, and what it says is what happens."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.edge import PIECE
from engine.settings import Settings
from tests.api.lives import Lives
from tests.api.public_routes import PUBLIC
from tests.api.routes import ROUTES
from tests.clock import FakeClock
from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.office import Office

schemathesis.serializer.alias(PIECE, "application/octet-stream")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    allow_header_conformance,
]
ROLES = ("portal", "reception1", "office1", "leader1", "cashier1", "auditor", "administrator")
STATES = ("submitted", "accepted", "claimed", "supplementing", "obliged", "signing", "suspended")


@pytest.fixture(scope="module")
def house(
    fresh_database: Fresh, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, list[str]]]:
    """The interface as Schemathesis knows it, and codes of dossiers in every state."""
    with fresh_database(FURNISHED) as database:
        clock = FakeClock()
        lives = Lives(Office(database), clock)
        codes = [getattr(lives, state)().code for state in STATES]
        files = tmp_path_factory.mktemp("files").as_uri()
        app = create_app(Settings(storage_url=files), database, clock)
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app), codes


def test_the_document_is_valid(app: Flask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").json
    assert document is not None
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_every_operation_is_described(app: Flask) -> None:
    document: Any = app.test_client().get("/api/v1/openapi.json").json
    operations = {
        (path, method): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method != "parameters"
    }
    public = [rule for _, rule in PUBLIC if rule.startswith("/api/v1/")]
    public.remove("/api/v1/openapi.json")
    assert len(operations) == len(ROUTES) + len(public)
    for (path, _), operation in operations.items():
        assert operation["summary"]
        assert operation["description"]
        faults = {"500"} if path.endswith("/vnpay/ipn") else {"500", "503"}
        assert faults <= set(operation["responses"]), path
        assert "default" not in operation["responses"]


def test_what_is_documented_is_what_happens(house: tuple[Any, list[str]]) -> None:
    _explored(house, GenerationMode.POSITIVE)


@pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
def test_what_is_not_documented_is_refused(house: tuple[Any, list[str]]) -> None:
    """On one kind of database: hardly anything gets as far as that."""
    _explored(house, GenerationMode.NEGATIVE)


def _explored(house: tuple[Any, list[str]], mode: GenerationMode) -> None:
    schema, codes = house
    operations = [result.ok() for result in schema.get_all_operations()]
    # Logging out comes last: it takes everyone's token away.
    for operation in sorted(operations, key=lambda one: one.method == "delete"):
        with suppress(Unsatisfiable):  # nothing can be wrong where nothing is asked for
            _explore(operation, mode, codes)


def _explore(operation: Any, mode: GenerationMode, codes: list[str]) -> None:
    @seed(1)
    @settings(
        max_examples=4,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=mode),
        user=st.sampled_from(ROLES),
        code=st.none() | st.sampled_from(codes),
        place=st.none() | st.integers(1, 8),
    )
    def explore(case: Any, user: str, code: str | None, place: int | None) -> None:
        if code is not None and "/dossiers/{code}" in case.operation.path:
            case.path_parameters["code"] = code
        if place is not None and "place" in (case.path_parameters or {}):
            case.path_parameters["place"] = place
        headers = {"Authorization": f"Bearer {Office.token(user)}"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    explore()
