"""Random lives in which people also bring, sign, number and take out documents, wise or not.

Here files are only digests: what the bytes say is examined before an act, and tested with real
files elsewhere.
"""

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import Connection

from bpmn.steps import Step
from engine.commands import documents
from engine.commands.acting import Target, act_of, act_on, require_readable
from engine.commands.documents import AddDocument, RemoveDocument, ReplaceDocument
from engine.life.papers import is_drafted, undigitised
from engine.model.actor import Actor
from engine.model.document import Capacity, DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier, Task
from engine.model.event import Act, EventType
from engine.store import definitions
from tests.integration.lives.machine import PROCEDURES, picks
from tests.integration.lives.time_machine import LivesInTime

NO_FILE = "0" * 64


def act_so(tx: Connection, act: Act, code: str, actor: Actor) -> Dossier:
    """Let an act happen whoever does it: whose right it is, the doors of the real files check."""
    return act_on(tx, Target(code), act, lambda dossier: require_readable(actor, dossier))


class LivesWithPapers(LivesInTime):
    """Whoever works provides what the step needs, most of the time."""

    files = 0

    def file(self) -> FileFacts:
        """A file that nobody had before."""
        self.files += 1
        digest = sha256(str(self.files).encode()).hexdigest()
        return FileFacts(digest, 1000 + self.files, 1, "application/pdf")

    @precondition(lambda self: self.dossiers)
    @rule(
        which=picks,
        who=picks,
        kind=st.sampled_from(DocumentKind),
        origin=st.sampled_from(Origin),
        known=st.booleans(),
    )
    def bring(self, which: int, who: int, kind: DocumentKind, origin: Origin, known: bool) -> None:
        """Anybody brings anything to any dossier."""
        dossier = self.pick(list(self.dossiers.values()), which)
        components = [*PROCEDURES[dossier.procedure].facts.components]
        code = self.pick(components, which).code if components and known else None
        place = self.pick([None, *dossier.tasks], which)
        target = Target(dossier.code)
        what = AddDocument(target, kind, self.file(), origin, code, place, name="Tệp quét")

        def command(tx: Connection, what: Any, actor: Actor, now: Any) -> Dossier:
            return documents.add_document(tx, what, actor, now)[0]

        self.run(command, what, self.pick(self.people, who), dossier)

    @precondition(lambda self: any(d.documents for d in self.dossiers.values()))
    @rule(which=picks, who=picks, stale=st.booleans(), out=st.booleans())
    def change(self, which: int, who: int, stale: bool, out: bool) -> None:
        """Anybody replaces a document, or takes it out."""
        dossier = self.pick([d for d in self.dossiers.values() if d.documents], which)
        document = self.pick(list(dossier.documents.values()), who)
        before = NO_FILE if stale else document.file.digest
        on = (Target(dossier.code), document.number, before)
        actor, place = self.pick(self.people, who), self.pick([None, *dossier.tasks], which)
        if out:
            self.run(documents.remove_document, RemoveDocument(*on, "Nhầm hồ sơ"), actor, dossier)
        else:
            what = ReplaceDocument(*on, self.file(), Origin.SCANNED, place)
            self.run(documents.replace_document, what, actor, dossier)

    @precondition(lambda self: any(d.documents for d in self.dossiers.values()))
    @rule(which=picks, who=picks, capacity=st.sampled_from([*Capacity, None]))
    def sign(self, which: int, who: int, capacity: Capacity | None) -> None:
        """Anybody signs, or with no capacity numbers, any document."""
        dossier = self.pick([d for d in self.dossiers.values() if d.documents], which)
        number = self.pick(list(dossier.documents), who)
        place = self.pick([None, *dossier.tasks], which)
        self._put_name_to(dossier, number, place, capacity, self.pick(self.people, who))

    def work(self, which: int, who: int, choice: int) -> None:
        if self.unfinished and choice % 5:
            dossier, task = self.open_task(which)
            if task is not None:
                self._provide(dossier, task, choice)
        super().work(which, who, choice)

    def _provide(self, dossier: Dossier, task: Task, choice: int) -> None:
        step = PROCEDURES[dossier.procedure].places.steps[task.step]
        worker = self.pick(
            [p for p in self.workers(task) if task.assignee in (None, p.id)] or self.workers(task),
            choice,
        )
        for paper in step.drafts:
            if is_drafted(paper, None) and not dossier.document_of(paper):
                of = {"kind": DocumentKind(paper), "place": task.place}
                dossier = self._add(dossier, worker, **of)
        if step.digitises:
            dossier = self._digitise(dossier, worker)
        self._finish(dossier, task, step, worker)

    def _digitise(self, dossier: Dossier, worker: Actor) -> Dossier:
        with self.database.reading() as tx:
            setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
        for component in list(undigitised(dossier, setting)):
            of = {"kind": DocumentKind.COMPONENT, "component": component.code}
            dossier = self._add(dossier, worker, **of)
            number = dossier.documents_added
            dossier = self._put_name_to(dossier, number, None, Capacity.RECEPTION, worker)
        return dossier

    def _finish(self, dossier: Dossier, task: Task, step: Step, worker: Actor) -> None:
        paper = step.signs or step.seals
        document = dossier.document_of(paper) if paper else None
        if document is None:
            return
        order = [Capacity.LEADER] if step.signs else [None, Capacity.AGENCY]
        for capacity in order:
            dossier = self._put_name_to(dossier, document.number, task.place, capacity, worker)

    def _add(self, dossier: Dossier, by: Actor, **of: Any) -> Dossier:
        number, file = dossier.documents_added + 1, asdict(self.file())
        data = {"document": number, "file": file, "origin": Origin.SCANNED, **of}
        return self._act(dossier, EventType.DOCUMENT_ADDED, data, by)

    def _put_name_to(
        self, dossier: Dossier, number: int, place: int | None, capacity: Capacity | None, by: Actor
    ) -> Dossier:
        file, document = self.file(), dossier.documents.get(number)
        data: dict[str, Any] = {
            "document": number,
            "before": document.file.digest if document else NO_FILE,
            "after": {"digest": file.digest, "size": file.size},
            "place": place,
        }
        if capacity is None:
            book = {"book": "result", "year": 2026, "number": self.files, "symbol": "GKS"}
            registered = {**book, "issued_on": self.clock().date().isoformat()}
            return self._act(
                dossier, EventType.DOCUMENT_NUMBERED, data | {"registered": registered}, by
            )
        signed = {"capacity": capacity, "certificate": "c" * 64}
        return self._act(dossier, EventType.DOCUMENT_SIGNED, data | signed, by)

    def _act(self, dossier: Dossier, type_: EventType, data: dict[str, Any], by: Actor) -> Dossier:
        def command(tx: Connection, what: Any, actor: Actor, now: Any) -> Dossier:
            return act_so(tx, act_of(actor, type_, now, what), dossier.code, actor)

        self.run(command, data, by, dossier)
        return self.dossiers[dossier.code]
