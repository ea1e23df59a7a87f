"""Sent reports on paper, as they lie in the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from engine.errors.reports import SentReportUnknown
from engine.model.document import Capacity, Signature
from engine.store.report_paper_tables import report_paper, report_signature
from engine.store.report_tables import sent_report


@dataclass(frozen=True)
class ReportPaper:
    """The paper of a sent report; `signatures` in the order in which they were given."""

    report: int
    file: str
    drawn_at: datetime
    signatures: tuple[Signature, ...] = ()

    @property
    def current(self) -> str:
        """Digest of the file as it is now."""
        return self.signatures[-1].file if self.signatures else self.file

    def signed_as(self, capacity: Capacity) -> Signature | None:
        """The signature in a capacity, if there is one."""
        return next((each for each in self.signatures if each.capacity is capacity), None)


def lock(tx: Connection, report: int) -> str:
    """Keep others from drawing or signing a sent report until the transaction ends; gives its
    agency. Raises `SentReportUnknown`."""
    return _agency(tx, select(sent_report.c.agency).with_for_update(), report)


def agency_of(tx: Connection, report: int) -> str:
    """Whose a sent report is; raises `SentReportUnknown`."""
    return _agency(tx, select(sent_report.c.agency), report)


def _agency(tx: Connection, query: Select[Any], report: int) -> str:
    code = tx.execute(query.where(sent_report.c.id == report)).scalar_one_or_none()
    if code is None:
        raise SentReportUnknown(number=report)
    return str(code)


def find(tx: Connection, report: int) -> ReportPaper | None:
    """The paper of a sent report; None where it was not drawn yet."""
    query = select(report_paper).where(report_paper.c.report == report)
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    return ReportPaper(row.report, row.file, row.drawn_at, _signatures(tx, report))


def add(tx: Connection, report: int, file: str, by: int, now: datetime) -> None:
    """Keep what was drawn."""
    row = {"report": report, "file": file, "drawn_at": now, "drawn_by": by}
    tx.execute(insert(report_paper).values(row))


def sign(tx: Connection, report: int, signature: Signature) -> None:
    """Keep a signature with the file that it made."""
    row = {
        "report": report,
        "capacity": signature.capacity,
        "file": signature.file,
        "certificate": signature.certificate,
        "signed_at": signature.at,
        "signed_by": signature.by,
    }
    tx.execute(insert(report_signature).values(row))


def _signatures(tx: Connection, report: int) -> tuple[Signature, ...]:
    table = report_signature
    query = select(table).where(table.c.report == report).order_by(table.c.signed_at)
    return tuple(
        Signature(Capacity(row.capacity), row.signed_by, row.signed_at, row.certificate, row.file)
        for row in tx.execute(query)
    )
