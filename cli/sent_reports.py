"""`motcua sent-reports`: reports as they were sent, and how a recount differs."""

from datetime import date
from typing import Any

import click
from rich.table import Table

from cli.opening import opened
from cli.output import as_json, console, local_text, print_json, said
from cli.viewing import AT_ONCE, as_user, everything, person
from engine.queries.paging import Slice
from engine.queries.recount import DifferentDossier, Recount, recount
from engine.queries.sent_reports import SentReport, find_sent, list_sent
from engine.reports.asked import Figure
from engine.wallclock import wall_clock


@click.group("sent-reports")
def sent_reports() -> None:
    """Báo cáo đã gửi (reports that were sent)."""


@sent_reports.command("list")
@as_user
@click.option("--agency", help="Mã cơ quan (agency code).")
@as_json
def list_(username: str, agency: str | None, as_json: bool) -> None:
    """Liệt kê báo cáo đã gửi, mới gửi trước (list them)."""
    with opened() as database, database.reading() as tx:
        actor = person(tx, username)
        found = [*everything(lambda part: list_sent(tx, part, agency, actor))]
    if as_json:
        print_json([_plain(vars(each)) for each in found])
        return
    table = Table("Id", "Số", "Biểu", "Cơ quan", "Kỳ", "Hồ sơ", "Gửi lúc", "Người gửi")
    for each in found:
        table.add_row(*_line(each))
    console.print(table)


@sent_reports.command()
@click.argument("report", type=click.IntRange(1), metavar="ID")
@as_user
@as_json
def compare(report: int, username: str, as_json: bool) -> None:
    """Đếm lại một báo cáo đã gửi: ô nào khác, hồ sơ nào, vì sao (count it again).

    Nêu tối đa 500 hồ sơ đầu (the first 500 dossiers are named).
    """
    with opened() as database, database.reading() as tx:
        actor = person(tx, username)
        sent = find_sent(tx, report, actor)
        found = recount(tx, Slice(AT_ONCE), sent, actor, wall_clock())
    if as_json:
        print_json(_recount(found))
    else:
        _show(found)


def _line(each: SentReport) -> list[str]:
    period = f"{each.start_on:%d/%m/%Y}–{each.end_on:%d/%m/%Y}"
    number = f"{each.number}/{each.year}"
    return [
        str(each.id), number, each.kind, each.agency, period, str(each.dossiers),
        said(each.sent_at), each.sent_by_name,
    ]  # fmt: skip


def _recount(found: Recount) -> dict[str, Any]:
    return {
        "different": found.different,
        "figures": [vars(each) for each in found.figures],
        "dossiers": [_dossier(each) for each in found.dossiers.items],
    }


def _dossier(each: DifferentDossier) -> dict[str, Any]:
    moved = {name: [vars(f) for f in getattr(each, name)] for name in ("no_longer", "newly")}
    return {**vars(each), **moved, "events": list(each.events)}


def _show(found: Recount) -> None:
    if not found.different:
        console.print("Đếm lại cho đúng số đã gửi.")
        return
    figures = Table("Dòng", "Cột", "Đã gửi", "Nay")
    for each in found.figures:
        figures.add_row(each.row, each.column, _cell(each.sent), _cell(each.now))
    console.print(figures)
    dossiers = Table("Hồ sơ", "Trước", "Nay", "Vì sao", "Ghi sau")
    for one in found.dossiers.items:
        moved = _figures(one.no_longer), _figures(one.newly)
        dossiers.add_row(one.code, *moved, one.why_name, ", ".join(one.events))
    console.print(dossiers)
    console.print(f"{found.different} hồ sơ nay được đếm khác.")


def _figures(figures: tuple[Figure, ...]) -> str:
    return ", ".join(f"{each.row}: {each.column}" for each in figures) or "—"


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['numerator']}/{value['denominator']}"
    return "—" if value is None else str(value)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    days = {k: v.isoformat() for k, v in values.items() if type(v) is date}
    return {**values, **days, "sent_at": local_text(values["sent_at"])}
