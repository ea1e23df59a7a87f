"""`motcua due`."""

from datetime import datetime

import click
from rich.table import Table

from bpmn.time_limit import StartRule, TimeLimit, TimeLimitError
from cli.failures import Senseless
from cli.opening import opened
from cli.output import as_json, console, local_text, print_json, said
from engine.deadlines.calendar import VIETNAM, WorkingCalendar
from engine.deadlines.due import Due
from engine.deadlines.due import due as due_date
from engine.deadlines.holidays_vn import standard_calendar
from engine.deadlines.hours import read_sessions
from engine.store import editions


@click.command()
@click.option("--from", "start", required=True, help="Lúc bắt đầu, ví dụ 2026-07-06T09:30.")
@click.option("--limit", required=True, help="Thời hạn, ví dụ '3 working_days', '8 hours'.")
@click.option(
    "--rule",
    type=click.Choice([rule.value for rule in StartRule], case_sensitive=False),
    help="Cách tính ngày đầu; mặc định theo đơn vị của thời hạn (default by unit).",
)
@click.option("--sessions", help="Giờ làm việc, ví dụ 7:00-11:30,13:30-17:00.")
@click.option("--agency", help="Theo lịch của cơ quan này (by the calendar of an agency).")
@as_json
def due(
    start: str,
    limit: str,
    rule: str | None,
    sessions: str | None,
    agency: str | None,
    as_json: bool,
) -> None:
    """Tính hạn trả và giải thích từng ngày (compute a due date and explain every day).

    Thời điểm không ghi múi giờ được hiểu là giờ Việt Nam (Vietnamese time by default).
    """
    try:
        calendar = _calendar(agency, sessions)
        found = due_date(
            calendar, _moment(start), TimeLimit.parse(limit), StartRule(rule) if rule else None
        )
    except (TimeLimitError, ValueError, OverflowError) as error:
        raise Senseless(str(error)) from error
    if as_json:
        print_json(_plain(found))
    else:
        _show(found)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"Không hiểu thời điểm «{text}»; hãy ghi như 2026-07-06T09:30.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _calendar(agency: str | None, sessions: str | None) -> WorkingCalendar:
    """The national calendar or that of an agency, with its hours or these."""
    if agency is None:
        return standard_calendar(*[read_sessions(sessions)] if sessions is not None else [])
    with opened() as database, database.reading() as tx:
        calendar = editions.calendar(tx, editions.in_force(tx, agency).calendar)
    return calendar if sessions is None else calendar.with_sessions(read_sessions(sessions))


def _plain(found: Due) -> dict[str, object]:
    days = [{"date": d.date.isoformat(), "counted": d.counted, "why": d.why} for d in found.days]
    return {"due": local_text(found.due_at), "days": days}


def _show(found: Due) -> None:
    table = Table("Ngày", "Tính", "Vì sao", title=f"Hạn trả: {said(found.due_at)}")
    for day in found.days:
        table.add_row(f"{day.date:%d/%m/%Y}", "✓" if day.counted else "", day.why)
    console.print(table)
