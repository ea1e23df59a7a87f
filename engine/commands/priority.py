"""Dossiers go before others, and wait their turn again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType


@dataclass(frozen=True)
class PrioritiseDossier:
    """Let a dossier go before others, for a reason of the rulebook."""

    target: Target
    reason: str
    note: str | None = None


@dataclass(frozen=True)
class WithdrawPriority:
    """Let a dossier wait its turn again."""

    target: Target
    note: str | None = None


def prioritise_dossier(
    tx: Connection, command: PrioritiseDossier, actor: Actor, now: datetime
) -> Dossier:
    """From now on the dossier's tasks come first; saying so again changes the reason."""
    act = priority_act({"reason": command.reason, "note": command.note}, actor, now)
    check = require(actor, Permission.DOSSIER_PRIORITISE, "ưu tiên hồ sơ này")
    return act_on(tx, command.target, act, check)


def withdraw_priority(
    tx: Connection, command: WithdrawPriority, actor: Actor, now: datetime
) -> Dossier:
    """The dossier's tasks are ordered by their due moments again."""
    act = act_of(actor, EventType.PRIORITY_WITHDRAWN, now, {}, {"note": command.note})
    check = require(actor, Permission.DOSSIER_PRIORITISE, "thôi ưu tiên hồ sơ này")
    return act_on(tx, command.target, act, check)


def priority_act(said: Mapping[str, Any], actor: Actor, now: datetime) -> Act:
    """The act of giving priority for a `reason`, with a `note`."""
    data, payload = {"reason": said["reason"]}, {"note": said.get("note")}
    return act_of(actor, EventType.DOSSIER_PRIORITISED, now, data, payload)
