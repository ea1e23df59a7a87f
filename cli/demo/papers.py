"""How papers of the example office are drawn up, signed and sealed: by the real commands, with keys
of a trial authority.

The office went over to digital signatures some weeks ago. Dossiers of before run on the edition of
their procedures that knew no papers; so a year is filled in little time.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bpmn.procedure import PROCESSES, Procedure, procedure_from_sources, read_folder
from bpmn.roles import Role
from bpmn.steps import Paper, Step
from cli.demo.authority import Authority, seal
from cli.demo.office import COMMUNE, MEMBERS, Office
from engine.commands.acting import Target
from engine.commands.certificates import (
    Handed,
    RegisterCertificate,
    read_material,
    register_certificate,
)
from engine.commands.documents import AddDocument, add_document
from engine.commands.drafting import PDF, PutDraft, keep, put_draft
from engine.commands.issuing import Means, seal_and_complete, sign_and_complete
from engine.commands.signatures import House
from engine.commands.signing import Secret
from engine.commands.tasks import CompleteTask, complete_task
from engine.files import FileStore
from engine.files.address import Address
from engine.life.decisions import APPROVE
from engine.life.papers import is_drafted, undigitised
from engine.model.actor import Actor
from engine.model.certificate import Provider
from engine.model.document import DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier
from engine.printing.press import Press
from engine.printing.templates import Source
from engine.queries import dossiers
from engine.queries.drafting import Asked, material
from engine.settings import Settings
from engine.store import definitions
from engine.store.database import Database

PASSPHRASE = "motcua-demo"  # noqa: S105
"""Of every key file of the example office."""

SIGNED_FOR = timedelta(days=21)
"""For so long the office has been signing digitally."""

_FOUNDED = timedelta(days=800)
_UNSIGNED = re.compile(
    r'\s*<spiffworkflow:property name="(?:drafts|signs|seals|digitises)" value="[^"]*" />'
)
_SIGNERS = (Role.LEADER, Role.RECEPTION_OFFICER)
_COPY = "<p>Bản điện tử dùng thử của một giấy tờ đã nộp.</p>"


@dataclass(frozen=True)
class Papers:
    """With what papers are made in the example office, and since when."""

    database: Database
    settings: Settings
    files: FileStore
    press: Press
    since: datetime
    copy: FileFacts

    @classmethod
    def ready(cls, database: Database, settings: Settings, now: datetime) -> "Papers":
        """With an empty file store and a press; nothing is founded yet."""
        files, press = FileStore.of(settings), Press(at_once=1)
        stored = files.put(press.draw(Source(_COPY), {}))
        copy = FileFacts(stored.digest, stored.size, 1, PDF)
        return cls(database, trusting(settings), files, press, now - SIGNED_FOR, copy)

    def found(self, tx: Connection, office: Office, now: datetime) -> None:
        """Certificates for leaders, reception officers and the commune's seal."""
        authority = Authority.founded(now - _FOUNDED)
        authority.publish(Path(self.settings.trust_roots))
        administrator = office.in_role(Role.ADMINISTRATOR)[0]
        signers = [member for member in MEMBERS if member.role in _SIGNERS]
        for name, user in [
            ("Ủy ban nhân dân xã Mai Lâm", None),
            *((each.full_name, office.actors[each.username].id) for each in signers),
        ]:
            image = b"" if user else seal()
            key_file = authority.key_file(name, PASSPHRASE)
            handed = Handed(Provider.PKCS12, key_file=key_file, passphrase=PASSPHRASE, image=image)
            read = read_material(handed, self.settings, now)
            register_certificate(tx, RegisterCertificate(COMMUNE, user, read), administrator, now)

    def house(self, now: datetime) -> House:
        """What signing needs, at a moment."""
        return House(self.database, self.files, self.settings, lambda: now)


@cache
def unsigned(procedure_code: str) -> Procedure:
    """An edition that knows no papers."""
    sources = signed(procedure_code).sources
    return procedure_from_sources({name: _UNSIGNED.sub("", sources[name]) for name in sources})


@cache
def signed(procedure_code: str) -> Procedure:
    """The edition as shipped."""
    folder = PROCESSES / procedure_code.replace(".", "_")
    return procedure_from_sources(read_folder(folder))


def trusting(settings: Settings) -> Settings:
    """The settings of a server that trusts the trial authority, and no other."""
    address = Address.of(settings)
    beside = Path("motcua") if address.bucket else address.folder
    return replace(settings, trust_roots=str(beside.with_suffix(".trust").absolute()))


@dataclass(frozen=True)
class PaperDeed:
    """A step done with its papers, by someone; `form` and `late` are drawn when it is done.

    It opens transactions itself, as whoever signs does.
    """

    papers: Papers
    dossier: Dossier
    place: int
    step: Step
    worker: Actor
    filled: Callable[[Connection, datetime], tuple[dict[str, Any], dict[str, Any] | None]]

    def __call__(self, now: datetime) -> Dossier:
        """Do it."""
        house, target = self.papers.house(now), Target(self.dossier.code)
        with house.database.transaction() as tx:
            form, late = self.filled(tx, now)
        command = CompleteTask(target, self.place, form, late)
        if self.step.seals:
            return seal_and_complete(house, command, None, _MEANS, self.worker)
        if self.step.signs and form.get("decision") == APPROVE:
            return sign_and_complete(house, command, _MEANS, self.worker)
        drafts = [self._drawn(paper, form) for paper in self._wanted(form)]
        with house.database.transaction() as tx:
            for draft in drafts:
                put_draft(tx, draft, self.worker, now)
            if self.step.digitises:
                self._digitise(tx, now)
            return complete_task(tx, command, self.worker, now)

    def _wanted(self, form: Mapping[str, Any]) -> list[Paper]:
        return [paper for paper in self.step.drafts if is_drafted(paper, form.get("decision"))]

    def _drawn(self, paper: Paper, form: Mapping[str, Any]) -> PutDraft:
        papers, code = self.papers, self.dossier.code
        with papers.database.reading() as tx:
            found = dossiers.find(tx, code, self.worker)
            made = material(tx, found, Asked(self.place, paper, form))
        file = keep(papers.press.draw(made.source, made.values), papers.files)
        return PutDraft(Target(code), self.place, paper, file, Origin.DRAWN_UP)

    def _digitise(self, tx: Connection, now: datetime) -> None:
        setting = definitions.setting_of(tx, self.dossier.version, self.dossier.rulebook)
        for component in undigitised(self.dossier, setting):
            adding = AddDocument(
                Target(self.dossier.code),
                DocumentKind.COMPONENT,
                self.papers.copy,
                Origin.UPLOADED,
                component.code,
            )
            add_document(tx, adding, self.worker, now)


_MEANS = Means(Secret(PASSPHRASE))
