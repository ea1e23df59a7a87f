"""What follows when a request was delivered: where the other side does not call, we look there."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from engine.model.connector import Replies
from engine.store import connectors, requests
from engine.store.deliveries import Delivery, Ending

FIRST_LOOK = timedelta(minutes=1)
"""After a request was delivered."""


def after_delivery(tx: Connection, delivery: Delivery, now: datetime) -> None:
    """Note that a request is there, and begin to look for the answer to what was asked."""
    asked = requests.of_message(tx, delivery.message.key)
    if asked is None or delivery.ending is not Ending.SENT:
        return
    requests.note_sent(tx, asked, now)
    if not asked.waiting:
        return
    connector = connectors.serving(tx, asked.connector, asked.agency)
    if connector and connector.replies is Replies.POLL:
        requests.poll_at(tx, asked.dossier_id, asked.number, now + FIRST_LOOK)
