"""`motcua report`."""

from datetime import datetime

import click
from rich.table import Table

from cli.opening import opened
from cli.operator import operator
from cli.output import as_json, console, print_json, said
from cli.report_period import period_meant
from cli.viewing import person
from engine.commands.reports import send_report
from engine.model import report as reports
from engine.model.report import Cell, Kind, Rate, Report, Row, Value
from engine.queries.reports import count_report
from engine.reports.asked import Asked
from engine.wallclock import wall_clock

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("kind", type=click.Choice([each.value for each in Kind]), metavar="BIỂU")
@click.option("--agency", required=True, help="Mã cơ quan, gồm các cơ quan dưới (agency code).")
@click.option("--from", "first", type=_DAY, help="Từ ngày (first day).")
@click.option("--to", "last", type=_DAY, help="Đến ngày, kể cả ngày ấy (last day).")
@click.option("--period", help="Kỳ từ ngày 15 đến ngày 14: 2026-03, 2026-Q1, 2026-H1, 2026.")
@click.option("--level", help="Chỉ các cơ quan của cấp này: province, commune (level).")
@click.option("--field", help="Chỉ thủ tục của lĩnh vực này (field).")
@click.option("--send", "sender", metavar="NGƯỜI", help="Gửi: người này cấp số, giữ lại (send).")
@as_json
def report(  # noqa: PLR0913
    kind: str,
    agency: str,
    first: datetime | None,
    last: datetime | None,
    period: str | None,
    level: str | None,
    field: str | None,
    sender: str | None,
    as_json: bool,
) -> None:
    """Lập báo cáo định kỳ (count a periodic report), ví dụ II.06a.

    Không nêu kỳ nào thì lấy tháng báo cáo gần nhất đã kết thúc. Với --send, báo cáo được cấp số và
    giữ nguyên như lúc gửi (numbered and frozen).
    """
    now = wall_clock()
    asked = Asked(agency, period_meant(first, last, period, now), now, level, field)
    with opened() as database:
        if sender:
            with database.transaction() as tx:
                sent = send_report(tx, Kind(kind), asked, person(tx, sender))
            click.echo(f"Đã gửi, id {sent}.", err=True)
        with database.reading() as tx:
            counted = count_report(tx, Kind(kind), asked, operator(tx))
    if as_json:
        print_json(reports.as_json(counted))
    else:
        _show(counted)


def _show(counted: Report) -> None:
    form = f"Biểu số {counted.form}. " if counted.form else ""
    console.print(f"{form}{counted.title}")
    start, end = counted.period.start, counted.period.end
    console.print(f"{counted.agency.name}, từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}")
    numbers = [column for column in counted.columns if column.kind is not Cell.RATE]
    table = Table("", *(column.number or column.title for column in numbers))
    for row in (*counted.rows, counted.total):
        cells = (_said(row.cells[column.key]) for column in numbers)
        table.add_row("  " * row.depth + row.label, *cells)
    console.print(table)
    _show_rates(counted, counted.total)
    for check in counted.checks:
        console.print(f"{'✓' if check.holds else '✗ KHÔNG KHỚP'} {check.name}: {check.sentence}")
    for note in counted.notes:
        console.print(f"* {note}")
    console.print(f"Lập lúc {said(counted.counted_at)}.")


def _show_rates(counted: Report, total: Row) -> None:
    for column in counted.columns:
        rate = total.cells[column.key]
        if isinstance(rate, Rate):
            console.print(f"{column.title}: {_said(rate)} {rate.of}")


def _said(value: Value) -> str:
    if isinstance(value, Rate):
        percent = "—" if value.percent is None else f"{value.percent}".replace(".", ",")
        return f"{value.numerator}/{value.denominator} = {percent}%;"
    return "—" if value is None else str(value)
