"""Nothing is lost when a dispatcher or the mail server is killed; what is doubled shows it."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from engine.store.database import Database
from engine.store.messages import LEASE
from notifications.dispatcher import DispatchReport, dispatch
from tests.clock import FakeClock
from tests.integration.messages.outbox import fill, post
from tests.integration.messages.people import rows
from tests.smtp import Mailroom, read, serving, text_of

COUNT = 9
SENT = 4


def doomed(*words: str) -> subprocess.Popen[str]:
    """A process that will not live long."""
    command = [sys.executable, "-m", "tests.integration.messages.doomed", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_dispatcher_killed_in_mid_batch(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int, where: str
) -> None:
    fill(database, COUNT, clock())
    url = database.engine.url.render_as_string(hide_password=False)
    with doomed("dispatcher", url, str(port), clock().isoformat(), str(SENT), where) as process:
        process.kill()
    assert len(mailroom.mails) == SENT + (where == "after")
    assert dispatch(database, clock, post(port)) == DispatchReport()
    clock.advance(LEASE)
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=COUNT - SENT)
    times = Counter(mail["Message-ID"] for mail in mailroom.mails)
    assert sorted(times.values()) == [1] * (COUNT - 1) + [1 + (where == "after")]
    assert all(row["sent_at"] for row in rows(database))


def test_a_server_killed_before_it_answers(
    database: Database, clock: FakeClock, port: int, tmp_path: Path
) -> None:
    fill(database, 2, clock())
    file = tmp_path / "first.eml"
    with doomed("server", str(port), str(file)):
        assert dispatch(database, clock, post(port)) == DispatchReport(postponed=2)
    clock.advance(minutes=2)
    room = Mailroom()
    with serving(room, port):
        assert dispatch(database, clock, post(port)) == DispatchReport(sent=2)
    taken = read(file.read_bytes())
    (again,) = [mail for mail in room.mails if mail["Message-ID"] == taken["Message-ID"]]
    assert text_of(again) == text_of(taken)
    assert again["To"] == taken["To"]
