"""`motcua forecast`: which open dossiers are likely to be late."""

import click
from rich.table import Table

from cli.opening import opened
from cli.output import as_json, console, print_json, said
from cli.viewing import as_user, everything, person, plain
from engine.queries.forecast import WITHIN, ForecastItem
from engine.queries.forecast import forecast as forecast_of
from engine.wallclock import wall_clock


@click.command()
@as_user
@click.option("--agency", help="Mã cơ quan (agency code).")
@click.option(
    "--within",
    type=click.IntRange(1, 60),
    default=WITHIN,
    show_default=True,
    help="Hạn trả trong bao nhiêu ngày làm việc (due within working days).",
)
@as_json
def forecast(username: str, agency: str | None, within: int, as_json: bool) -> None:
    """Hồ sơ có nguy cơ trễ hạn, theo thời gian các hồ sơ trước đã cần (likely to be late)."""
    now = wall_clock()
    with opened() as database, database.reading() as tx:
        actor = person(tx, username)
        found = list(everything(lambda part: forecast_of(tx, part, agency, within, actor, now)))
    if as_json:
        print_json([plain(item) for item in found])
    else:
        _show(found)


def _show(found: list[ForecastItem]) -> None:
    table = Table("Hồ sơ", "Hạn trả", "Còn (giờ)", "Khả năng trễ", "Chắc chắn", "Bước", "Người giữ")
    for item in found:
        table.add_row(
            item.code,
            said(item.due_at),
            f"{item.remaining:.1f}",
            f"{item.probability:.0%} ({item.low:.0%}–{item.high:.0%})",
            item.confidence_name,
            item.step_name,
            item.holder_name or "—",
        )
    console.print(table)
    console.print(f"{len(found)} hồ sơ.")
