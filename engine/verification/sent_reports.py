"""Whether the reports that were sent are those of which the log of administration tells."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from engine.model.office_event import OfficeEventType
from engine.store.office_tables import office_event
from engine.store.report_tables import sent_report as table
from engine.store.sent_reports import digest_of


def differing_reports(tx: Connection) -> Iterator[int]:
    """The number of every entry of the log whose report was changed or lost; that of the last
    entry where a report is there of which the log knows nothing."""
    query = select(office_event.c.seq, office_event.c.agency, office_event.c.after)
    told = query.where(office_event.c.type == OfficeEventType.REPORT_SENT)
    entries = tx.execute(told.order_by(office_event.c.seq)).all()
    for entry in entries:
        said = entry.after
        if said["digest"] != _digest(tx, entry.agency, said["year"], said["number"]):
            yield int(entry.seq)
    kept = tx.execute(select(func.count()).select_from(table)).scalar_one()
    if kept > len(entries):
        yield int(tx.execute(select(func.max(office_event.c.seq))).scalar_one() or 0)


def _digest(tx: Connection, agency: str, year: int, number: int) -> str | None:
    """What stands for what is kept; None where the row itself says otherwise."""
    this = (table.c.agency == agency, table.c.year == year, table.c.number == number)
    row = tx.execute(select(table).where(*this)).one_or_none()
    if row is None:
        return None
    period = row.report["period"]
    same = (row.kind, row.start_on.isoformat(), row.end_on.isoformat(), row.level, row.field) == (
        row.report["kind"], period["start"], period["end"], row.report["level"],
        row.report["field"],
    )  # fmt: skip
    return digest_of(row.report, row.counted) if same else None
