"""Versions of procedures are drafted, checked and published by those who maintain them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection

from bpmn.findings import Finding
from bpmn.procedure import SUFFIXES, Procedure
from engine.commands.examining import Findings, errors, examined, faultless
from engine.commands.putting_in_force import (
    Order,
    Standard,
    broken_for_all,
    may_decide,
    ordered_day,
    put_in_force,
    require_decider,
)
from engine.errors import NotPermitted, ProcedureUnknown
from engine.errors.procedure_drafts import (
    DraftChanged,
    DraftClosed,
    DraftFileInvalid,
    DraftOutdated,
    DraftUnchecked,
    DraftUnknown,
    SecondPersonNeeded,
)
from engine.life.guards import require_keepable
from engine.model.actor import Actor, Permission
from engine.model.office_event import OfficeEvent, OfficeEventType, procedure_subject
from engine.model.procedure_draft import DraftState, ProcedureDraft
from engine.store import agencies, definitions, office_log, procedure_drafts, standings

MOST_FILES, MOST_BYTES = 200, 4_000_000
"""Of one draft: ten times what the largest procedure has."""
_NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*")
_LONGEST_NAME = 100


@dataclass(frozen=True)
class OpenDraft:
    """A draft for everybody, or for an agency's own process, made from a version of the procedure
    (left out: the one that holds there today). `files` begin a procedure that is new."""

    procedure: str
    agency: str | None = None
    base_version: str | None = None
    files: Mapping[str, str] | None = None


@dataclass(frozen=True)
class SaveFiles:
    """New texts of files by name, None for those that go; with `revision`, as they were seen."""

    draft: int
    files: Mapping[str, str | None]
    revision: int | None = None


@dataclass(frozen=True)
class PublishDraft:
    """A checked draft holds from a day on (None is today), on a decision.

    `replaces`: the version that it takes the place of, where that is no longer the one it was made
    from. `four_eyes`: the house wants that whoever publishes has not written on it.
    """

    draft: int
    decision: str
    effective_from: date | None = None
    replaces: str | None = None
    revision: int | None = None
    four_eyes: bool = False


def open_draft(tx: Connection, command: OpenDraft, actor: Actor, now: datetime) -> int:
    """Begin a draft; returns its number. Raises `ProcedureUnknown` or `DraftFileInvalid`."""
    code, agency = command.procedure, command.agency
    if agency is not None:
        agencies.level_of(tx, agency)
    if not may_decide(tx, actor, Permission.PROCEDURE_DRAFT, agency):
        raise NotPermitted(what="soạn quy trình ở đây")
    base, files = _beginning(tx, command, now)
    _require_acceptable(files)
    number = procedure_drafts.add(
        tx, actor.id, now, procedure=code, agency=agency, base_version=base, files=dict(files)
    )
    draft = procedure_drafts.get(tx, number)
    _record(tx, OfficeEventType.PROCEDURE_DRAFT_OPENED, draft, {"base": base}, actor, now)
    return number


def save_files(tx: Connection, command: SaveFiles, actor: Actor, now: datetime) -> ProcedureDraft:
    """Keep what was written; what was checked before is to be checked again.

    Raises `DraftUnknown`, `DraftClosed`, `DraftChanged` or `DraftFileInvalid`.
    """
    draft = _to_change(tx, command.draft, command.revision, actor)
    gone = {name for name, text in command.files.items() if text is None}
    kept = {name: text for name, text in command.files.items() if text is not None}
    files = {name: text for name, text in {**draft.files, **kept}.items() if name not in gone}
    if files == draft.files:
        return draft
    _require_acceptable(files)
    changed = {name: _digest(files.get(name)) for name in sorted(command.files)}
    procedure_drafts.change(
        tx,
        draft.id,
        actor.id,
        now,
        files=files,
        state=DraftState.DRAFT.value,
        authors=sorted({*draft.authors, actor.id}),
    )
    _record(tx, OfficeEventType.PROCEDURE_DRAFT_SAVED, draft, {"files": changed}, actor, now)
    return procedure_drafts.get(tx, draft.id)


def check_draft(
    tx: Connection, number: int, revision: int | None, actor: Actor, now: datetime
) -> ProcedureDraft:
    """Let lint look at the files as they are; without errors the draft is checked.

    Raises `DraftUnknown`, `DraftClosed` or `DraftChanged`.
    """
    draft = _to_change(tx, number, revision, actor)
    procedure, findings = examined(tx, draft.procedure, draft.files)
    if procedure is not None and draft.agency is not None:
        findings = (*_broken(tx, procedure, now), *findings)
    bad = errors(findings)
    state = DraftState.DRAFT if bad else DraftState.CHECKED
    by = {"checked_at": now, "checked_by": actor.id}
    procedure_drafts.judge(tx, number, findings, state=state.value, **by)
    told = {"errors": len(bad), "warnings": len(findings) - len(bad)}
    _record(tx, OfficeEventType.PROCEDURE_DRAFT_CHECKED, draft, told, actor, now)
    return procedure_drafts.get(tx, number)


def discard_draft(
    tx: Connection, number: int, revision: int | None, actor: Actor, now: datetime
) -> None:
    """Let nothing come of a draft; raises `DraftUnknown`, `DraftClosed` or `DraftChanged`."""
    draft = _to_change(tx, number, revision, actor)
    procedure_drafts.change(tx, number, actor.id, now, state=DraftState.DISCARDED.value)
    _record(tx, OfficeEventType.PROCEDURE_DRAFT_DISCARDED, draft, {}, actor, now)


def publish_draft(
    tx: Connection, command: PublishDraft, actor: Actor, now: datetime
) -> ProcedureDraft:
    """Put a checked draft in force.

    Raises `DraftUnknown`, `DraftClosed`, `DraftChanged`, `DraftUnchecked`, `DraftOutdated`,
    `SecondPersonNeeded`, and what `put_in_force` raises.
    """
    draft = in_sight(tx, command.draft, actor, lock=True)
    require_decider(tx, actor, draft.agency, "ban hành quy trình")
    _require_open(draft, command.revision)
    if command.four_eyes and actor.id in draft.authors:
        raise SecondPersonNeeded
    if draft.state is not DraftState.CHECKED:
        raise DraftUnchecked(draft=draft.id)
    order = Order(draft.agency, command.decision, command.effective_from)
    office_log.one_at_a_time(tx)
    _require_current(tx, draft, command, ordered_day(order, now))
    procedure, _ = faultless(tx, draft.procedure, draft.files)
    put_in_force(tx, order, Standard(procedure, told={"draft": draft.id}), actor, now)
    done = {"state": DraftState.IN_FORCE.value, "version": procedure.digest}
    procedure_drafts.change(tx, draft.id, actor.id, now, **done)
    return procedure_drafts.get(tx, draft.id)


def in_sight(tx: Connection, number: int, actor: Actor, lock: bool = False) -> ProcedureDraft:
    """A draft where the actor drafts or puts in force; raises `DraftUnknown`."""
    draft = procedure_drafts.get(tx, number, lock)
    wanted = (Permission.PROCEDURE_DRAFT, Permission.PROCEDURE_DEPLOY)
    if not any(may_decide(tx, actor, each, draft.agency) for each in wanted):
        raise DraftUnknown(draft=number)
    return draft


def _beginning(
    tx: Connection, command: OpenDraft, now: datetime
) -> tuple[str | None, Mapping[str, str]]:
    """The version that a draft is made from, and its first files."""
    code = command.procedure
    base = command.base_version or _holding_there(tx, command, now)
    if base is None:
        if command.files is None or command.agency is not None:
            raise ProcedureUnknown(procedure=code)
        return None, command.files
    procedure = definitions.version(tx, base)
    if procedure.facts.code != code:
        raise ProcedureUnknown(procedure=base)
    return base, command.files or procedure.sources


def _holding_there(tx: Connection, command: OpenDraft, now: datetime) -> str | None:
    day = standings.day_of(now)
    own = standings.held(tx, command.procedure, command.agency, day)
    if own.version and not own.ended:
        return own.version
    return standings.held(tx, command.procedure, None, day).version


def _to_change(tx: Connection, number: int, revision: int | None, actor: Actor) -> ProcedureDraft:
    draft = in_sight(tx, number, actor, lock=True)
    if not may_decide(tx, actor, Permission.PROCEDURE_DRAFT, draft.agency):
        raise NotPermitted(what="soạn quy trình ở đây")
    _require_open(draft, revision)
    return draft


def _require_open(draft: ProcedureDraft, revision: int | None) -> None:
    if not draft.is_open:
        raise DraftClosed(draft=draft.id)
    if revision is not None and revision != draft.revision:
        raise DraftChanged(draft=draft.id)


def _require_current(
    tx: Connection, draft: ProcedureDraft, command: PublishDraft, day: date
) -> None:
    """Nobody's change may be lost because two drafted at the same time."""
    held = standings.held(tx, draft.procedure, draft.agency, day).version
    if held not in (None, draft.base_version, command.replaces):
        raise DraftOutdated(draft=draft.id)


def _require_acceptable(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise DraftFileInvalid(name=name, why="tên gồm chữ không dấu, số, . _ - /")
        if PurePosixPath(name).suffix not in SUFFIXES:
            raise DraftFileInvalid(name=name, why=f"chỉ nhận {', '.join(sorted(SUFFIXES))}")
        require_keepable(text)
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_BYTES:
        raise DraftFileInvalid(name=next(iter(files)), why="bản thảo có quá nhiều tệp hoặc quá dài")


def _broken(tx: Connection, procedure: Procedure, now: datetime) -> Findings:
    message = "Quy trình nội bộ phải giữ đúng như danh mục công bố; hãy sửa lại cho khớp."
    broken = broken_for_all(tx, procedure, standings.day_of(now))
    return tuple(Finding(part, procedure.facts.code, message) for part in broken)


def _digest(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


def _record(
    tx: Connection,
    type_: OfficeEventType,
    draft: ProcedureDraft,
    told: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    after = {"draft": draft.id, **told}
    event = OfficeEvent(type_, draft.agency, procedure_subject(draft.procedure), after=after)
    office_log.record(tx, event, actor.key, now)
