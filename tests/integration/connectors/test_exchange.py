"""Requests and answers over real HTTP, with software that is slow, fails, repeats itself and is
late: its own process."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from engine.model.connector import KeptConnector, Replies
from engine.model.request import RequestState
from engine.store import connectors
from engine.wallclock import wall_clock
from notifications.channels.connector import ConnectorCarrier
from notifications.dispatcher import DispatchReport, dispatch
from notifications.polling import Lookout, look_for_answers
from notifications.tick import tick
from tests.browser.house import SETTINGS, House, served
from tests.clock import FakeClock
from tests.connected import DONE, PERSON, REFUSED, Connected
from tests.databases import FURNISHED, SqliteSource

KEY = SETTINGS.secret_key
EXAMPLE = Path(__file__).parents[3] / "docs/examples/connector.py"


@dataclass
class Software:
    """The other side, as a test talks to it."""

    url: str

    def behaves(self, **mood: Any) -> None:
        """From now on, and otherwise well."""
        requests.put(f"{self.url}/dieu-khien", json=mood, timeout=10).raise_for_status()

    def answers(self, id_: str, answer: Any) -> Any:
        """It answers now; what it was told."""
        said = {"id": id_, "answer": answer}
        return requests.post(f"{self.url}/dieu-khien/tra-loi", json=said, timeout=10).json()

    @property
    def books(self) -> dict[str, Any]:
        """What it got and was told."""
        found: dict[str, Any] = requests.get(f"{self.url}/dieu-khien", timeout=10).json()
        return found


@contextmanager
def running(secret: str, answers_to: str) -> Iterator[Software]:
    """The simulator in a process of its own."""
    command = [sys.executable, "-m", "cli.simulators.connector", "0", secret, answers_to]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Software(process.stdout.readline().strip() if process.stdout else "")
        finally:
            process.terminate()


@dataclass
class Exchange:
    """Both sides and what is between them."""

    house: Connected
    software: Software
    clock: FakeClock
    site: str

    def dispatches(self) -> DispatchReport:
        """What is due leaves."""
        database = self.house.office.database
        return dispatch(database, self.clock, ConnectorCarrier(database, KEY))

    def looks(self) -> int:
        """Answers are looked for."""
        return look_for_answers(Lookout(self.house.office.database, self.clock, KEY))

    def polled(self) -> None:
        """The software cannot call: answers are to be looked for there."""
        with self.house.office.database.transaction() as tx:
            number = self.connector.id
            connectors.change(tx, number, replies=Replies.POLL)

    def moved(self, url: str) -> str:
        """The software is reached elsewhere; where it was before."""
        before = self.connector
        with self.house.office.database.transaction() as tx:
            connectors.change(tx, before.id, base_url=url)
        return before.base_url

    @property
    def connector(self) -> KeptConnector:
        """Of civil status."""
        with self.house.office.database.reading() as tx:
            found = connectors.of_agencies(tx, ["H40"])
        return next(each for each in found if each.name == "civil_status")


@pytest.fixture(scope="module")
def office(sqlite_source: SqliteSource) -> Iterator[tuple[House, FakeClock]]:
    clock = FakeClock(wall_clock())
    with sqlite_source.fresh(FURNISHED) as database, served(database, clock) as house:
        yield house, clock


@pytest.fixture(scope="module")
def both(office: tuple[House, FakeClock]) -> Iterator[Exchange]:
    site, clock = office
    house = Connected(site.office, clock, KEY)
    made = house.connect()
    house.connect("tax")
    where = f"{site.url}/api/v1/connectors/civil_status/answers"
    with running(made.secret(KEY), where) as software:
        with site.database.transaction() as tx:
            connectors.change(tx, made.id, base_url=software.url)
        yield Exchange(house, software, clock, site.url)


@pytest.fixture
def exchange(both: Exchange) -> Exchange:
    both.software.behaves()
    both.clock.set(wall_clock())
    with both.house.office.database.transaction() as tx:
        connectors.change(tx, both.connector.id, replies=Replies.CALLBACK)
    return both


def test_asking_and_being_called_back(exchange: Exchange) -> None:
    code = exchange.house.dossier().code
    assert exchange.dispatches().sent == 1
    got = exchange.software.books["got"][f"{code}.1"]
    assert (got["operation"], got["data"]) == ("register_birth", {"note": "Bé An"})
    assert exchange.software.answers(f"{code}.1", DONE)["body"] == {"result": "taken"}
    assert exchange.house.steps(code) == ["deliver"]


def test_what_fails_is_sent_again_and_nothing_is_lost(exchange: Exchange) -> None:
    code = exchange.house.dossier().code
    exchange.software.behaves(fail=[503, 500, 429])
    for _ in range(3):
        assert exchange.dispatches().postponed >= 1
        exchange.clock.advance(hours=2)
    assert exchange.dispatches().sent >= 1
    assert exchange.software.books["times"][f"{code}.1"] == 1


def test_what_is_refused_waits_for_a_person(exchange: Exchange) -> None:
    code = exchange.house.dossier().code
    exchange.software.behaves(fail=[400])
    assert exchange.dispatches().refused >= 1
    assert exchange.house.now(code).requests[1].waiting


def test_the_example_of_the_documentation_takes_part(exchange: Exchange) -> None:
    secret, site = exchange.connector.secret(KEY), exchange.site
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(EXAMPLE), str(port), secret, site]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as example:
        assert example.stdout
        assert example.stdout.readline() == "ready\n"
        url = exchange.moved(f"http://127.0.0.1:{port}")
        code = exchange.house.dossier().code
        exchange.dispatches()
        assert json.loads(example.stdout.readline()) == {"result": "taken"}
        example.terminate()
    exchange.moved(url)
    assert exchange.house.now(code).facts["ask"]["personal_id"] == PERSON["personal_id"]


def test_answering_twice_counts_once(exchange: Exchange) -> None:
    code = exchange.house.dossier().code
    exchange.dispatches()
    told = [exchange.software.answers(f"{code}.1", DONE)["body"]["result"] for _ in range(3)]
    assert told == ["taken", "repeated", "repeated"]
    told = exchange.software.answers(f"{code}.1", REFUSED)["body"]["result"]
    assert (told, exchange.house.steps(code)) == ("kept", ["deliver"])


def test_answering_late_is_kept(exchange: Exchange) -> None:
    code = exchange.house.dossier().code
    exchange.dispatches()
    exchange.clock.advance(days=5)
    tick(exchange.house.office.database, exchange.clock)
    exchange.clock.set(wall_clock())
    assert exchange.house.steps(code) == ["by_hand"]
    assert exchange.software.answers(f"{code}.1", DONE)["body"]["result"] == "kept"
    assert exchange.house.now(code).requests[1].answered_late


def test_software_that_cannot_call_is_looked_at_until_it_answers(exchange: Exchange) -> None:
    exchange.polled()
    code = exchange.house.dossier().code
    exchange.dispatches()
    assert exchange.looks() == 0
    exchange.clock.advance(minutes=2)
    assert exchange.looks() == 0
    exchange.software.behaves(answers=[DONE])
    assert exchange.looks() == 0
    exchange.clock.advance(minutes=4)
    assert exchange.looks() == 1
    assert exchange.house.now(code).facts["ask"]["personal_id"] == PERSON["personal_id"]
    exchange.clock.advance(hours=3)
    assert exchange.looks() == 0


def test_an_answer_that_makes_no_sense_is_noted_and_looked_for_again(exchange: Exchange) -> None:
    exchange.polled()
    code = exchange.house.dossier().code
    exchange.dispatches()
    exchange.software.behaves(answers=[{"outcome": "done", "answer": {"personal_id": "1"}}])
    exchange.clock.advance(minutes=2)
    assert exchange.looks() == 0
    exchange.software.behaves(answers=[DONE])
    exchange.clock.advance(minutes=10)
    assert exchange.looks() == 1
    assert exchange.house.now(code).requests[1].state is RequestState.ANSWERED


def test_when_it_is_not_there_others_are_not_kept_waiting(exchange: Exchange) -> None:
    first, second = exchange.house.dossier().code, exchange.house.dossier().code
    url = exchange.moved("http://127.0.0.1:1")
    report = exchange.dispatches()
    assert (report.postponed >= 1, report.deferred >= 1) == (True, True)
    exchange.moved(url)
    exchange.clock.advance(hours=2)
    exchange.dispatches()
    assert {f"{first}.1", f"{second}.1"} <= exchange.software.books["got"].keys()
