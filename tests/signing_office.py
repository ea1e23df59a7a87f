"""The office of `tests.office` with certificates, and a procedure whose results are signed."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bpmn.procedure import Procedure, procedure_from_sources
from engine.commands.acting import Target, act_of, act_on, require_candidate
from engine.commands.certificates import (
    Handed,
    RegisterCertificate,
    read_material,
    register_certificate,
    retire_certificate,
)
from engine.commands.documents import AddDocument, add_document
from engine.commands.signatures import House, Wanted
from engine.commands.signing import Secret, sign_document
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, OnTask, claim_task, complete_task
from engine.files import FileStore
from engine.model.certificate import KeptCertificate, Provider
from engine.model.document import Capacity, DocumentKind, FileFacts, Origin, Registered
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.status import Channel
from engine.settings import Settings
from engine.signatures.preparing import DIGITISING, ISSUING, prepare
from engine.store import certificates, definitions, dossiers
from tests.clock import FakeClock
from tests.diagrams import CODE, START, diagram, end, sources, task, way
from tests.office import COMMUNE_1, Office
from tests.pki import PASSPHRASE, Authority, Holder
from tests.signing import draft, numbered

SECRET = Secret(PASSPHRASE)
SYMBOL = Registered("GKS", 2026, 12, "QĐ-UBND", date(2026, 7, 6))
LEADER, CLERK, RECEPTION = "leader1", "clerk1", "reception1"


def procedure() -> Procedure:
    """Received, digitised, drafted, signed by the leader, sealed by the registry."""
    return procedure_from_sources(
        sources(
            diagram(
                "p_9_000001",
                {
                    "Bộ phận Một cửa": ["start", "digitise", "done"],
                    "Chuyên viên": ["appraise"],
                    "Lãnh đạo": ["sign"],
                    "Văn thư": ["seal"],
                },
                START,
                task("digitise", "receipt", digitises="true"),
                task("appraise", drafts="result"),
                task("sign", "signing", signs="result", batchable="true"),
                task("seal", "signing", seals="result"),
                end("done"),
                way("start", "digitise", "appraise", "sign", "seal", "done"),
            )
        )
    )


@dataclass
class SigningOffice:
    """An office whose people can sign."""

    office: Office
    clock: FakeClock
    folder: Path
    authority: Authority

    @cached_property
    def house(self) -> House:
        """Roots and files lie in `folder`."""
        self.authority.publish(self.folder / "goc")
        settings = Settings(
            trust_roots=str(self.folder / "goc"), storage_url=f"file://{self.folder}/tep"
        )
        files = FileStore.of(settings)
        return House(self.office.database, files, settings, self.clock)

    def with_settings(self, **changed: Any) -> House:
        """The same house, installed otherwise."""
        return replace(self.house, settings=replace(self.house.settings, **changed))

    def enrol(
        self,
        holder: Holder,
        username: str | None,
        provider: Provider = Provider.PKCS12,
        house: House | None = None,
        **access: str,
    ) -> KeptCertificate:
        """Register someone's certificate, or the commune's seal."""
        given = {Provider.PKCS12: {"key_file": holder.pkcs12, "passphrase": PASSPHRASE}}
        by_provider = given.get(provider, {"certificate": holder.pem})
        handed = Handed(provider, **{**by_provider, **access})  # type: ignore[arg-type]
        settings = (house or self.house).settings
        material = read_material(handed, settings, self.clock())
        user = self.office.actor(username).id if username else None
        command = RegisterCertificate(COMMUNE_1, user, material)
        administrator = self.office.actor("administrator1")
        with self.office.database.transaction() as tx:
            return register_certificate(tx, command, administrator, self.clock())

    def enrol_all(self) -> dict[str, Holder]:
        """Leader, reception officer and commune have certificates; by username, "" the seal."""
        names = (LEADER, RECEPTION, "")
        holders = {name: self.authority.issue(name or "UBND xã") for name in names}
        for name, holder in holders.items():
            self.enrol(holder, name or None)
        return holders

    def deploy(self) -> None:
        """Put the procedure into force."""
        with self.office.database.transaction() as tx:
            definitions.put(tx, procedure(), by=None, now=self.clock())

    def received(self) -> Dossier:
        """A dossier with a scanned component that is not signed yet."""
        portal = self.office.actor("portal")
        command = SubmitDossier(
            procedure=CODE,
            channel=Channel.ONLINE,
            receiving_agency=COMMUNE_1,
            owner={"name": "Nguyễn Văn Bình"},
            application={},
        )
        with self.office.database.transaction() as tx:
            dossier = submit_dossier(tx, command, portal, self.clock())
        return self._bring(dossier, DocumentKind.COMPONENT, RECEPTION, prepare(draft(), DIGITISING))

    def to_be_signed(self) -> Dossier:
        """A dossier whose result is drafted and lies before the leader."""
        dossier = self._done(self.received(), RECEPTION, Capacity.RECEPTION, decision="accept")
        dossier = self._claimed(dossier, "office1")
        dossier = self._bring(dossier, DocumentKind.RESULT, "office1", prepare(draft(), ISSUING))
        dossier = self._done(dossier, "office1", decision="approve")
        return self._claimed(dossier, LEADER)

    def to_be_sealed(self, numbered: bool = True) -> Dossier:
        """A dossier whose result is signed, and numbered, and lies before the registry clerk."""
        dossier = self.to_be_signed()
        sign_document(self.house, self.wanted(dossier), SECRET, self.office.actor(LEADER))
        dossier = self._done(self.now(dossier), LEADER, decision="approve")
        dossier = self._claimed(dossier, CLERK)
        return self.number(dossier) if numbered else dossier

    def wanted(
        self, dossier: Dossier, capacity: Capacity = Capacity.LEADER, document: int = 2
    ) -> Wanted:
        """A signature on the result (2) or the component (1) of a dossier as it is."""
        place = next(iter(dossier.tasks), None) if document == 2 else None
        return Wanted(dossier.code, document, capacity, place)

    def sign(self, dossier: Dossier) -> Dossier:
        """The leader signs, and does not come to complete the task."""
        return sign_document(self.house, self.wanted(dossier), SECRET, self.office.actor(LEADER))

    def retire_seal(self) -> None:
        """The commune has no certificate any more."""
        administrator = self.office.actor("administrator1")
        with self.office.database.transaction() as tx:
            for kept in certificates.of_agency(tx, COMMUNE_1):
                retire_certificate(tx, kept.id, administrator, self.clock())

    def number(self, dossier: Dossier) -> Dossier:
        """Give the result its number, in the file and in the dossier."""
        before = dossier.documents[2].file.digest
        stored = self.house.files.put(numbered(self.house.files.read(before)))
        clerk, place = self.office.actor(CLERK), next(iter(dossier.tasks))
        data = {
            "document": 2,
            "before": before,
            "after": asdict(stored),
            "place": place,
            "registered": {**asdict(SYMBOL), "issued_on": SYMBOL.issued_on.isoformat()},
        }
        act = act_of(clerk, EventType.DOCUMENT_NUMBERED, self.clock(), data)
        with self.office.database.transaction() as tx:
            return act_on(tx, Target(dossier.code), act, require_candidate(clerk, place))

    def now(self, dossier: Dossier) -> Dossier:
        """The dossier as it is."""
        with self.office.database.reading() as tx:
            return dossiers.read(tx, dossier.code).dossier

    def pdf(self, dossier: Dossier, document: int = 2) -> bytes:
        """A document's current file."""
        return self.house.files.read(self.now(dossier).documents[document].file.digest)

    def _bring(self, dossier: Dossier, kind: DocumentKind, by: str, pdf: bytes) -> Dossier:
        stored = self.house.files.put(pdf)
        component = "A" if kind is DocumentKind.COMPONENT else None
        command = AddDocument(
            Target(dossier.code),
            kind,
            FileFacts(stored.digest, stored.size, 1, "application/pdf"),
            Origin.SCANNED if component else Origin.DRAWN_UP,
            component=component,
            place=None if component else next(iter(dossier.tasks)),
        )
        with self.office.database.transaction() as tx:
            return add_document(tx, command, self.office.actor(by), self.clock())[0]

    def _claimed(self, dossier: Dossier, by: str) -> Dossier:
        on = OnTask(Target(dossier.code), next(iter(dossier.tasks)))
        with self.office.database.transaction() as tx:
            return claim_task(tx, on, self.office.actor(by), self.clock())

    def _done(
        self, dossier: Dossier, by: str, before: Capacity | None = None, **form: str
    ) -> Dossier:
        if before:
            dossier = self._claimed(dossier, by)
            wanted = self.wanted(dossier, before, 1)
            sign_document(self.house, wanted, SECRET, self.office.actor(by))
        command = CompleteTask(Target(dossier.code), next(iter(dossier.tasks)), form)
        with self.office.database.transaction() as tx:
            return complete_task(tx, command, self.office.actor(by), self.clock())
