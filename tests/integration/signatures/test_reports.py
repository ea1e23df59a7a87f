"""A sent report is signed by the leader and sealed by the registry, in that order and only once."""

from datetime import date, timedelta

import pytest

from engine.commands.report_papers import (
    SignedReport,
    WantedOnReport,
    keep_paper,
    record_report_signature,
    sign_report,
)
from engine.commands.reports import send_report
from engine.errors import EngineError, NotPermitted
from engine.errors.reports import (
    ReportNotDrawn,
    ReportSignedAlready,
    ReportSignedOutOfOrder,
    SentReportUnknown,
)
from engine.errors.signatures import NoCertificate, NotContinued
from engine.model.document import Capacity
from engine.model.report import Kind, Period
from engine.queries.report_papers import turn
from engine.reports.asked import Asked
from engine.signatures.examining import examine
from engine.signatures.trust import trusted
from engine.signatures.verdict import Verdict
from engine.store.report_papers import ReportPaper
from engine.verification.files import orphans
from engine.verification.office_log import verify_office_log
from tests.office import COMMUNE_1
from tests.signing import draft
from tests.signing_office import CLERK, LEADER, SECRET, SigningOffice
from tests.tampering import flipped

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
Leader, Agency = Capacity.LEADER, Capacity.AGENCY


def sent(signing: SigningOffice) -> int:
    """A report of June was sent."""
    with signing.office.database.transaction() as tx:
        asked = Asked(COMMUNE_1, JUNE, signing.clock())
        return send_report(tx, Kind.WORKLOAD, asked, signing.office.actor(LEADER))


def papered(signing: SigningOffice) -> int:
    """It was drawn too."""
    report = sent(signing)
    keep_paper(signing.house, report, draft(), signing.office.actor(LEADER))
    return report


def signed(
    signing: SigningOffice, report: int, capacity: Capacity = Leader, by: str = LEADER
) -> ReportPaper:
    wanted = WantedOnReport(report, capacity)
    return sign_report(signing.house, wanted, SECRET, signing.office.actor(by))


def test_leader_then_seal(signing: SigningOffice) -> None:
    signing.enrol_all()
    report = papered(signing)
    signed(signing, report)
    signing.clock.advance(minutes=1)
    paper = signed(signing, report, Agency, CLERK)
    pdf = signing.house.files.read(paper.current)
    examined = examine(pdf, trusted(signing.house.settings.trust_roots), signing.clock())
    assert [each.verdict for each in examined] == [Verdict.VALID, Verdict.VALID]
    with signing.office.database.reading() as tx:
        assert turn(tx, report, COMMUNE_1, signing.office.actor(CLERK)).capacity is None
        assert verify_office_log(tx).reason is None
    later = signing.clock() + timedelta(days=36_500)
    unnamed = {each.digest for each in orphans(signing.office.database, signing.house.files, later)}
    assert not {paper.file, *(each.file for each in paper.signatures)} & unnamed


@pytest.mark.parametrize(
    ("by", "capacity", "refused"),
    [
        (CLERK, Agency, ReportSignedOutOfOrder),
        (CLERK, Leader, NotPermitted),
        (LEADER, Agency, NotPermitted),
        ("leader2", Leader, NotPermitted),
        ("control1", Leader, NotPermitted),
        ("second_leader1", Leader, NoCertificate),
    ],
)
def test_who_may_not(
    desk: SigningOffice, by: str, capacity: Capacity, refused: type[EngineError]
) -> None:
    desk.enrol_all()
    report = papered(desk)
    with pytest.raises(refused):
        signed(desk, report, capacity, by)
    with desk.office.database.reading() as tx:
        found = turn(tx, report, COMMUNE_1, desk.office.actor(by))
    assert found.paper
    assert found.paper.signatures == ()


def test_never_twice_never_nothing(desk: SigningOffice) -> None:
    desk.enrol_all()
    with pytest.raises(SentReportUnknown):
        signed(desk, 99)
    report = sent(desk)
    with pytest.raises(ReportNotDrawn):
        signed(desk, report)
    first = keep_paper(desk.house, report, draft(), desk.office.actor(LEADER))
    assert keep_paper(desk.house, report, draft(), desk.office.actor(CLERK)) == first
    paper = signed(desk, report)
    with pytest.raises(ReportSignedAlready):
        signed(desk, report)
    before = desk.house.files.read(first.file)
    for came in (flipped(before, 100), before, b"%PDF-1.7 rubbish"):
        desk_wants = WantedOnReport(report, Agency)
        with pytest.raises(NotContinued):
            record_report_signature(
                desk.house, SignedReport(desk_wants, came), desk.office.actor(CLERK)
            )
    with desk.office.database.reading() as tx:
        assert turn(tx, report, COMMUNE_1, desk.office.actor(CLERK)).paper == paper
