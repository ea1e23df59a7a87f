"""What steps need of papers before they are done, where only their order matters: documents
without files, signed without keys. They pass the rules of a dossier's life, but not the gate of
signatures; for trials, and for databases that are thrown away."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from engine.life.decisions import APPROVE
from engine.life.papers import is_drafted, undigitised
from engine.life.setting import Setting
from engine.model.document import Capacity, Document, DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier, Task
from engine.model.event import Act, EventType

CERTIFICATE = "c" * 64


@dataclass
class StandIns:
    """Provides for one task: `do` lets an act happen and gives the dossier as it then is; `by` is
    whose task it is, `scanned_by` who adds documents."""

    dossier: Dossier
    task: Task
    setting: Setting
    do: Callable[[Act], Dossier]
    by: str
    scanned_by: str
    now: datetime

    def provide(self, decision: str | None) -> None:
        """Do whatever the step needs so that it can be completed with a decision."""
        step = self.setting.procedure.places.steps[self.task.step]
        for paper in step.drafts:
            if is_drafted(paper, decision):
                self._draft(DocumentKind(paper))
        if step.signs and decision == APPROVE:
            self._sign(step.signs, Capacity.LEADER)
        if step.seals:
            self._seal(step.seals)
        if step.digitises:
            for component in list(undigitised(self.dossier, self.setting)):
                self._add(DocumentKind.COMPONENT, Origin.UPLOADED, component.code)

    def _draft(self, kind: DocumentKind) -> None:
        there = self.dossier.document_of(kind)
        if there is None:
            self._add(kind, Origin.DRAWN_UP)
            return
        file = asdict(self._file(kind))
        self._act(EventType.DOCUMENT_REPLACED, there, file=file, origin=Origin.DRAWN_UP)

    def _seal(self, kind: str) -> None:
        document = self.dossier.document_of(kind)
        if document is not None:
            day = f"{self.now:%Y-%m-%d}"
            book = {"book": kind, "year": self.now.year, "number": 1, "symbol": "KQ"}
            registered = {**book, "issued_on": day}
            self._act(
                EventType.DOCUMENT_NUMBERED, document, registered=registered, **_after(document)
            )
            self._sign(kind, Capacity.AGENCY)

    def _sign(self, kind: str, capacity: Capacity) -> None:
        document = self.dossier.document_of(kind)
        if document is not None:
            said = {"capacity": capacity, "certificate": CERTIFICATE, **_after(document)}
            self._act(EventType.DOCUMENT_SIGNED, document, **said)

    def _add(self, kind: DocumentKind, origin: Origin, component: str | None = None) -> None:
        drawn = component is None
        data = {
            "document": self.dossier.documents_added + 1,
            "kind": kind,
            "origin": origin,
            "file": asdict(self._file(component or kind)),
            "component": component,
            "place": self.task.place if drawn else None,
            "source": None,
        }
        by = self.by if drawn else self.scanned_by
        self.dossier = self.do(Act(EventType.DOCUMENT_ADDED, by, self.now, data))

    def _act(self, type_: EventType, document: Document, **said: Any) -> None:
        what = {"document": document.number, "before": document.file.digest}
        data = {**what, "place": self.task.place, **said}
        self.dossier = self.do(Act(type_, self.by, self.now, data))

    def _file(self, what: str) -> FileFacts:
        named = f"{self.dossier.code} {what} {self.dossier.seq}"
        return FileFacts(_digest(named), 1000, 1, "application/pdf")


def _after(document: Document) -> Mapping[str, Any]:
    size, before = document.file.size + 1, document.file.digest
    return {"after": {"digest": _digest(before), "size": size}}


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
