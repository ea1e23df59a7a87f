"""Channels by which messages leave: whether they are open, and what waits or was given up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, has
from engine.model.channel import CHANNEL_NAMES, Channel
from engine.model.circuit import CIRCUIT_NAMES, CircuitState
from engine.store import breakers
from engine.store.messages import State, in_state
from engine.store.outbox_tables import message as table


@dataclass(frozen=True)
class ChannelItem:
    """How a channel stands, for the whole house."""

    channel: Channel
    name: str
    state: CircuitState
    state_name: str
    retry_at: datetime | None
    last_error: str | None
    changed_at: datetime | None
    due: int
    oldest_due: datetime | None
    failed: int


def list_channels(tx: Connection, actor: Actor, now: datetime) -> list[ChannelItem]:
    """Every channel; raises `NotPermitted`."""
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="xem các kênh gửi tin")
    return channels(tx, now)


def channels(tx: Connection, now: datetime) -> list[ChannelItem]:
    """Read from indexes: costs what is due or given up, not what was sent."""
    due = {
        row.channel: row
        for row in tx.execute(
            select(
                table.c.channel,
                func.count().label("number"),
                func.min(table.c.next_attempt_at).label("oldest"),
            )
            .where(table.c.next_attempt_at <= now)
            .group_by(table.c.channel)
        )
    }
    given_up = select(table.c.channel, func.count()).where(in_state(State.FAILED))
    failed = {row[0]: row[1] for row in tx.execute(given_up.group_by(table.c.channel))}
    found = []
    for channel, circuit in breakers.circuits(tx).items():
        state, waits = circuit.state(now), due.get(channel.value)
        found.append(
            ChannelItem(
                channel=channel,
                name=CHANNEL_NAMES[channel],
                state=state,
                state_name=CIRCUIT_NAMES[state],
                retry_at=circuit.retry_at,
                last_error=circuit.last_error,
                changed_at=circuit.changed_at,
                due=waits.number if waits else 0,
                oldest_due=waits.oldest if waits else None,
                failed=failed.get(channel.value, 0),
            )
        )
    return found
