"""`motcua alerts`: what one person is told of."""

import click
from rich.table import Table

from cli.opening import opened
from cli.output import as_json, console, print_json, said
from cli.viewing import as_user, everything, person, plain
from engine.letters.alerts import matter
from engine.queries.alerts import AlertFilter, AlertItem, AlertScope, AlertState, list_alerts


@click.command()
@as_user
@click.option("--agency", is_flag=True, help="Mọi cảnh báo của cơ quan mình giám sát (all).")
@click.option("--ended", is_flag=True, help="Cả cảnh báo đã hết hiệu lực (also those ended).")
@as_json
def alerts(username: str, agency: bool, ended: bool, as_json: bool) -> None:
    """Cảnh báo đến một người, mới nhất trước (alerts that one person is told of)."""
    chosen = AlertFilter(
        scope=AlertScope.AGENCY if agency else AlertScope.MINE,
        state=AlertState.ALL if ended else AlertState.LIVE,
    )
    with opened() as database, database.reading() as tx:
        actor = person(tx, username)
        found = list(everything(lambda part: list_alerts(tx, part, chosen, actor)))
    if as_json:
        print_json([plain(item) for item in found])
    else:
        _show(found)


def _show(found: list[AlertItem]) -> None:
    table = Table("Hồ sơ", "Cảnh báo", "Hạn", "Việc", "Người giữ", "Đã biết")
    for item in found:
        table.add_row(
            item.dossier,
            matter(item.subject, item.level),
            said(item.against),
            item.step_name or "—",
            item.holder_name or "—",
            item.acknowledged_by_name or "—",
        )
    console.print(table)
    console.print(f"{len(found)} cảnh báo.")
