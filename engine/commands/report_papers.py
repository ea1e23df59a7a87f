"""Sent reports on paper: drawn once, signed by the leader, then sealed by the registry.

A report belongs to no dossier, so it has a gate of its own. It asks the same as that of dossiers'
documents (ADR 0025): it believes no bytes, its own neither, and no transaction is open while files
are drawn, signed or compared.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.signatures import House, chosen_certificate
from engine.commands.signing import Secret, key_of, signing_with
from engine.errors import NotPermitted
from engine.errors.reports import ReportNotDrawn, ReportSignedAlready, ReportSignedOutOfOrder
from engine.model.actor import Actor
from engine.model.certificate import KeptCertificate
from engine.model.document import CAPACITY_NAMES, Capacity, Signature
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.model.signing_roles import signs_at
from engine.signatures.continuing import require_signed
from engine.signatures.marks import Appearance
from engine.signatures.preparing import ISSUING, prepare
from engine.signatures.signing import begin, finish
from engine.signatures.trust import trusted
from engine.store import agencies, office_log, report_papers
from engine.store.report_papers import ReportPaper


@dataclass(frozen=True)
class WantedOnReport:
    """A signature that somebody is to give on a sent report, with which certificate (needed only
    where there are several)."""

    report: int
    capacity: Capacity
    certificate: int | None = None


@dataclass(frozen=True)
class ReadyReport:
    """A paper that may be signed, whose it is, and with what."""

    wanted: WantedOnReport
    agency: str
    agency_name: str
    paper: ReportPaper
    kept: KeptCertificate


@dataclass(frozen=True)
class SignedReport:
    """What came back signed, here or from elsewhere."""

    wanted: WantedOnReport
    pdf: bytes = field(repr=False)


def keep_paper(house: House, report: int, pdf: bytes, actor: Actor) -> ReportPaper:
    """Make a drawn report ready to be signed and keep it; who comes second gets the first one's.

    No transaction may be open.
    """
    stored = house.files.put(prepare(pdf, ISSUING))
    with house.database.transaction() as tx:
        report_papers.lock(tx, report)
        there = report_papers.find(tx, report)
        if there is None:
            report_papers.add(tx, report, stored.digest, actor.id, house.clock())
        return there or _paper(tx, report)


def signable_report(tx: Connection, wanted: WantedOnReport, actor: Actor) -> ReadyReport:
    """What the actor is to sign, where they may.

    Raises `NotPermitted`, `ReportNotDrawn`, `ReportSignedAlready`, `ReportSignedOutOfOrder`,
    `NoCertificate`, `CertificateUnknown`.
    """
    agency = report_papers.agency_of(tx, wanted.report)
    require_signer(actor, wanted.capacity, agency)
    paper = _paper(tx, wanted.report)
    _require_turn(paper, wanted.capacity)
    kept = chosen_certificate(tx, wanted.capacity, agency, actor, wanted.certificate)
    return ReadyReport(wanted, agency, agencies.name_of(tx, agency), paper, kept)


def require_signer(actor: Actor, capacity: Capacity, agency: str) -> None:
    """Raise `NotPermitted` for whoever does not sign an agency's reports in this capacity."""
    if not signs_at(actor, capacity, agency):
        name = CAPACITY_NAMES[capacity]
        raise NotPermitted(what=f"ký số báo cáo với tư cách «{name}» của cơ quan {agency}")


def sign_report(house: House, wanted: WantedOnReport, secret: Secret, actor: Actor) -> ReportPaper:
    """Sign here, with a key that the server reaches; raises what stands in the way."""
    with house.database.reading() as tx:
        ready = signable_report(tx, wanted, actor)
    leads = wanted.capacity is Capacity.LEADER
    shown = Appearance(actor.full_name if leads else ready.agency_name, ready.kept.image)
    signing = signing_with(house, ready.kept)
    begun = begin(house.files.read(ready.paper.current), wanted.capacity, shown, signing)
    with key_of(ready.kept, secret, house.settings) as key:
        (value,) = key([begun.attributes])
    signed = finish(begun, value, signing.credential)
    return record_report_signature(house, SignedReport(wanted, signed), actor)


def record_report_signature(house: House, made: SignedReport, actor: Actor) -> ReportPaper:
    """Let a signed file become the report's, wherever it was signed.

    Raises what `signable_report` and `continuing.require_signed` raise; nothing is kept then.
    """
    with house.database.reading() as tx:
        ready = signable_report(tx, made.wanted, actor)
    before = house.files.read(ready.paper.current)
    trust, fingerprint = trusted(house.settings.trust_roots), ready.kept.fingerprint
    require_signed(before, made.pdf, made.wanted.capacity, fingerprint, trust, house.clock())
    stored = house.files.put(made.pdf)
    with house.database.transaction() as tx:
        now = house.clock()
        report_papers.lock(tx, made.wanted.report)
        again = signable_report(tx, made.wanted, actor)
        signature = Signature(made.wanted.capacity, actor.id, now, fingerprint, stored.digest)
        report_papers.sign(tx, made.wanted.report, signature)
        _record(tx, again, signature, actor, now)
        return _paper(tx, made.wanted.report)


def _record(
    tx: Connection, ready: ReadyReport, signature: Signature, actor: Actor, now: datetime
) -> None:
    event = OfficeEvent(
        OfficeEventType.REPORT_SIGNED,
        ready.agency,
        f"report:{ready.wanted.report}",
        {"file": ready.paper.current},
        {
            "file": signature.file,
            "capacity": signature.capacity.value,
            "certificate": signature.certificate,
        },
    )
    office_log.record(tx, event, actor.key, now)


def _paper(tx: Connection, report: int) -> ReportPaper:
    paper = report_papers.find(tx, report)
    if paper is None:
        raise ReportNotDrawn()
    return paper


def _require_turn(paper: ReportPaper, capacity: Capacity) -> None:
    """The leader first, the seal after; each once (NĐ 30/2020, Art 32)."""
    if paper.signed_as(capacity):
        raise ReportSignedAlready(capacity=CAPACITY_NAMES[capacity])
    if capacity is Capacity.AGENCY and not paper.signed_as(Capacity.LEADER):
        raise ReportSignedOutOfOrder()
