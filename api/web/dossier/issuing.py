"""What the page of a task shows and asks where papers are drawn up, signed, or sealed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request

from api.web.dossier.scene import Scene
from api.web.jsonform.fields import PREFIX
from bpmn.roles import Role
from bpmn.steps import Paper, Step
from engine.commands.issuing import Means
from engine.commands.numbering import next_numbering
from engine.commands.signing import Secret
from engine.life.decisions import APPROVE
from engine.life.papers import is_drafted
from engine.model.certificate import KeptCertificate, Provider
from engine.model.document import (
    CAPACITY_NAMES,
    DOCUMENT_KIND_NAMES,
    Capacity,
    Document,
    DocumentKind,
    Origin,
    Registered,
)
from engine.model.dossier import Task
from engine.queries import people
from engine.queries.drafting import Asked
from engine.store import certificates

CERTIFICATE, PASSPHRASE, CODE, SYMBOL, OUTSIDE = (
    f"signing.{name}" for name in ("certificate", "passphrase", "code", "symbol", "outside")
)
SIGNER, TITLE = "draft.signer", "draft.title"
_USUAL_TITLE = "Chủ tịch"
_LONGEST = 200


@dataclass(frozen=True)
class Issuing:
    """The papers of one open task, as somebody stands before it."""

    scene: Scene
    task: Task
    step: Step

    @property
    def at_hand(self) -> bool:
        """Whether the step has to do with papers that are issued."""
        return bool(self.step.drafts or self.step.signs or self.step.seals)

    @property
    def signs(self) -> bool:
        """Whether a key is asked for here."""
        return bool(self.step.signs or self.step.seals)

    @property
    def papers(self) -> Sequence[Paper]:
        """All papers that the step has to do with, the one that is signed first."""
        named = (self.step.signs, self.step.seals, *self.step.drafts)
        return list(dict.fromkeys(paper for paper in named if paper))

    @property
    def documents(self) -> Sequence[Document]:
        """Those of them that are there."""
        found = (self.scene.dossier.document_of(paper) for paper in self.papers)
        return [document for document in found if document]

    @property
    def drawn_here(self) -> Sequence[Paper]:
        """Papers that the step draws up from a template of the procedure."""
        procedure = self.scene.found.procedure
        return [paper for paper in self.step.drafts if procedure.draws_up(paper)]

    @cached_property
    def certificates(self) -> Sequence[KeptCertificate]:
        """Whose keys the server reaches, the one registered last first."""
        return [each for each in self._certificates if each.provider is not Provider.OUTSIDE]

    @property
    def outside(self) -> Sequence[KeptCertificate]:
        """Whose keys are at the signer's own computer."""
        return [each for each in self._certificates if each.provider is Provider.OUTSIDE]

    @cached_property
    def _certificates(self) -> Sequence[KeptCertificate]:
        """With which the reader may sign here."""
        tx = self.scene.call.tx
        if self.step.seals:
            return certificates.of_agency(tx, self.scene.dossier.competent_agency)
        return certificates.of_person(tx, self.scene.call.actor.id)

    @property
    def signed(self) -> bool:
        """Whether what this step signs or seals is signed already: it was interrupted."""
        paper = self.step.seals or self.step.signs
        document = self.scene.dossier.document_of(paper) if paper else None
        capacity = Capacity.AGENCY if self.step.seals else Capacity.LEADER
        return bool(document and document.signed_as(capacity))

    @cached_property
    def number(self) -> Registered | None:
        """The number that sealing gives, or has given already; None where nothing is sealed."""
        paper = self.step.seals
        document = self.scene.dossier.document_of(paper) if paper else None
        if document is None:
            return None
        call, place = self.scene.call, self.task.place
        coming = next_numbering(call.tx, self.scene.code, place, None, call.actor, call.now)
        return document.registered or coming.registered

    @property
    def leaders(self) -> Sequence[people.Person]:
        """Whose name may stand under a paper."""
        agency = self.scene.dossier.competent_agency
        return people.candidates_for(self.scene.call.tx, Role.LEADER, agency, None)

    @property
    def when(self) -> str:
        """The condition under which a signature is asked for, as the page's script reads it."""
        term = {"name": f"{PREFIX}.decision", "texts": [APPROVE], "negated": False, "needed": True}
        return json.dumps([{"expected": True, "terms": [term]}]) if self.step.signs else ""

    @property
    def chosen(self) -> Mapping[str, str]:
        """What was chosen in the form before, but no secret."""
        usual = {TITLE: _USUAL_TITLE}
        return {**usual, **{n: request.form.get(n, "") for n in request.form if n != PASSPHRASE}}

    @staticmethod
    def name(paper: Paper | DocumentKind) -> str:
        """What a paper is called."""
        return DOCUMENT_KIND_NAMES[DocumentKind(paper)]

    @staticmethod
    def capacity(capacity: Capacity) -> str:
        """In which capacity someone signed."""
        return CAPACITY_NAMES[capacity]

    def to_draw(self, document: Mapping[str, Any]) -> list[Asked]:
        """The papers that handing this form in draws up: those that nobody brought as a file."""
        decision = document.get("decision")
        return [
            self.asked(paper, document)
            for paper in self.drawn_here
            if is_drafted(paper, decision) and self._is_ours(paper)
        ]

    def asked(self, paper: Paper, document: Mapping[str, Any]) -> Asked:
        """A paper to be drawn up from a form, with what was chosen beside it."""
        title = request.form.get(TITLE, "").strip()[:_LONGEST] or _USUAL_TITLE
        return Asked(self.task.place, paper, document, _number(SIGNER), title)

    def _is_ours(self, paper: Paper) -> bool:
        there = self.scene.dossier.document_of(paper)
        return there is None or there.origin is Origin.DRAWN_UP


def means() -> Means:
    """What was typed to sign with."""
    form = request.form
    secret = Secret(form.get(PASSPHRASE, "")[:_LONGEST], form.get(CODE, "")[:_LONGEST])
    return Means(secret, _number(CERTIFICATE))


def certificate_outside() -> int | None:
    """The certificate whose key is at the signer's own computer that was chosen."""
    return _number(OUTSIDE)


def _number(name: str) -> int | None:
    chosen = request.form.get(name, "")
    return int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 16 else None


def symbol() -> str | None:
    """The symbol that was typed; None: that of the procedure."""
    return request.form.get(SYMBOL, "").strip().upper()[:20] or None
