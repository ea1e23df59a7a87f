"""Two versions of a procedure beside each other, or a draft beside what it would replace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.comparing import FileDifference, compare
from engine.model.procedure_draft import ProcedureDraft
from engine.queries.procedures import procedure
from engine.store import standings


@dataclass(frozen=True)
class Compared:
    """How files differ: those of version `old` (None: there was nothing) and of `new` (None: a
    draft), and the files themselves."""

    old: str | None
    new: str | None
    before: Mapping[str, str]
    after: Mapping[str, str]
    files: tuple[FileDifference, ...]


def compare_versions(tx: Connection, code: str, old: str, new: str) -> Compared:
    """How a version of a procedure differs from another; raises `ProcedureUnknown`."""
    before, after = (procedure(tx, code, version).sources for version in (old, new))
    return Compared(old, new, before, after, tuple(compare(before, after)))


def compare_draft(
    tx: Connection, draft: ProcedureDraft, now: datetime, against: str | None = None
) -> Compared:
    """How a draft differs from a version; left out: from the one that it would replace today."""
    old = against or replaced_by(tx, draft, now)
    before = procedure(tx, draft.procedure, old).sources if old else {}
    return Compared(old, None, before, draft.files, tuple(compare(before, draft.files)))


def replaced_by(tx: Connection, draft: ProcedureDraft, now: datetime) -> str | None:
    """The version in the place of which a draft would come today."""
    decided = standings.decided(tx, draft.procedure, standings.day_of(now))
    for agency in (draft.agency, None):
        held = standings.held_among(decided, agency)
        if held.version and not held.ended:
            return held.version
    return draft.base_version
