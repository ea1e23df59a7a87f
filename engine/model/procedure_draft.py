"""A version of a procedure in the making."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bpmn.findings import Finding


class DraftState(StrEnum):
    """How far a draft has come.

    DRAFT: its files may be wrong. CHECKED: lint finds no error in them as they are. IN_FORCE: it
    was published and holds from its effective date. DISCARDED: nothing comes of it.
    """

    DRAFT = "draft"
    CHECKED = "checked"
    IN_FORCE = "in_force"
    DISCARDED = "discarded"


DRAFT_STATE_NAMES = {
    DraftState.DRAFT: "Đang soạn",
    DraftState.CHECKED: "Đã kiểm tra",
    DraftState.IN_FORCE: "Đã ban hành",
    DraftState.DISCARDED: "Đã bỏ",
}
OPEN_STATES = (DraftState.DRAFT, DraftState.CHECKED)
"""In which a draft can still be changed."""


@dataclass(frozen=True)
class ProcedureDraft:
    """A draft with its files by name, as `bpmn.procedure.read_folder` gives them.

    `agency` None is for the catalogue, for everybody. `base_version` is what it was made from,
    None for a new procedure; `version` what it became. `findings` are those of the last check,
    `authors` everybody who wrote on it. `revision` grows with every change.
    """

    id: int
    procedure: str
    agency: str | None
    base_version: str | None
    version: str | None
    state: DraftState
    files: Mapping[str, str]
    findings: tuple[Finding, ...]
    authors: tuple[int, ...]
    revision: int
    opened_at: datetime
    opened_by: int
    changed_at: datetime
    changed_by: int
    checked_at: datetime | None
    checked_by: int | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in OPEN_STATES
