"""Reports as files, on pages as in REST: written and drawn outside of transactions."""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from flask import Response, send_file

from api.letters import PDF, shown
from api.sending import Later
from api.services import services
from engine.commands.report_papers import keep_paper
from engine.model.actor import Actor
from engine.model.report import Report
from engine.queries.report_papers import turn
from engine.reports.as_csv import report_csv
from engine.reports.as_paper import SECONDS, Signer, report_source, report_values
from engine.reports.as_xlsx import report_xlsx

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Format(StrEnum):
    """In what a report leaves, as addresses end."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA_TYPES = {Format.CSV: CSV, Format.XLSX: XLSX, Format.PDF: PDF}


@dataclass(frozen=True)
class ReportFile(Later):
    """What a view answers to send a report as a file; `author` is who asked for it."""

    report: Report
    format: Format
    author: str

    def made(self) -> Response:
        """The file; a PDF is shown by the browser, others are kept."""
        name = f"{file_name(self.report)}.{self.format}"
        if self.format is Format.PDF:
            return shown(drawn(self.report, self.author), name)
        written = (
            report_csv(self.report).encode()
            if self.format is Format.CSV
            else report_xlsx(self.report)
        )
        return send_file(
            BytesIO(written), MEDIA_TYPES[self.format], as_attachment=True, download_name=name
        )


def drawn(report: Report, author: str) -> bytes:
    """A report on paper, with room for signature and seal; raises `PressUnavailable` and
    `ReportTooLong`."""
    values = report_values(report, Signer(), author)
    return services().press.draw(report_source(), values, SECONDS)


def file_name(report: Report) -> str:
    """How a report is called as a file, without its ending."""
    days = report.period
    return f"bao-cao-{report.kind}-{report.agency.code}-{days.start}-{days.end}"


@dataclass(frozen=True)
class PaperFile(Later):
    """The paper of a sent report: drawn when first asked for, then the same with its signatures."""

    report: int
    counted: Report
    actor: Actor

    def made(self) -> Response:
        """The PDF as it is now."""
        digest = paper_file(self.report, self.counted, self.actor)
        pdf = services().files.read(digest)
        return shown(pdf, f"{file_name(self.counted)}.pdf", digest)


def paper_file(report: int, counted: Report, actor: Actor) -> str:
    """Digest of the paper of a sent report, drawn where it is not yet."""
    house = services().house
    with house.database.reading() as tx:
        there = turn(tx, report, counted.agency.code, actor).paper
    return (there or keep_paper(house, report, drawn(counted, actor.full_name), actor)).current
