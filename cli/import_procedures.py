"""`motcua import-procedures`: the national catalogue, or a newer part of it."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from bpmn.catalogue.entry import STANDING_NAMES, Remark
from cli.failures import Senseless
from cli.importing import compare, named, read, write_down
from cli.opening import opened
from cli.output import as_json, console, print_json
from engine.commands.catalogue_plan import Plan
from engine.deadlines.calendar import VIETNAM
from engine.wallclock import wall_clock

_SHOWN = 40
_DANGEROUS = ("=", "+", "-", "@")
"""What a spreadsheet would take for a formula."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="TỆP…", type=click.Path(path_type=Path))
@click.option(
    "--effective-from",
    metavar="NGÀY",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    help="Áp dụng từ ngày này; không nêu thì từ hôm nay (the day it holds from).",
)
@click.option(
    "--source",
    metavar="TÊN",
    help="Tên danh mục, để so với lần nhập trước; không nêu thì là tên tệp (its name).",
)
@click.option(
    "--complete",
    is_flag=True,
    help="Tệp là danh mục đầy đủ: thủ tục không còn trong tệp bị bãi bỏ (repeal the rest).",
)
@click.option("--dry-run", is_flag=True, help="Chỉ xem, không ghi gì (change nothing).")
@click.option(
    "--left",
    "left_to",
    metavar="TỆP.CSV",
    type=click.Path(path_type=Path),
    help="Ghi những chỗ để lại cho người vào tệp này (write what is left to a file).",
)
@as_json
def import_procedures(files: tuple[Path, ...], as_json: bool, **options: Any) -> None:
    """Nhập danh mục thủ tục hành chính: JSON Lines, CSV hoặc XLSX (import the catalogue).

    Chỗ nào không hiểu thì báo lại để người xem, không đoán (nothing is guessed). Nhập lại không
    thay đổi gì; thủ tục có quy trình tự vẽ giữ nguyên bản vẽ (drawn processes are kept).
    """
    wanted = _Wanted(**options)
    readings = read(files)
    with opened() as database:
        plan = compare(database, readings, named(files, wanted.source), wanted.day)
        if wanted.complete:
            plan.repeal_missing()
        else:
            plan.ask_about_missing()
        if not wanted.dry_run:
            write_down(database, plan, wanted.day, wall_clock())
    if wanted.left_to is not None:
        _list_left(wanted.left_to, plan.remarks)
    if as_json:
        print_json(_plain(plan, len(readings)))
    else:
        _show(plan, len(readings), wanted)


@dataclass(frozen=True)
class _Wanted:
    """The options."""

    effective_from: datetime | None
    source: str | None
    complete: bool
    dry_run: bool
    left_to: Path | None

    @cached_property
    def day(self) -> date:
        """From when on it holds."""
        if self.effective_from is not None:
            return self.effective_from.date()
        return wall_clock().astimezone(VIETNAM).date()


def _plain(plan: Plan, rows: int) -> dict[str, object]:
    return {
        "rows": rows,
        "imported": len(plan.changes),
        "unchanged": plan.unchanged,
        "left": [vars(remark) for remark in plan.remarks],
    }


def _show(plan: Plan, rows: int, wanted: _Wanted) -> None:
    for remark in plan.remarks[:_SHOWN]:
        console.print(
            f"{remark.code or '?'} · {remark.field} · «{remark.text}»: {remark.reason}",
            markup=False,
        )
    if len(plan.remarks) > _SHOWN:
        console.print(f"… và {len(plan.remarks) - _SHOWN} chỗ nữa; xem hết với --left TỆP.CSV.")
    standings = Counter(change.announced.standing for change in plan.changes)
    table = Table(show_header=False)
    table.add_row("Dòng đã đọc", str(rows))
    for standing, count in sorted(standings.items()):
        table.add_row(STANDING_NAMES[standing], str(count))
    table.add_row("Không thay đổi", str(plan.unchanged))
    table.add_row("Chưa nhập", str(rows - len(plan.changes) - plan.unchanged))
    table.add_row("Chỗ để lại cho người xem", str(len(plan.remarks)))
    console.print(table)
    if wanted.dry_run:
        console.print("Chỉ xem thử: chưa ghi gì.")
    elif plan.changes:
        console.print(f"Áp dụng từ {wanted.day:%d/%m/%Y}.")


def _list_left(file: Path, remarks: Sequence[Remark]) -> None:
    """As a spreadsheet opens it: with a mark of its encoding, and nothing that it would compute."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as opened_file:
            writer = csv.writer(opened_file)
            writer.writerow(("Mã thủ tục", "Trường", "Nội dung", "Lý do"))
            for each in remarks:
                writer.writerow(map(_harmless, (each.code, each.field, each.text, each.reason)))
    except OSError as error:
        raise Senseless(f"Không ghi được tệp {file}: {error.strerror}.") from error


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
