"""Administrators and auditors are warned when anchors wait."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.letters.anchors import anchors_wait
from engine.model.channel import Channel
from engine.store import messages, recipients
from engine.store.anchor_troubles import troubles
from engine.store.messages import Draft


def warn_of_waiting_anchors(tx: Connection, now: datetime) -> int:
    """Write to the administrators and auditors at the top of the house, once a day for each thing
    that does not work; returns of how many things."""
    found = troubles(tx)
    if found:
        messages.enqueue(tx, _drafts(tx, now), now)
    return len(found)


def _drafts(tx: Connection, now: datetime) -> Iterator[Draft]:
    for trouble in troubles(tx):
        for one in recipients.head_guardians(tx):
            if one.email:
                told = anchors_wait(one.full_name, trouble.name, trouble.since, trouble.reason)
                yield Draft(
                    key=f"anchors:{trouble.what}:{local(now):%Y-%m-%d}:{one.id}",
                    channel=Channel.MAIL,
                    address=one.email,
                    letter=told,
                    name=one.full_name,
                    user_id=one.id,
                )
