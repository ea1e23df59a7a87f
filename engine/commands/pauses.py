"""Pauses that people order, or ask those to order who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bpmn.roles import ROLE_NAMES
from engine.commands.acting import Check, Target, act_of, act_on, require, require_outage
from engine.errors.time import NoPauseRequested, PauseNeedsApproval
from engine.life.moments import text
from engine.life.rulebook import PauseReason
from engine.model.actor import Actor, Permission, held, on_behalf_of
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.store import definitions, dossiers


@dataclass(frozen=True)
class PauseDossier:
    """Stop work for a reason of the rulebook; `until` is when it should go on, `evidence` what
    the pause is based on: {document, date} or {outage}."""

    target: Target
    reason: str
    note: str | None = None
    until: datetime | None = None
    evidence: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class OnPause:
    """Resume a dossier, or decide on the pause that was asked for."""

    target: Target
    note: str | None = None


def pause_dossier(tx: Connection, command: PauseDossier, actor: Actor, now: datetime) -> Dossier:
    """Stop all work on a dossier, and its clocks as the reason's policy says."""
    require_outage(tx, command.evidence)
    act = _pausing(command, EventType.DOSSIER_PAUSED, actor, now)
    return act_on(tx, command.target, act, _require_orderer(tx, actor, command.reason))


def ask_for_pause(tx: Connection, command: PauseDossier, actor: Actor, now: datetime) -> Dossier:
    """Ask those who may order it for a pause; nothing halts until they do."""
    require_outage(tx, command.evidence)
    act = _pausing(command, EventType.PAUSE_REQUESTED, actor, now)
    return act_on(tx, command.target, act, _require_pauser(actor))


def grant_pause(tx: Connection, command: OnPause, actor: Actor, now: datetime) -> Dossier:
    """Order the pause that was asked for, on the terms it was asked for."""
    dossier = dossiers.lock(tx, command.target.code).dossier
    _require_pauser(actor)(dossier)
    request = dossier.pause_request
    if request is None:
        raise NoPauseRequested(code=dossier.code)
    asked = PauseDossier(
        command.target, request.reason, command.note, request.until, request.evidence
    )
    return pause_dossier(tx, asked, actor, now)


def decline_pause(tx: Connection, command: OnPause, actor: Actor, now: datetime) -> Dossier:
    """Say no to the pause that was asked for."""
    request = dossiers.lock(tx, command.target.code).dossier.pause_request
    reason = request.reason if request else None
    act = act_of(actor, EventType.PAUSE_DECLINED, now, {}, {"note": command.note})
    return act_on(tx, command.target, act, _require_orderer(tx, actor, reason))


def resume_dossier(tx: Connection, command: OnPause, actor: Actor, now: datetime) -> Dossier:
    """Let a paused dossier go on with the working time it had left."""
    act = act_of(actor, EventType.DOSSIER_RESUMED, now, {}, {"note": command.note})
    check = require(actor, Permission.DOSSIER_PAUSE, "cho hồ sơ này tiếp tục")
    return act_on(tx, command.target, act, check)


def _pausing(command: PauseDossier, type_: EventType, actor: Actor, now: datetime) -> Act:
    data = {
        "reason": command.reason,
        "until": text(command.until) if command.until else None,
        "evidence": _plain(command.evidence),
    }
    return act_of(actor, type_, now, data, {"note": command.note})


def _plain(evidence: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Evidence as the log keeps it: days as text."""
    if not evidence:
        return None
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in evidence.items()}


def _require_pauser(actor: Actor) -> Check:
    return require(actor, Permission.DOSSIER_PAUSE, "tạm dừng hồ sơ này")


def _require_orderer(tx: Connection, actor: Actor, code: str | None) -> Check:
    """The check that the actor may pause, and for this reason by their own decision."""

    def check(dossier: Dossier) -> int | None:
        absent = _require_pauser(actor)(dossier)
        if code is None:
            return absent
        setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
        reason = setting.pause_reason(code)
        return _require_approver(actor, reason, dossier) if reason.approvers else absent

    return check


def _require_approver(actor: Actor, reason: PauseReason, dossier: Dossier) -> int | None:
    grants = list(held(actor, reason.approvers, dossier))
    if not grants:
        names = " hoặc ".join(sorted(ROLE_NAMES[role] for role in reason.approvers))
        raise PauseNeedsApproval(name=reason.name, approvers=names)
    return on_behalf_of(grants)
