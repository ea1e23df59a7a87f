"""Dossiers that give papers to the vault, led by real acts one transaction each."""

from dataclasses import asdict
from functools import cache
from itertools import count
from typing import Any

from asn1crypto import crl, x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from bpmn.procedure import Procedure, procedure_from_sources
from engine.commands.acting import Target, act_on
from engine.commands.signatures import House
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, complete_task
from engine.commands.vault import TakeOver, WithdrawPaper, take_over, withdraw_paper
from engine.deadlines.calendar import local
from engine.files import FileStore
from engine.model.document import Capacity, FileFacts
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.model.status import Channel
from engine.model.vault import VaultPaper
from engine.queries.paging import Slice
from engine.queries.vault import papers_for
from engine.signatures.means import Means
from engine.signatures.preparing import ISSUING, prepare
from engine.signatures.trust import Trust
from engine.store import definitions, dossiers
from engine.store.database import Database
from engine.store.tables import dossier as dossier_table
from engine.verification import verify_dossier
from engine.verification.finding import Broken
from tests import office as furnished
from tests.clock import START as THEN
from tests.clock import FakeClock
from tests.diagrams import FACTS, START, diagram, end, sources, task, way
from tests.office import COMMUNE_STAFF, COMMUNES, Office
from tests.pki import Authority
from tests.signing import FONT, draft, signers

CODE, RESULT = "9.000007", "KQ.T.000007"
BINH, HOA = "042090001234", "042090009999"
_PAPERS = """
result_valid_for = "6 months"
[[components]]
code = "FORM"
name = "Tờ khai"
originals = 1
reusable = false
[[components]]
code = "PROOF"
name = "Giấy chứng minh"
originals = 1
valid_for = "30 days"
[[components]]
code = "EARLIER"
name = "Kết quả lần trước"
copies = 1
required = false
fulfilled_by = ["KQ.T.000007"]
[[components]]
code = "SHOWN"
name = "Căn cước"
present_only = true
"""


def papery() -> Procedure:
    """A procedure whose papers become data, and whose result serves the next time."""
    drawn = diagram(
        "p_9_000007",
        {
            "Bộ phận Một cửa": ["start", "check_papers", "digitise", "deliver", "done"],
            "Chuyên viên": ["appraise"],
            "Lãnh đạo": ["sign"],
            "Văn thư": ["seal"],
        },
        START,
        task("check_papers", "receipt"),
        task("digitise", "digitisation", digitises="true"),
        task("appraise", drafts="result"),
        task("sign", "signing", signs="result"),
        task("seal", "signing", seals="result"),
        task("deliver", "delivery"),
        end("done"),
        way("start", "check_papers", "digitise", "appraise", "sign", "seal", "deliver", "done"),
    )
    head = FACTS.split("[[components]]")[0].replace("9.000001", CODE)
    facts = head.replace("KQ.T.000001", RESULT) + _PAPERS
    return procedure_from_sources({**sources(drawn), "facts.toml": facts})


def with_papers(database: Database) -> None:
    """The office of `tests.office` where this procedure is in force too."""
    furnished.furnish(database)
    with database.transaction() as tx:
        definitions.put(tx, papery(), by=None, now=THEN)


@cache
def signed_file() -> bytes:
    """A PDF with a signature of an authority that nobody needs to trust."""
    authority = Authority()
    root = x509.Certificate.load(authority.certificate.public_bytes(Encoding.DER))
    revoked = crl.CertificateList.load(authority.revocation_list())
    means = Means(Trust((root,), (), (revoked,)), FONT)
    return signers(authority, means).signed(prepare(draft(), ISSUING), Capacity.LEADER)


def facts_of(files: FileStore, content: bytes) -> FileFacts:
    """A file put into the store."""
    stored = files.put(content)
    return FileFacts(stored.digest, stored.size, 1, "application/pdf")


def _numbered(owner: str | None) -> dict[str, str]:
    """A personal ID has twelve digits, the code of an organisation ten and perhaps three more."""
    if owner is None:
        return {}
    return {"personal_id" if len(owner) == len(BINH) else "tax_code": owner}


class Papers:
    """People of a commune who receive, digitise, draft, sign and seal; `commune` is 1 or 2.

    What they sign is `file` of the house's store, signed beforehand.
    """

    def __init__(self, office: Office, house: House, file: FileFacts, commune: int = 1) -> None:
        self.office = office
        self.house = house
        self.file = file
        self.commune = commune
        self._numbers = count(1)

    @property
    def clock(self) -> FakeClock:
        assert isinstance(self.house.clock, FakeClock)
        return self.house.clock

    @property
    def agency(self) -> str:
        return COMMUNES[self.commune - 1]

    def submit(
        self,
        owner: str | None = BINH,
        components: tuple[str, ...] = ("FORM", "PROOF"),
        by: str = "reception",
    ) -> str:
        """A dossier that was received and waits to be digitised; its code."""
        command = SubmitDossier(
            procedure=CODE,
            channel=Channel.ONLINE if by == "portal" else Channel.DIRECT,
            receiving_agency=self.agency,
            owner={"name": "Nguyễn Văn Bình", **_numbered(owner)},
            application={},
            components=tuple({"code": code, "originals": 1, "copies": 0} for code in components),
            intake={"decision": "accept"},
        )
        with self.office.database.transaction() as tx:
            code = submit_dossier(tx, command, self._actor(by), self._tick()).code
        if by == "portal":
            self.complete(code, "reception", "accept")
        return code

    def bring(self, code: str, kind: str, by: str, **data: Any) -> int:
        """A document comes in; its number."""
        number = self.dossier(code).documents_added + 1
        said = {
            "origin": "scanned",
            "file": asdict(self.file),
            "component": None,
            "place": None,
        } | data
        self.act(code, EventType.DOCUMENT_ADDED, by, document=number, kind=kind, **said)
        return number

    def scan(self, code: str, component: str) -> int:
        """A component is scanned and signed by the counter; the number of the document."""
        number = self.bring(code, "component", "reception", component=component)
        self.sign(code, number, "reception", "reception")
        return number

    def sign(self, code: str, number: int, capacity: str, by: str) -> None:
        """Someone signs a document in a capacity, at the task that is open."""
        after = {"digest": self.file.digest, "size": self.file.size}
        data = {"capacity": capacity, "certificate": "c" * 64, "after": after}
        self.change(code, EventType.DOCUMENT_SIGNED, number, by, **data)

    def number(self, code: str, number: int) -> None:
        """The registry clerk gives a result its number and day."""
        day = local(self.clock()).date()
        registered = {"book": "KQ", "year": day.year, "number": next(self._numbers),
                      "symbol": "KQ", "issued_on": day.isoformat()}  # fmt: skip
        after = {"digest": self.file.digest, "size": self.file.size}
        self.change(
            code, EventType.DOCUMENT_NUMBERED, number, "clerk", registered=registered, after=after
        )

    def change(self, code: str, type_: EventType, number: int, by: str, **data: Any) -> None:
        """An act on a document as it is now."""
        dossier = self.dossier(code)
        document = dossier.documents.get(number)
        before = document.file.digest if document else "0" * 64
        place = min(dossier.tasks, default=None)
        self.act(code, type_, by, document=number, before=before, place=place, **data)

    def act(self, code: str, type_: EventType, by: str, **data: Any) -> None:
        """Any act by someone of the commune."""
        act = Act(type_, self._actor(by).key, self._tick(), data)
        with self.office.database.transaction() as tx:
            act_on(tx, Target(code), act, lambda _: None)

    def complete(self, code: str, by: str, decision: str | None = None) -> None:
        """The open task is done."""
        form = {"decision": decision} if decision else {}
        place = next(iter(self.dossier(code).tasks))
        with self.office.database.transaction() as tx:
            command = CompleteTask(Target(code), place, form)
            complete_task(tx, command, self._actor(by), self._tick())

    def draft(self, code: str) -> int:
        """Everything until a draft of the result lies before the leader."""
        for component in self.dossier(code).components:
            if component != "SHOWN":
                self.scan(code, component)
        self.complete(code, "reception")
        place = next(iter(self.dossier(code).tasks))
        number = self.bring(code, "result", "office", origin="drawn_up", place=place)
        self.complete(code, "office", "approve")
        return number

    def issue(self, code: str) -> int:
        """From digitisation to a result that is given out; its number as a document."""
        number = self.draft(code)
        self.sign(code, number, "leader", "leader")
        self.complete(code, "leader", "approve")
        self.number(code, number)
        self.sign(code, number, "agency", "clerk")
        self.complete(code, "clerk")
        return number

    def finished(self, owner: str | None = BINH, **more: Any) -> str:
        """A dossier whose whole life is behind it."""
        code = self.submit(owner, **more)
        self.issue(code)
        self.complete(code, "reception")
        return code

    def shelf(self, code: str, by: str = "reception", limit: int = 50) -> list[VaultPaper]:
        """What the vault holds for a dossier, as someone sees it."""
        with self.office.database.reading() as tx:
            wanted, actor = Slice(limit), self._actor(by)
            return papers_for(tx, wanted, code, actor, self.clock()).items

    def take(
        self,
        code: str,
        paper: VaultPaper,
        component: str,
        by: str = "reception",
        confirmed: bool = True,
    ) -> Dossier:
        """Someone takes a paper over, having compared it: here nobody's authority is trusted."""
        self._tick()
        command = TakeOver(Target(code), paper.item, component, confirmed)
        return take_over(self.house, command, self._actor(by))[0]

    def withdraw(self, code: str, number: int, superseded_by: str | None = None) -> None:
        """The leader takes a paper back."""
        command = WithdrawPaper(Target(code), number, "Cấp sai thông tin", superseded_by)
        with self.office.database.transaction() as tx:
            withdraw_paper(tx, command, self._actor("leader"), self._tick())

    def dossier(self, code: str) -> Dossier:
        """As it is now."""
        with self.office.database.reading() as tx:
            return dossiers.read(tx, code).dossier

    def verified(self, code: str) -> Broken | None:
        """What verification says."""
        with self.office.database.reading() as tx:
            return verify_dossier(tx, code)

    def row(self, code: str) -> Any:
        """The dossier's row."""
        with self.office.database.reading() as tx:
            return tx.execute(select(dossier_table).where(dossier_table.c.code == code)).one()

    def _actor(self, name: str) -> Any:
        theirs = name in COMMUNE_STAFF
        return self.office.actor(f"{name}{self.commune}" if theirs else name)

    def _tick(self) -> Any:
        self.clock.advance(minutes=1)
        return self.clock()
