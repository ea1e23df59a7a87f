"""A diagram of another tool is taken into a draft, with all that it leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.adopting import Adoption, Remark, Undecided, adopt, lacking
from bpmn.adopting.files import STAGE_PREFIX
from bpmn.findings import ProcedureError
from engine.commands.procedure_drafts import SaveFiles, in_sight, save_files
from engine.errors import ProcedureRefused
from engine.model.actor import Actor
from engine.model.procedure_draft import ProcedureDraft


@dataclass(frozen=True)
class AdoptDiagram:
    """A file as it was uploaded; `process` says which of its processes, where it has several.
    With `revision`, the draft as it was seen."""

    draft: int
    name: str
    content: bytes
    process: str | None = None
    revision: int | None = None


def adopt_diagram(
    tx: Connection, command: AdoptDiagram, actor: Actor, now: datetime
) -> tuple[ProcedureDraft, Adoption]:
    """Put the diagram into the draft in the place of its own, and of stages of an earlier one.

    Raises `ProcedureRefused` where it cannot be taken, with the `processes` to choose from where
    one has to be named, and what `save_files` raises.
    """
    draft = in_sight(tx, command.draft, actor, lock=True)
    try:
        adoption = adopt(command.name, command.content, draft.procedure, command.process)
    except ProcedureError as error:
        choices = error.choices if isinstance(error, Undecided) else {}
        raise ProcedureRefused([each.plain() for each in error.findings], choices) from error
    before = {name: None for name in draft.files if name.startswith(STAGE_PREFIX)}
    saved = SaveFiles(draft.id, {**before, **adoption.files}, command.revision)
    return save_files(tx, saved, actor, now), adoption


def open_points_of(draft: ProcedureDraft) -> Mapping[str, list[Remark]]:
    """What the diagrams of a draft still lack, by their files; raises `ProcedureRefused` where one
    is no diagram at all."""
    try:
        return lacking(draft.files)
    except ProcedureError as error:
        raise ProcedureRefused([finding.plain() for finding in error.findings]) from error
