"""A channel whose other side is slow delays no other."""

import time
from collections.abc import Callable
from threading import Event

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store import messages
from engine.store.database import Database
from engine.store.messages import Draft
from notifications.channels.carrier import Carrier
from notifications.channels.sms import SmsCarrier
from notifications.dispatcher import Dispatcher
from tests.clock import FakeClock
from tests.gateway import Asked, Reply, gateway
from tests.integration.messages.outbox import fill, post
from tests.integration.messages.people import rows
from tests.smtp import Mailroom

PATIENCE_SECONDS = 60.0
COUNT = 20


def test_the_quick_one_is_done_while_the_slow_one_holds_its_first(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, COUNT, clock())
    texts = [
        Draft(f"s:{number}", Channel.SMS, "0912345678", Letter("x", "x", "")) for number in range(3)
    ]
    with database.transaction() as tx:
        messages.enqueue(tx, texts, clock())
    held, going_on = Event(), Event()

    def hold(asked: Asked) -> Reply:
        held.set()
        going_on.wait(PATIENCE_SECONDS)
        return Reply()

    with gateway() as slow:
        slow.reply = hold
        carriers: list[Carrier] = [SmsCarrier(slow.url, "x", "x"), post(port)]
        dispatcher = Dispatcher(database, clock, carriers, interval=0.1)
        dispatcher.start()
        assert held.wait(PATIENCE_SECONDS)
        _until(lambda: len(_sent(database)) == COUNT)
        assert {row["channel"] for row in _sent(database)} == {"mail"}
        assert len(slow.asked) == 1
        going_on.set()
        _until(lambda: len(_sent(database)) == COUNT + 3)
        dispatcher.stop()


def _sent(database: Database) -> list[dict[str, object]]:
    return [row for row in rows(database) if row["sent_at"]]


def _until(it_is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not it_is_so():
        assert time.monotonic() < end, "nothing is sent"
        time.sleep(0.05)
