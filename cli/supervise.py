"""`motcua supervise`: what a supervisor looks at, as tables or for machines."""

import click
from rich.table import Table

from cli.opening import opened
from cli.output import as_json, console, print_json, said
from cli.viewing import as_user, everything, person, plain
from engine.model.standing import STANDING_NAMES, Standing
from engine.queries.supervision import SupervisedDossier, SupervisionFilter, list_supervised
from engine.queries.supervision_counts import By, Counts, count_supervised
from engine.wallclock import wall_clock


@click.command()
@as_user
@click.option(
    "--group",
    type=click.Choice([each.value for each in Standing]),
    help="Liệt kê hồ sơ của nhóm (list).",
)
@click.option(
    "--by",
    type=click.Choice([each.value for each in By]),
    help="Chia số liệu theo (break down by).",
)
@click.option("--agency", help="Mã cơ quan (agency code).")
@as_json
def supervise(
    username: str, group: str | None, by: str | None, agency: str | None, as_json: bool
) -> None:
    """Đếm hồ sơ của từng nhóm thời hạn, hoặc liệt kê một nhóm (count or list dossiers)."""
    chosen = SupervisionFilter(agency=agency)
    with opened() as database, database.reading() as tx:
        actor = person(tx, username)
        if group:
            standing = Standing(group)
            found = everything(lambda part: list_supervised(tx, part, standing, chosen, actor))
            _show_list(list(found), as_json)
        else:
            counts = count_supervised(tx, chosen, By(by) if by else None, actor, wall_clock())
            _show_counts(counts, as_json)


def _show_counts(counts: Counts, as_json: bool) -> None:
    if as_json:
        print_json(plain(counts))
        return
    table = Table("", "Nhóm", "Số hồ sơ")
    for group in counts.groups:
        for standing, number in group.counts.items():
            if number:
                table.add_row(group.name, STANDING_NAMES[standing], str(number))
    for standing, number in counts.counts.items():
        table.add_row("Tất cả", STANDING_NAMES[standing], str(number))
    console.print(table)
    console.print(f"Hồ sơ đã xong: từ {said(counts.processed_from)}.")


def _show_list(found: list[SupervisedDossier], as_json: bool) -> None:
    if as_json:
        print_json([plain(item) for item in found])
        return
    table = Table("Hồ sơ", "Thủ tục", "Hạn trả", "Vì sao", "Đơn vị", "Người giữ")
    for item in found:
        why = item.pause_reason_name or item.overdue_cause_name or "—"
        holder = item.holder_name or "—"
        table.add_row(
            item.code, item.procedure_name, said(item.due_at), why, item.unit or "—", holder
        )
    console.print(table)
    console.print(f"{len(found)} hồ sơ.")
