"""How quickly the outbox empties: real mail to a real server, beside the same sends alone.

The other side is a process of its own. The floor sends the same mails with the same carrier, as
many over one connection, in one thread, and knows nothing of a database.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from itertools import islice

from cli.bench.databases import Ground
from cli.bench.result import Result
from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store import messages
from engine.store.database import Database
from engine.store.messages import Draft
from engine.store.sending import LEASE, Claimed
from engine.wallclock import Clock
from notifications.channels.mail import Letterhead, MailCarrier
from notifications.channels.smtp import Server, Tls
from notifications.dispatcher import BATCH, dispatch

_TEXT = "Kính gửi ông/bà,\n\nHồ sơ của ông/bà đã có kết quả. Xin mời đến nhận.\n" * 5
LETTER = Letter("Đã có kết quả: hồ sơ H40.30.01-260706-0001", _TEXT, "/tra-cuu")
_HEAD = Letterhead(Address("Một cửa", addr_spec="motcua@xa.example.vn"))


def draining(ground: Ground, clock: Clock, count: int) -> Iterator[Result]:
    """So many messages, dispatched by one process, per message."""
    with ground.another("draining") as database, _sink() as carrier:
        _fill(database, clock(), count)
        half = max(1, count // 2)
        before = _bare(carrier, clock(), half)
        began = time.perf_counter()
        sent = dispatch(database, clock, carrier).sent
        whole = time.perf_counter() - began
        # Half of it afterwards: what else the machine does falls on both alike.
        bare = (before + _bare(carrier, clock(), half)) / (2 * half) * count
    if sent != count:
        raise RuntimeError(f"only {sent:,} of {count:,} messages were sent")
    yield Result(
        f"drain a message by mail ({count:,}, {count / whole:,.0f}/s)",
        whole / count * 1_000,
        f"the same sends alone ({count / bare:,.0f}/s)",
        bare / count * 1_000,
    )


@contextmanager
def _sink() -> Iterator[MailCarrier]:
    command = [sys.executable, "-m", "cli.bench.sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            yield MailCarrier(Server("127.0.0.1", port, Tls.NONE), _HEAD)
        finally:
            process.kill()


def _bare(carrier: MailCarrier, now: datetime, count: int) -> float:
    """Seconds for the sends alone."""
    waiting = iter([_message(number, now) for number in range(count)])
    began = time.perf_counter()
    while batch := list(islice(waiting, BATCH)):
        with carrier.session() as session:
            for message in batch:
                session.send(message, now)
    return time.perf_counter() - began


def _message(number: int, now: datetime) -> Claimed:
    return Claimed(
        id=number,
        key=f"bench:{number}",
        channel=Channel.MAIL,
        lane=None,
        user_id=None,
        dossier_id=None,
        name="Nguyễn Văn Ân",
        address=f"{number}@xa.example.vn",
        letter=LETTER,
        fence=1,
        attempts=0,
        lease_until=now + LEASE,
    )


def _fill(database: Database, now: datetime, count: int) -> None:
    drafts = (
        Draft(f"bench:{n}", Channel.MAIL, f"{n}@xa.example.vn", LETTER, "Nguyễn Văn Ân")
        for n in range(count)
    )
    with database.transaction() as tx:
        messages.enqueue(tx, drafts, now)
