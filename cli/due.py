"""`motcua due`."""

import re
from datetime import datetime, time

import click
from rich.table import Table

from bpmn.time_limit import StartRule, TimeLimit, TimeLimitError
from cli.failures import Senseless
from cli.output import as_json, console, local_text, print_json, said
from engine.deadlines.calendar import VIETNAM, Session
from engine.deadlines.due import Due
from engine.deadlines.due import due as due_date
from engine.deadlines.holidays_vn import DEFAULT_SESSIONS, standard_calendar

_SESSION = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")


@click.command()
@click.option("--from", "start", required=True, help="Lúc bắt đầu, ví dụ 2026-07-06T09:30.")
@click.option("--limit", required=True, help="Thời hạn, ví dụ '3 working_days', '8 hours'.")
@click.option(
    "--rule",
    type=click.Choice([rule.value for rule in StartRule], case_sensitive=False),
    help="Cách tính ngày đầu; mặc định theo đơn vị của thời hạn (default by unit).",
)
@click.option("--sessions", help="Giờ làm việc, ví dụ 7:00-11:30,13:30-17:00.")
@as_json
def due(start: str, limit: str, rule: str | None, sessions: str | None, as_json: bool) -> None:
    """Tính hạn trả và giải thích từng ngày (compute a due date and explain every day).

    Thời điểm không ghi múi giờ được hiểu là giờ Việt Nam (Vietnamese time by default).
    """
    try:
        calendar = standard_calendar(_sessions(sessions))
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


def _sessions(text: str | None) -> tuple[Session, ...]:
    if text is None:
        return DEFAULT_SESSIONS
    found = [_SESSION.fullmatch(part.strip()) for part in text.split(",")]
    if None in found:
        raise ValueError(f"Không hiểu giờ làm việc «{text}»; hãy ghi như 7:00-11:30,13:30-17:00.")
    return tuple(Session(_time(match[1]), _time(match[2])) for match in found if match)


def _time(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    return time(hour, minute)


def _plain(found: Due) -> dict[str, object]:
    days = [{"date": d.date.isoformat(), "counted": d.counted, "why": d.why} for d in found.days]
    return {"due": local_text(found.due_at), "days": days}


def _show(found: Due) -> None:
    table = Table("Ngày", "Tính", "Vì sao", title=f"Hạn trả: {said(found.due_at)}")
    for day in found.days:
        table.add_row(f"{day.date:%d/%m/%Y}", "✓" if day.counted else "", day.why)
    console.print(table)
