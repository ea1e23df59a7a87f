"""What happens to a dossier beside its tasks: news it waits for, ways out, timers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Act, EventType
from engine.store import timers


@dataclass(frozen=True)
class BringNews:
    """What a dossier waited for: `details` become facts that its conditions can read."""

    target: Target
    details: Mapping[str, Any]


@dataclass(frozen=True)
class EndDossier:
    """Take a dossier out of its way, with the reason."""

    target: Target
    reason: str


def receive_supplement(tx: Connection, command: BringNews, actor: Actor, now: datetime) -> Dossier:
    """The papers that were asked for have come."""
    act = act_of(actor, EventType.SUPPLEMENT_RECEIVED, now, {}, command.details)
    check = require(actor, Permission.SUPPLEMENT_RECEIVE, "tiếp nhận bổ sung của hồ sơ này")
    return act_on(tx, command.target, act, check)


def confirm_obligation(tx: Connection, command: BringNews, actor: Actor, now: datetime) -> Dossier:
    """The citizen has met the financial obligation that another agency set."""
    act = act_of(actor, EventType.OBLIGATION_FULFILLED, now, {}, command.details)
    check = require(
        actor, Permission.OBLIGATION_CONFIRM, "xác nhận nghĩa vụ tài chính của hồ sơ này"
    )
    return act_on(tx, command.target, act, check)


def withdraw_dossier(tx: Connection, command: EndDossier, actor: Actor, now: datetime) -> Dossier:
    """The citizen takes the application back, before there is a result."""
    act = act_of(actor, EventType.WITHDRAWAL_REQUESTED, now, {}, {"reason": command.reason})
    return act_on(
        tx, command.target, act, require(actor, Permission.DOSSIER_WITHDRAW, "rút hồ sơ này")
    )


def discontinue_dossier(
    tx: Connection, command: EndDossier, actor: Actor, now: datetime
) -> Dossier:
    """The agency stops processing, before there is a result."""
    act = act_of(actor, EventType.DISCONTINUATION_DECIDED, now, {}, {"reason": command.reason})
    check = require(actor, Permission.DOSSIER_DISCONTINUE, "dừng xử lý hồ sơ này")
    return act_on(tx, command.target, act, check)


def fire_timer(tx: Connection, due: timers.DueTimer, now: datetime) -> Dossier | None:
    """Let a claimed timer's moment happen; None when the claim no longer holds.

    It never happens before that moment: a clock may have been put back since the claim.
    """

    def check(dossier: Dossier) -> None:
        if not timers.still_mine(tx, due):
            raise _ClaimLost

    at = max(now, due.due_at)
    act = Act(EventType.TIMER_FIRED, SYSTEM, at, {"kind": due.kind.value, "place": due.place})
    try:
        return act_on(tx, Target(due.code), act, check)
    except _ClaimLost:
        return None


class _ClaimLost(Exception):
    pass
