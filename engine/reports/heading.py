"""What stands over a report: who reports to whom, of which days, on which form."""

from dataclasses import dataclass

from engine.model.place_name import place_of
from engine.model.report import Cell, Check, Report
from engine.reports.scene import LEVEL_NAMES


@dataclass(frozen=True)
class Heading:
    """The head of a report; what it has not is empty. `place` is where the agency sits."""

    title: str
    form: str
    agency: str
    receiver: str
    period: str
    narrowed: str
    unit: str
    place: str

    @property
    def lines(self) -> list[str]:
        """All of it, line by line."""
        agency = f"Đơn vị báo cáo: {self.agency}"
        receiver = f"Đơn vị nhận báo cáo: {self.receiver}"
        found = (self.title, self.period, self.narrowed, agency, receiver, self.form, self.unit)
        return [line for line in found if line]


def heading_of(report: Report) -> Heading:
    """The head of a report, with the names that agencies had."""
    days = report.period
    return Heading(
        title=report.title,
        form=f"Biểu số: {report.form}" if report.form else "",
        agency=report.agency.name,
        receiver=report.agency.above or "Cơ quan cấp trên",
        period=f"Kỳ báo cáo: từ ngày {days.start:%d/%m/%Y} đến ngày {days.end:%d/%m/%Y}",
        narrowed=_narrowed(report),
        unit=_unit(report),
        place=place_of(report.agency.name),
    )


def check_in_words(check: Check) -> str:
    """A check with what came of it."""
    return f"{'Đúng' if check.holds else 'SAI'}: {check.name}. {check.sentence}"


def _narrowed(report: Report) -> str:
    level = report.level and LEVEL_NAMES.get(report.level, report.level)
    field = report.field and f"lĩnh vực {report.field}"
    said = ", ".join(filter(None, (level, field)))
    return f"Chỉ tính: {said}" if said else ""


def _unit(report: Report) -> str:
    """In what the figures are, where all are numbers of dossiers."""
    same = {column.kind for column in report.columns} <= {Cell.COUNT, Cell.RATE}
    return "Đơn vị tính: Số hồ sơ TTHC" if same else ""
