"""What the vault keeps for a citizen or organisation: whose, what kind of paper, and how good."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bpmn.facts import Facts
from engine.model.document import DocumentKind, FileFacts

OWNER = re.compile(r"[0-9]{9}|[0-9]{10}(-[0-9]{3})?|[0-9]{12}")
"""A personal ID number, an old one of nine digits, or the code of an organisation."""
_SIGNS = re.compile(r"[\s.]+")


@dataclass(frozen=True)
class Kept:
    """A paper of a dossier that the vault keeps.

    `type` is the code of the result, or `<procedure>:<component>` (`:result` where the
    catalogue has no code); `name` how people call it.
    `agency` issued it, or attested that it is what was handed in. `number` is that of the
    registry, None for a component. It is good through `valid_until` (None: for ever) unless
    withdrawn; `superseded_by` names the dossier and document that replace it.
    """

    document: int
    kind: DocumentKind
    type: str
    name: str
    agency: str
    file: FileFacts
    number: str | None
    issued_on: date
    valid_until: date | None
    kept_at: datetime
    withdrawn_at: datetime | None = None
    superseded_by: str | None = None


class Validity(StrEnum):
    """Whether a paper of the vault may still be used."""

    VALID = "valid"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


VALIDITY_NAMES = {
    Validity.VALID: "Còn hiệu lực",
    Validity.EXPIRED: "Hết hiệu lực",
    Validity.SUPERSEDED: "Đã được thay thế",
    Validity.WITHDRAWN: "Đã thu hồi",
}


def validity(
    valid_until: date | None, withdrawn_at: datetime | None, superseded_by: str | None, today: date
) -> Validity:
    """How good a paper is on a day; what was taken back counts before what has run out."""
    if withdrawn_at is not None:
        return Validity.SUPERSEDED if superseded_by else Validity.WITHDRAWN
    expired = valid_until is not None and valid_until < today
    return Validity.EXPIRED if expired else Validity.VALID


@dataclass(frozen=True)
class VaultPaper:
    """A paper that the vault keeps, as a dossier at hand sees it.

    `components` are those of the dossier that it may stand in for; `taken` says that the dossier
    has it already. `owner_name` is whose it is as its source says, to be compared with whom one
    has before oneself. `dossier` and `document` are None for a historic result.
    """

    item: int
    kind: DocumentKind
    type: str
    name: str
    components: tuple[str, ...]
    issued_by: str
    number: str | None
    issued_on: date
    valid_until: date | None
    validity: Validity
    validity_name: str
    superseded_by: str | None
    owner_name: str | None
    dossier: str | None
    document: int | None
    file: FileFacts
    taken: bool


def component_type(procedure: str, component: str) -> str:
    """The type of a paper handed in with a procedure."""
    return f"{procedure}:{component}"


def serving(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Types of papers that may stand in for components of a procedure, with these components."""
    found: dict[str, tuple[str, ...]] = {}
    for component in facts.components:
        own = (component_type(facts.code, component.code),) if component.reusable else ()
        for type_ in (*own, *component.fulfilled_by):
            found[type_] = (*found.get(type_, ()), component.code)
    return found


def owner_key(person: Mapping[str, Any] | None) -> str | None:
    """By what the vault knows the owner of a dossier, a person or an organisation; None where no
    usable number was given."""
    given = person or {}
    said = str(given.get("personal_id") or given.get("tax_code") or "")
    number = _SIGNS.sub("", said)
    return number if OWNER.fullmatch(number) else None


def superseding(dossier: str, document: int) -> str:
    """How a paper names the document of a dossier that replaces it."""
    return f"{dossier}/{document}"
