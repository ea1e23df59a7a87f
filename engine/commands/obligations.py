"""Obligations that people set by another agency's notice, correct, cancel or defer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Check, Target, act_of, act_on, require
from engine.life.moments import text
from engine.life.obligations import obligation_in
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.obligation import Item, Notice, ObligationKind
from engine.store import dossiers


@dataclass(frozen=True)
class SetObligation:
    """A financial obligation that another agency's notice sets; `due_at` is until when it is to
    be paid."""

    target: Target
    items: Sequence[Item]
    notice: Notice
    due_at: datetime
    ground: str


@dataclass(frozen=True)
class CorrectObligation:
    """An obligation comes to something else, on what legal ground and why; without a new notice
    and due date those it has stay."""

    target: Target
    obligation: int
    items: Sequence[Item]
    ground: str
    reason: str
    notice: Notice | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class CancelObligation:
    """An obligation should not have been."""

    target: Target
    obligation: int
    reason: str


@dataclass(frozen=True)
class DeferObligation:
    """Leave to pay later, on what legal ground, until when (None: not said)."""

    target: Target
    obligation: int
    ground: str
    until: date | None = None


def set_obligation(tx: Connection, command: SetObligation, actor: Actor, now: datetime) -> Dossier:
    """Record what another agency wants to be paid; the dossier rests until it is."""
    dossier = dossiers.lock(tx, command.target.code).dossier
    number = len(dossier.obligations) + 1
    data = {"obligation": number, **_said(command)}
    act = act_of(actor, EventType.OBLIGATION_SET, now, data)
    check = require(actor, Permission.OBLIGATION_SET, "ghi nghĩa vụ tài chính của hồ sơ này")
    return act_on(tx, command.target, act, check)


def correct_obligation(
    tx: Connection, command: CorrectObligation, actor: Actor, now: datetime
) -> Dossier:
    """Put a wrong amount right; money that is then too much is to be refunded."""
    data = {"obligation": command.obligation, **_said(command)}
    act = act_of(actor, EventType.OBLIGATION_CORRECTED, now, data, {"reason": command.reason})
    return act_on(tx, command.target, act, _require_deciding(actor, command.obligation))


def cancel_obligation(
    tx: Connection, command: CancelObligation, actor: Actor, now: datetime
) -> Dossier:
    """Take an obligation back; all that was paid for it is to be refunded."""
    data, said = {"obligation": command.obligation}, {"reason": command.reason}
    act = act_of(actor, EventType.OBLIGATION_CANCELLED, now, data, said)
    return act_on(tx, command.target, act, _require_deciding(actor, command.obligation))


def defer_obligation(
    tx: Connection, command: DeferObligation, actor: Actor, now: datetime
) -> Dossier:
    """Let the citizen pay later; the dossier goes on."""
    data = {
        "obligation": command.obligation,
        "ground": command.ground,
        "until": command.until and command.until.isoformat(),
    }
    act = act_of(actor, EventType.OBLIGATION_DEFERRED, now, data)
    return act_on(tx, command.target, act, _require_deciding(actor, command.obligation))


def _require_deciding(actor: Actor, number: int) -> Check:
    """What a notice set is put right by whoever may set it; what a table set, by a leader."""

    def check(dossier: Dossier) -> int | None:
        kinds = {o.number: o.kind for o in dossier.obligations.values()}
        noticed = kinds.get(number) is ObligationKind.FINANCIAL_OBLIGATION
        permission = Permission.OBLIGATION_SET if noticed else Permission.FEE_DECIDE
        absent = require(actor, permission, "sửa khoản phải nộp của hồ sơ này")(dossier)
        obligation_in(dossier, number)
        return absent

    return check


def _said(command: SetObligation | CorrectObligation) -> dict[str, Any]:
    notice = command.notice
    return {
        "items": [asdict(item) for item in command.items],
        "ground": command.ground,
        "due_at": text(command.due_at) if command.due_at else None,
        "notice": {**asdict(notice), "issued_on": notice.issued_on.isoformat()} if notice else None,
    }
