"""A dossier whose owner can be reached, and what leaves the house for it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from engine.commands.notices import Posting
from engine.model.channel import Channel
from engine.model.status import Channel as Counter
from engine.queries.dossiers import find
from engine.queries.notices import NoticeItem, notices_of
from engine.store.outbox_tables import message
from notifications.notices import post_ready
from tests.clock import FakeClock
from tests.office import Office
from tests.processes.walker import Walker
from tests.samples import shipped

PHONE, MAIL = "0912345678", "binh@example.vn"
BASE = "https://motcua.example.vn"
RECEIVED = "check_papers=accept digitise"
ISSUED = f"{RECEIVED} appraise=approve enter_register sign=approve seal"
ASKED = f"{RECEIVED} appraise=supplement send_supplement_request"
EVERY = frozenset({Channel.MAIL, Channel.SMS, Channel.ZALO})


def walked(office: Office, clock: FakeClock, way: str, **contact: str) -> Walker:
    """A birth registration at the counter, gone so far."""
    walker = Walker(office, clock, shipped("1_001193"), **contact)
    walker.walk(Counter.DIRECT, {}, way)
    return walker


def post(office: Office, clock: FakeClock, used: Iterable[Channel] = EVERY) -> list[Any]:
    """Let leave what is ready; the messages that are new."""
    with office.database.reading() as tx:
        before = set(tx.execute(select(message.c.id)).scalars())
    post_ready(office.database, clock, Posting(frozenset(used), BASE))
    query = select(message).where(message.c.user_id.is_(None)).order_by(message.c.id)
    with office.database.reading() as tx:
        return [row for row in tx.execute(query) if row.id not in before]


def told(walker: Walker) -> list[NoticeItem]:
    """What the page of the dossier says, the oldest first."""
    with walker.office.database.reading() as tx:
        found = find(tx, walker.dossier.code, walker.office.actor("reception1"))
        return notices_of(tx, found)[::-1]


def names(walker: Walker) -> list[tuple[str, str]]:
    """Of each notice what it tells, and what became of it."""
    return [(each.name, each.fate.value) for each in told(walker)]
