"""Reports that were sent, and how a recount differs from one of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.errors.reports import SentReportUnknown
from engine.model.actor import Actor, Permission, granted
from engine.model.report import Kind, Period
from engine.queries.paging import Page, Slice, page
from engine.reports.asked import Asked
from engine.store.report_tables import sent_report as table
from engine.store.tables import user

_COLUMNS = [column for column in table.c if column.name not in ("report", "counted")]


@dataclass(frozen=True)
class SentReport:
    """A report as it was sent: `number` of its year, over how many dossiers, under which digest."""

    id: int
    agency: str
    year: int
    number: int
    kind: Kind
    start_on: date
    end_on: date
    level: str | None
    field: str | None
    dossiers: int
    digest: str
    sent_at: datetime
    sent_by: int
    sent_by_name: str


@dataclass(frozen=True)
class SentInFull:
    """A sent report with its figures as machines read them."""

    sent: SentReport
    report: dict[str, Any]
    counted: bytes

    def asked(self, now: datetime) -> Asked:
        """The same question, asked now."""
        period = Period(self.sent.start_on, self.sent.end_on)
        return Asked(self.sent.agency, period, now, self.sent.level, self.sent.field)


def list_sent(tx: Connection, wanted: Slice, agency: str | None, actor: Actor) -> Page[SentReport]:
    """Sent reports of one agency, or of all whose reports the actor may read, the latest first."""
    codes = _readable(actor) if agency is None else _readable(actor) & {agency}
    query = _sent().where(table.c.agency.in_(sorted(codes))).order_by(table.c.id.desc())
    query = query.where(table.c.id < wanted.after[0]) if wanted.after else query
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, _item, lambda row: (row.id,))


def find_sent(tx: Connection, number: int, actor: Actor) -> SentInFull:
    """A sent report by its id; raises `SentReportUnknown`."""
    query = _sent().add_columns(table.c.report, table.c.counted).where(table.c.id == number)
    row = tx.execute(query).one_or_none()
    if row is None or row.agency not in _readable(actor):
        raise SentReportUnknown(number=number)
    return SentInFull(_item(row), row.report, row.counted)


def _sent() -> Any:
    return select(*_COLUMNS, user.c.full_name.label("sent_by_name")).join(
        user, user.c.id == table.c.sent_by
    )


def _item(row: Row[Any]) -> SentReport:
    said = row._asdict()
    said["kind"] = Kind(row.kind)
    return SentReport(**{name: said[name] for name in SentReport.__dataclass_fields__})


def _readable(actor: Actor) -> frozenset[str]:
    reached = (g.reached(reach) for g, reach in granted(actor, Permission.REPORT_READ))
    return frozenset().union(*reached)
