"""Webhooks as those who administer them see them, without their secrets."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from engine.errors import NotPermitted
from engine.errors.webhooks import SubscriptionUnknown
from engine.model.actor import Actor, Permission, granted
from engine.model.subscription import Subscription
from engine.queries.agencies import names_of
from engine.queries.paging import Page, Slice, page
from engine.store import subscriptions
from engine.store.webhook_tables import subscription as table


class WebhookState(StrEnum):
    """How a webhook stands. FAILING: what was sent last was not taken."""

    ACTIVE = "active"
    FAILING = "failing"
    PAUSED = "paused"
    ENDED = "ended"


WEBHOOK_STATE_NAMES = {
    WebhookState.ACTIVE: "Đang dùng",
    WebhookState.FAILING: "Bên nhận không nhận được",
    WebhookState.PAUSED: "Tạm dừng",
    WebhookState.ENDED: "Đã bỏ",
}


@dataclass(frozen=True)
class WebhookItem:
    """A webhook; `said` is what its server answered last, at `said_at`."""

    id: int
    agency: str
    agency_name: str
    name: str
    url: str
    events: tuple[str, ...]
    state: WebhookState
    state_name: str
    secret_changed_at: datetime
    created_at: datetime
    paused_at: datetime | None
    ended_at: datetime | None
    failures: int
    retry_at: datetime | None
    said: str | None
    said_at: datetime | None


def list_webhooks(
    tx: Connection, wanted: Slice, agency: str | None, actor: Actor
) -> Page[WebhookItem]:
    """Webhooks of agencies that the actor administers, the last registered first.

    Raises `NotPermitted`.
    """
    reached = _administered(actor)
    if not reached:
        raise NotPermitted(what="xem webhook của cơ quan")
    codes = reached if agency is None else reached & {agency}
    query = select(table).where(table.c.agency.in_(codes)).order_by(table.c.id.desc())
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    names = names_of(tx, {row.agency for row in rows})
    return page(
        rows, wanted, lambda row: _item(subscriptions.read(row), names), lambda row: (row.id,)
    )


def webhook(tx: Connection, number: int, actor: Actor) -> WebhookItem:
    """One webhook that the actor administers; raises `SubscriptionUnknown`."""
    found = subscriptions.get(tx, number)
    if found.agency not in _administered(actor):
        raise SubscriptionUnknown(webhook=number)
    return _item(found, names_of(tx, {found.agency}))


def _administered(actor: Actor) -> frozenset[str]:
    given = granted(actor, Permission.WEBHOOK_MANAGE)
    return frozenset(code for each, reach in given for code in each.reached(reach))


def _item(found: Subscription, names: dict[str, str]) -> WebhookItem:
    state = _state(found)
    kept = {name: value for name, value in vars(found).items() if name not in _HIDDEN}
    return WebhookItem(
        **kept,
        agency_name=names[found.agency],
        state=state,
        state_name=WEBHOOK_STATE_NAMES[state],
    )


_HIDDEN = frozenset({"secret_number", "created_by"})


def _state(found: Subscription) -> WebhookState:
    if found.ended_at is not None:
        return WebhookState.ENDED
    if found.paused_at is not None:
        return WebhookState.PAUSED
    return WebhookState.FAILING if found.failures else WebhookState.ACTIVE
