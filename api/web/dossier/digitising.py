"""The desk at which a dossier's papers become documents, looked at in one request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import orjson

from api.web.dossier.scene import Scene
from bpmn.roles import Role
from engine.errors import NotPermitted
from engine.model.actor import Permission, holds, may
from engine.model.certificate import KeptCertificate, Provider
from engine.model.document import Document, Origin
from engine.queries.components import CheckedComponent, checklist
from engine.queries.people import names_of
from engine.queries.scans import LoosePage, loose_pages, scans_of
from engine.scans.pictures import LEAST_RESOLUTION
from engine.store import certificates
from engine.store.scans import ScanJob, ScanState


@dataclass(frozen=True)
class Desk:
    """One dossier with its checklist, and what is being made of it."""

    scene: Scene

    @cached_property
    def rows(self) -> Sequence[CheckedComponent]:
        """The checklist."""
        return checklist(self.scene.call.tx, self.scene.found)

    @property
    def piles(self) -> Sequence[CheckedComponent]:
        """What pages may become a document of, the papers that are waited for first."""
        return sorted(self.rows, key=lambda row: (not row.to_digitise, not row.there))

    @cached_property
    def jobs(self) -> Sequence[ScanJob]:
        """All that was ordered."""
        return scans_of(self.scene.call.tx, self.scene.found, self.scene.call.now)

    @property
    def left(self) -> Sequence[CheckedComponent]:
        """What keeps the step from being completed."""
        return [row for row in self.rows if row.to_digitise]

    @property
    def to_sign(self) -> Sequence[Document]:
        """Scanned documents that wait for an officer's signature."""
        documents = (each for row in self.rows for each in row.documents)
        return [d for d in documents if d.origin is Origin.SCANNED and not d.signatures]

    @property
    def certificates(self) -> Sequence[KeptCertificate]:
        """Those that the reader may sign with and whose keys the server reaches."""
        return [each for each in self._certificates if each.provider is not Provider.OUTSIDE]

    @property
    def outside(self) -> Sequence[KeptCertificate]:
        """Those whose keys are at the reader's own computer."""
        return [each for each in self._certificates if each.provider is Provider.OUTSIDE]

    @cached_property
    def _certificates(self) -> Sequence[KeptCertificate]:
        return certificates.of_person(self.scene.call.tx, self.scene.call.actor.id)

    def name(self, document: Document) -> str:
        """What a document is called: its component."""
        return next(
            row.component.name for row in self.rows if row.component.code == document.component
        )

    @cached_property
    def loose(self) -> Sequence[LoosePage]:
        """Pages that were sent and lie on nobody's pile."""
        call = self.scene.call
        return loose_pages(call.tx, self.scene.found, self.jobs, call.actor, call.now)

    @property
    def loose_json(self) -> str:
        """The same for the script."""
        return orjson.dumps([vars(page) for page in self.loose]).decode()

    @cached_property
    def people(self) -> Mapping[int, str]:
        """Names of those who looked something up."""
        found = (row.obtained.by for row in self.rows if row.obtained)
        return names_of(self.scene.call.tx, [int(by) for by in found if by.isdecimal()])

    def told_of(self, component: str) -> Sequence[ScanJob]:
        """Jobs of a component that one must know of: those under way, and those that failed."""
        return [
            job
            for job in self.jobs
            if job.order.component == component and job.state is not ScanState.DONE
        ]

    def made(self, document: int) -> ScanJob | None:
        """How a document came about, if it was made here; the last time counts."""
        return next((job for job in reversed(self.jobs) if job.document == document), None)

    @staticmethod
    def is_coarse(job: ScanJob) -> bool:
        """Whether a document has fewer dots than digitised copies must have."""
        return job.resolution is not None and job.resolution < LEAST_RESOLUTION


def may_sign(scene: Scene) -> bool:
    """Whether the reader signs what was digitised: reception officers do."""
    return holds(scene.call.actor, frozenset({Role.RECEPTION_OFFICER}), scene.dossier)


def may_digitise(scene: Scene) -> bool:
    """Whether the reader may bring documents into the dossier."""
    return scene.dossier.outcome is None and may(
        scene.call.actor, Permission.DOCUMENT_ADD, scene.dossier
    )


def require_digitising(scene: Scene) -> None:
    """Raise `NotPermitted` unless the reader may."""
    if not may_digitise(scene):
        raise NotPermitted(what="số hóa giấy tờ của hồ sơ này")
