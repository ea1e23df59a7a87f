"""The one way in which a command touches a dossier: lock, check, apply, save."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands import requesting
from engine.commands.letters import issue_due
from engine.errors import (
    DossierUnknown,
    NotCandidate,
    NotPermitted,
    RevisionStale,
)
from engine.life.acts import apply
from engine.life.setting import Setting
from engine.model.actor import (
    Actor,
    Permission,
    allowing,
    allowing_work,
    desks,
    has,
    may,
    on_behalf_of,
)
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Act, EventType
from engine.store import agencies, announcements, definitions, dossiers, outages

Check = Callable[[Dossier], int | None]
"""Raises an `EngineError` when the command is not allowed on the dossier; says for whom the
actor acts, None where by a right of their own."""


@dataclass(frozen=True)
class Target:
    """The dossier a command is for; with `revision`, only if nothing changed since."""

    code: str
    revision: int | None = None


def act_on(
    tx: Connection,
    target: Target,
    act: Act,
    check: Check,
) -> Dossier:
    """Let one act happen to one dossier and save what it changes.

    The moment of an act is never before that of the last one, whatever the wall clock says.
    """
    loaded = dossiers.lock(tx, target.code)
    dossier = loaded.dossier
    act, setting = _admitted(tx, dossier, target, act, check)
    if _is_behind(loaded, act):
        _follow_calendar(tx, loaded, act, setting)
        check(dossier)
    apply(dossier, act, setting)
    issue_due(tx, dossier, act, setting)
    requesting.save(tx, loaded, setting)
    return dossier


def rehearse(tx: Connection, target: Target, act: Act, check: Check) -> Dossier:
    """What `act_on` would make of the dossier, or why it would not; nothing is kept."""
    loaded = dossiers.read(tx, target.code)
    dossier = loaded.dossier
    act, setting = _admitted(tx, dossier, target, act, check)
    if _is_behind(loaded, act):
        data = {"calendar": loaded.calendar_in_force, "announcement": None}
        apply(dossier, Act(EventType.CALENDAR_CHANGED, SYSTEM, act.at, data), setting)
        check(dossier)
    apply(dossier, act, setting)
    return dossier


def require_revision(tx: Connection, target: Target) -> None:
    """Raise `RevisionStale` unless the dossier is as it was seen, before several acts on it."""
    dossier = dossiers.lock(tx, target.code).dossier
    if target.revision is not None and target.revision != dossier.seq:
        raise RevisionStale(code=target.code)


def _admitted(
    tx: Connection, dossier: Dossier, target: Target, act: Act, check: Check
) -> tuple[Act, Setting]:
    act = for_(act, check(dossier))
    if target.revision is not None and target.revision != dossier.seq:
        raise RevisionStale(code=dossier.code)
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    return _not_before(dossier, act), setting


def _not_before(dossier: Dossier, act: Act) -> Act:
    if dossier.last_at is None or act.at >= dossier.last_at:
        return act
    return replace(act, at=dossier.last_at)


def _is_behind(loaded: dossiers.Loaded, act: Act) -> bool:
    """Whether the dossier's agency has a newer calendar than the dossier."""
    dossier = loaded.dossier
    following = act.type is EventType.CALENDAR_CHANGED
    newer = dossier.calendar != loaded.calendar_in_force
    return newer and dossier.outcome is None and not following


def _follow_calendar(tx: Connection, loaded: dossiers.Loaded, act: Act, setting: Setting) -> None:
    """Bring the dossier to its agency's calendar, which may move the very timer that fires."""
    dossier, before = loaded.dossier, loaded.dossier.due_at
    line = agencies.with_those_above(dossier.competent_agency, agencies.parents(tx))
    announcement = announcements.latest(tx, line)
    data = {"calendar": loaded.calendar_in_force, "announcement": announcement}
    apply(dossier, Act(EventType.CALENDAR_CHANGED, SYSTEM, act.at, data), setting)
    dossiers.save(tx, loaded)
    after = dossier.due_at
    if announcement and before and after and after != before:
        announcements.note_effect(tx, announcement, loaded.id, before, after)


def for_(act: Act, absent: int | None) -> Act:
    """The act, as one done for someone absent."""
    return act if absent is None else replace(act, data={**act.data, "for": absent})


def act_of(
    actor: Actor,
    type_: EventType,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Act:
    """An act of a person, without the empty parts of its payload."""
    said = {key: value for key, value in (payload or {}).items() if value is not None}
    return Act(type_, actor.key, now, data or {}, said)


def require_outage(tx: Connection, named: Mapping[str, Any] | None) -> None:
    """Raise `OutageUnknown` where an act names an outage that the register does not hold."""
    if named and named.get("outage") is not None:
        outages.get(tx, named["outage"])


def require(actor: Actor, permission: Permission, what: str) -> Check:
    """The check that the actor has a permission on the dossier."""

    def check(dossier: Dossier) -> int | None:
        require_readable(actor, dossier)
        grants = list(allowing(actor, permission, dossier))
        if not grants:
            raise NotPermitted(what=what)
        return on_behalf_of(grants)

    return check


def require_somewhere(actor: Actor, permission: Permission, what: str) -> None:
    """Raise `NotPermitted` where the actor has a permission on no dossier at all."""
    if not has(actor, permission):
        raise NotPermitted(what=what)


def require_candidate(actor: Actor, place: int) -> Check:
    """The check that the open task at a place is meant for the actor.

    A place where nothing is open passes: the rule that looks for the task says so better.
    """

    def check(dossier: Dossier) -> int | None:
        require_readable(actor, dossier)
        task = dossier.tasks.get(place)
        if task is None:
            return None
        grants = list(allowing_work(actor, task))
        if not grants:
            raise NotCandidate(name=task.name, who="bạn")
        at_hand = desks(actor, task) - {actor.id}
        return task.assignee if task.assignee in at_hand else on_behalf_of(grants)

    return check


def require_readable(actor: Actor, dossier: Dossier) -> None:
    """Raise `DossierUnknown` where the actor may not even read."""
    if not may(actor, Permission.DOSSIER_READ, dossier):
        raise DossierUnknown(code=dossier.code)
