"""What follows when a webhook was delivered, or could not be."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from engine.errors.webhooks import SubscriptionUnknown
from engine.model.channel import Channel
from engine.model.circuit import pause
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.model.subscription import GONE, Subscription
from engine.store import office_log, subscriptions
from engine.store.deliveries import Delivery, Ending

BY_ITSELF = "0"
"""Actor in the log of what no person did."""


def subscriber_answered(tx: Connection, delivery: Delivery, now: datetime) -> None:
    """Note what a subscriber said last; leave it alone after a failure, and for good if it is
    gone."""
    try:
        to = subscriptions.get(tx, int(delivery.message.address), lock=True)
    except SubscriptionUnknown:
        return
    said = (delivery.said or "")[:500]
    if delivery.ending is Ending.DEAD and said.startswith(GONE):
        subscriptions.change(tx, to.id, said=said, said_at=now)
        end(tx, to, BY_ITSELF, now)
        return
    failures, retry_at = 0, None
    if delivery.ending is not Ending.SENT:
        failures = to.failures + 1
        retry_at = now + pause(Channel.WEBHOOK, failures, timedelta(0), now)
    subscriptions.change(
        tx, to.id, failures=failures, retry_at=retry_at, said=said or None, said_at=now
    )


def end(tx: Connection, to: Subscription, by: str, now: datetime) -> None:
    """Tell a subscriber nothing any more, not even what waits for it."""
    subscriptions.change(tx, to.id, ended_at=now)
    subscriptions.withdraw(tx, to.id, now)
    event = OfficeEvent(
        OfficeEventType.WEBHOOK_ENDED, to.agency, f"webhook:{to.id}", {"name": to.name}
    )
    office_log.record(tx, event, by, now)
