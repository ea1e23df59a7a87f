"""The checklist of a dossier: every paper of the procedure, what is there of it, what is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bpmn.component import Component
from engine.life.papers import undigitised
from engine.model.document import Document, DocumentKind
from engine.model.obtained import Obtained
from engine.queries.dossiers import Found
from engine.store.events import log_of


@dataclass(frozen=True)
class CheckedComponent:
    """A paper of the procedure: how many were handed in, its documents, and whence else it came.

    `to_digitise`: it lies here on paper and has no document yet that counts.
    """

    component: Component
    originals: int
    copies: int
    documents: tuple[Document, ...]
    obtained: Obtained | None
    to_digitise: bool

    @property
    def document_numbers(self) -> list[int]:
        """The numbers of its documents."""
        return [each.number for each in self.documents]

    @property
    def handed_in(self) -> bool:
        """Whether anything of it is there, on paper or as a file."""
        return self.originals + self.copies > 0 or bool(self.documents)

    @property
    def there(self) -> bool:
        """Whether it was handed in, or need not be."""
        return self.handed_in or self.obtained is not None

    @property
    def missing(self) -> bool:
        """Whether it must be handed in and is not."""
        asked = self.component
        demanded = asked.required and not asked.obtainable_from and not asked.present_only
        return demanded and not self.there

    @property
    def to_look_up(self) -> bool:
        """Whether it must be there, may not be asked for, and nobody has looked it up yet."""
        asked = self.component
        return asked.required and asked.obtainable_from is not None and not self.there

    @property
    def noted(self) -> bool:
        """Whether one must know of it while working: it is there, or should be."""
        return self.there or self.missing or self.to_look_up


def checklist(tx: Connection, found: Found) -> list[CheckedComponent]:
    """All components of the procedure, in its order."""
    dossier = found.dossier
    counted = _handed_in(tx, found)
    left = {each.code for each in undigitised(dossier, found.setting)}
    return [
        CheckedComponent(
            component=each,
            originals=counted.get(each.code, {}).get("originals", 0) or 0,
            copies=counted.get(each.code, {}).get("copies", 0) or 0,
            documents=tuple(_documents(found, each.code)),
            obtained=dossier.obtained.get(each.code),
            to_digitise=each.code in left,
        )
        for each in found.procedure.facts.components
    ]


def _documents(found: Found, component: str) -> list[Document]:
    documents = sorted(found.dossier.documents.values(), key=lambda each: each.number)
    kind = DocumentKind.COMPONENT
    return [each for each in documents if each.kind is kind and each.component == component]


def _handed_in(tx: Connection, found: Found) -> Mapping[str, Mapping[str, Any]]:
    (first,) = log_of(tx, found.id, 0, 1)
    return {each["code"]: each for each in first.event.data.get("components", [])}
