"""Talks to the interface as someone of the office."""

import json
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.office import Office

PREFIX = "/api/v1"


class Caller:
    """Sends requests with the token of the user named, or anonymous ones."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(
        self,
        user: str | None,
        method: str,
        path: str,
        body: Any = None,
        **headers: str,
    ) -> TestResponse:
        """One request, its body as it is or in JSON; `If_Match='"3"'` is a header."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if user is not None:
            sent["Authorization"] = f"Bearer {Office.token(user)}"
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        path = path if path.startswith("/api") else PREFIX + path
        return self.app.test_client().open(
            path, method=method, data=data, headers=sent, buffered=True
        )

    def get(self, user: str | None, path: str, **headers: str) -> TestResponse:
        """Ask."""
        return self(user, "GET", path, **headers)

    def post(self, user: str | None, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Do."""
        return self(user, "POST", path, body, **headers)


def json_of(response: TestResponse, status: int = 200) -> Any:
    """The document of an answer that has this status."""
    assert response.status_code == status, response.text
    assert response.is_json
    return response.get_json()


def problem_of(response: TestResponse, status: int, code: str | None = None) -> dict[str, Any]:
    """The problem details that a response must consist of."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    document: dict[str, Any] = response.get_json(force=True)
    assert document["status"] == status
    assert document["type"] == f"urn:motcua:problem:{document['code']}"
    assert document["title"]
    assert document["detail"].strip()
    assert code is None or document["code"] == code, document
    return document
