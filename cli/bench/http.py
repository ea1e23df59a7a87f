"""A real server in a process of its own, and a client that keeps its connection."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from api.web import session
from bpmn.roles import Role
from cli.bench.subjects import TOKEN
from engine.settings import Settings

START_SECONDS = 30


class Client:
    """Requests over one kept connection; `elapsed` is the time of the last, in seconds."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.elapsed = 0.0

    def rest(self) -> None:
        """Give the connection up; the next request opens another, outside of its time."""
        self._connection.close()

    def get(self, path: str, role: Role) -> Any:
        """The JSON answer to a GET."""
        return self._request("GET", path, role, None)

    def post(self, path: str, role: Role, body: dict[str, Any]) -> Any:
        """The JSON answer to a POST."""
        return self._request("POST", path, role, json.dumps(body).encode())

    def page(self, path: str, role: Role) -> bytes:
        """A page as a browser gets it."""
        return self._send("GET", path, None, {"Cookie": _signed_in(TOKEN.format(role=role))})

    def _request(self, method: str, path: str, role: Role, body: bytes | None) -> Any:
        headers = {
            "Authorization": f"Bearer {TOKEN.format(role=role)}",
            "Content-Type": "application/json",
        }
        return json.loads(self._send(method, path, body, headers))

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        if self._connection.sock is None:
            self._connection.connect()
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        self.elapsed = time.perf_counter() - began
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {content.decode()}")
        return content


@cache
def _signed_in(secret: str) -> str:
    """The cookie of a browser that is known by a secret."""
    app = Flask(__name__)
    app.secret_key = Settings.from_environment().secret_key
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("no secret key")
    return f"{session.COOKIE}={signer.dumps({'_permanent': True, 'secret': secret})}"


@contextmanager
def server(database_url: str) -> Iterator[Client]:
    """Run `motcua serve` on a free port until the block ends."""
    port = _free_port()
    environment = {
        **os.environ,
        "MOTCUA_DATABASE_URL": database_url,
        "MOTCUA_HOST": "127.0.0.1",
        "MOTCUA_PORT": str(port),
        "MOTCUA_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "cli", "serve"]
    process = subprocess.Popen(command, env=environment)  # noqa: S603
    try:
        _wait(port, process)
        client = Client(port)
        try:
            yield client
        finally:
            client.rest()
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            raise RuntimeError("the server stopped by itself")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer")
