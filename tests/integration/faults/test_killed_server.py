"""`kill -9` of the server under load: nothing acknowledged is lost, nothing is done twice."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests
from sqlalchemy import select

from bpmn.procedure import PROCESSES, SHARED
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.status import Channel
from engine.store.database import Database
from engine.store.tables import dossier as dossier_table
from engine.store.tables import event
from engine.verification import verify_dossier
from engine.wallclock import wall_clock
from tests.office import COMMUNE_1, Office

BIRTH = "1.001193"
DOSSIERS = 120
WORKERS = 4
ENOUGH_ACKNOWLEDGED = 25


@dataclass
class Load:
    """Completions asked for: each dossier's first task after receipt, each with its own key."""

    url: str
    token: str
    form: dict[str, object]
    waiting: list[Dossier]
    keys: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = {dossier.code: str(uuid.uuid4()) for dossier in self.waiting}

    def run(self) -> None:
        """Send one request after the other until there are none, or the server is gone."""
        with requests.Session() as session:
            while self.waiting:
                dossier = self.waiting.pop()
                try:
                    status = self.complete(session, dossier)
                except requests.RequestException:
                    return
                assert status == 200
                self.acknowledged.add(dossier.code)

    def complete(self, session: requests.Session, dossier: Dossier) -> int:
        """Complete the one open task of a dossier; the status of the answer."""
        place = next(iter(dossier.tasks))
        answer = session.post(
            f"{self.url}/api/v1/dossiers/{dossier.code}/tasks/{place}/complete",
            json={"form": self.form},
            headers={
                "Authorization": f"Bearer {self.token}",
                "Idempotency-Key": self.keys[dossier.code],
            },
            timeout=60,
        )
        return answer.status_code


def test_a_server_killed_under_load_loses_and_doubles_nothing(office: Office) -> None:
    database = office.database
    samples = _samples()
    dossiers = [_received(office, samples) for _ in range(DOSSIERS)]
    load = Load("", Office.token("reception1"), samples["digitise"], list(dossiers))

    with _server(database) as (url, process):
        load.url = url
        workers = [threading.Thread(target=load.run) for _ in range(WORKERS)]
        for worker in workers:
            worker.start()
        _wait_until(lambda: len(load.acknowledged) >= ENOUGH_ACKNOWLEDGED)
        os.killpg(process.pid, signal.SIGKILL)
        for worker in workers:
            worker.join()
    assert len(load.acknowledged) < DOSSIERS, "the server was killed too late to prove anything"
    assert load.acknowledged <= _completed(database).keys()

    with _server(database) as (url, _process), requests.Session() as session:
        load.url = url
        for dossier in dossiers:
            assert load.complete(session, dossier) == 200

    assert _completed(database) == dict.fromkeys(load.keys, 1)
    with database.reading() as tx:
        assert [verify_dossier(tx, dossier.code) for dossier in dossiers] == [None] * DOSSIERS


def _samples() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for folder in (SHARED, PROCESSES / BIRTH.replace(".", "_")):
        found |= json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    return found


def _received(office: Office, samples: dict[str, dict[str, object]]) -> Dossier:
    command = SubmitDossier(
        procedure=BIRTH,
        channel=Channel.DIRECT,
        receiving_agency=COMMUNE_1,
        owner={"name": "Nguyễn Văn Bình"},
        application=samples["application"],
        intake=samples["check_papers"],
    )
    with office.database.transaction() as tx:
        return submit_dossier(tx, command, office.actor("reception1"), wall_clock())


def _completed(database: Database) -> dict[str, int]:
    """How often the digitisation of each dossier was completed, by code."""
    query = (
        select(dossier_table.c.code, event.c.data)
        .join(event, event.c.dossier_id == dossier_table.c.id)
        .where(event.c.type == EventType.TASK_COMPLETED)
    )
    with database.reading() as tx:
        rows = tx.execute(query).all()
    return dict(Counter(row.code for row in rows if row.data.get("decision") is None))


@contextmanager
def _server(database: Database) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`motcua serve` in a process group of its own, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "MOTCUA_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "MOTCUA_PORT": str(port),
        "MOTCUA_LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "serve"], env=environment, start_new_session=True
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until(lambda: _answers(url))
        yield url, process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=1).ok
    except requests.RequestException:
        return False


def _wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise TimeoutError
