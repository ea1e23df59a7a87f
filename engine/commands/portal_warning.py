"""Administrators are warned when the national portal has not taken anything for long."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.letters.portal import portal_is_late
from engine.model.channel import Channel
from engine.store import messages, portal_syncs, recipients
from engine.store.messages import Draft


def warn_of_late_portal(tx: Connection, hours: int, now: datetime) -> None:
    """Write to the administrators at the top of the house, once a day, if something has been
    waiting for longer than so many hours."""
    oldest = portal_syncs.oldest_waiting(tx)
    if oldest is not None and now - oldest > timedelta(hours=hours):
        messages.enqueue(tx, _drafts(tx, oldest, hours, now), now)


def _drafts(tx: Connection, oldest: datetime, hours: int, now: datetime) -> Iterator[Draft]:
    for one in recipients.head_administrators(tx):
        if one.email:
            yield Draft(
                key=f"portal-late:{local(now):%Y-%m-%d}:{one.id}",
                channel=Channel.MAIL,
                address=one.email,
                letter=portal_is_late(one.full_name, oldest, hours),
                name=one.full_name,
                user_id=one.id,
            )
