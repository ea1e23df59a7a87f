"""`motcua supervise`: what a supervisor looks at, as tables or for machines."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from rich.table import Table
from sqlalchemy import Connection

from cli.opening import opened
from cli.output import as_json, console, local_text, print_json, said
from engine.errors import UserUnknown
from engine.model.actor import Actor
from engine.model.standing import STANDING_NAMES, Standing
from engine.queries.paging import Key, Slice
from engine.queries.supervision import SupervisedDossier, SupervisionFilter, list_supervised
from engine.queries.supervision_counts import By, Counts, count_supervised
from engine.store import users
from engine.wallclock import wall_clock

AT_ONCE = 500


@click.command()
@click.option("--as", "username", required=True, help="Tên đăng nhập của người giám sát (who).")
@click.option("--group", type=click.Choice(list(Standing)), help="Liệt kê hồ sơ của nhóm (list).")
@click.option("--by", type=click.Choice(list(By)), help="Chia số liệu theo (break down by).")
@click.option("--agency", help="Mã cơ quan (agency code).")
@as_json
def supervise(
    username: str, group: str | None, by: str | None, agency: str | None, as_json: bool
) -> None:
    """Đếm hồ sơ của từng nhóm thời hạn, hoặc liệt kê một nhóm (count or list dossiers)."""
    chosen = SupervisionFilter(agency=agency)
    with opened() as database, database.reading() as tx:
        actor = _person(tx, username)
        if group:
            _show_list(list(_all(tx, Standing(group), chosen, actor)), as_json)
        else:
            counts = count_supervised(tx, chosen, By(by) if by else None, actor, wall_clock())
            _show_counts(counts, as_json)


def _person(tx: Connection, username: str) -> Actor:
    found = users.actor_by_username(tx, username)
    if found is None:
        raise UserUnknown(user=username)
    return found[0]


def _all(
    tx: Connection, standing: Standing, chosen: SupervisionFilter, actor: Actor
) -> Iterator[SupervisedDossier]:
    after: Key | None = None
    while True:
        page = list_supervised(tx, Slice(AT_ONCE, after), standing, chosen, actor)
        yield from page.items
        if page.next is None:
            return
        after = page.next


def _show_counts(counts: Counts, as_json: bool) -> None:
    if as_json:
        print_json(_plain(asdict(counts)))
        return
    table = Table("", *STANDING_NAMES.values(), "Cộng")
    for group in counts.groups:
        table.add_row(group.name, *map(str, group.counts.values()), str(group.total))
    table.add_row("Tất cả", *map(str, counts.counts.values()), str(counts.total))
    console.print(table)
    console.print(f"Hồ sơ đã xong: từ {said(counts.processed_from)}.")


def _show_list(found: list[SupervisedDossier], as_json: bool) -> None:
    if as_json:
        print_json([_plain(asdict(item)) for item in found])
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


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: local_text(v) if isinstance(v, datetime) else v for k, v in values.items()}
