"""Nothing is lost and no order changes when dispatchers or the mail server are killed; what is
doubled shows it."""

from collections import defaultdict
from email.message import EmailMessage
from itertools import groupby
from pathlib import Path

import pytest

from engine.model.channel import Channel
from engine.store import messages
from engine.store.database import Database
from engine.store.messages import Draft
from engine.store.sending import LEASE
from notifications.dispatcher import DispatchReport, dispatch
from tests.clock import FakeClock
from tests.integration.messages.doomed import begun, let_go
from tests.integration.messages.outbox import LETTER, fill, post
from tests.integration.messages.people import rows
from tests.smtp import Mailroom, read, serving, text_of

LANES, IN_EACH = 6, 5


def fill_lanes(database: Database, clock: FakeClock) -> None:
    """Messages `1` to `5` to each of `a@…`, `b@…` …, in the order in which they were caused."""
    with database.transaction() as tx:
        for number in range(1, IN_EACH + 1):
            for lane in "abcdef"[:LANES]:
                to = f"{lane}@xa.example.vn"
                draft = Draft(f"{lane}:{number}", Channel.MAIL, to, LETTER, str(number), lane=lane)
                messages.enqueue(tx, [draft], clock())


def arrived(mails: list[EmailMessage]) -> dict[str, list[str]]:
    """What each was told, in order; the same thing told again right away counts once."""
    told = defaultdict(list)
    for mail in mails:
        to = mail["To"].addresses[0]
        told[to.addr_spec].append(to.display_name)
    return {address: [number for number, _ in groupby(said)] for address, said in told.items()}


@pytest.mark.parametrize("last", [1, 8, 20])
def test_dispatchers_of_which_one_is_killed(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int, last: int
) -> None:
    fill_lanes(database, clock)
    url = database.engine.url.render_as_string(hide_password=False)
    words = "dispatcher", url, str(port), clock().isoformat(), "4"
    with begun(*words) as doomed, begun(*words) as other:

        def kill(number: int) -> None:
            if number == last:
                doomed.kill()

        mailroom.before_answering = kill
        let_go(doomed)
        let_go(other)
        assert other.wait() == 0
    clock.advance(LEASE)
    dispatch(database, clock, post(port))
    assert all(row["sent_at"] for row in rows(database))
    assert arrived(mailroom.mails) == {
        f"{lane}@xa.example.vn": [str(number) for number in range(1, IN_EACH + 1)]
        for lane in "abcdef"[:LANES]
    }


def test_a_server_killed_before_it_answers(
    database: Database, clock: FakeClock, port: int, tmp_path: Path
) -> None:
    fill(database, 2, clock())
    file = tmp_path / "first.eml"
    with begun("server", str(port), str(file)):
        report = dispatch(database, clock, post(port))
    assert (report.sent, report.postponed, report.unreachable) == (0, 1, 1)
    clock.advance(minutes=2)
    room = Mailroom()
    with serving(room, port):
        assert dispatch(database, clock, post(port)) == DispatchReport(sent=2)
    taken = read(file.read_bytes())
    (again,) = [mail for mail in room.mails if mail["Message-ID"] == taken["Message-ID"]]
    assert text_of(again) == text_of(taken)
    assert again["To"] == taken["To"]
