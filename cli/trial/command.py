"""`motcua try-procedures`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click
from rich.table import Table

from bpmn.catalogue.entry import Reading
from cli.bench.databases import ground
from cli.demo.papers import Papers
from cli.importing import compare, named, read, write_down
from cli.output import as_json, console, print_json, progress
from cli.trial.office import Desk, found_office
from cli.trial.walk import MONDAY, Walk
from engine.commands.catalogue_plan import Plan
from engine.settings import Settings
from engine.store.database import Database

_SHOWN = 20


@dataclass
class Trial:
    """What came of it; durations in seconds."""

    rows: int
    imported: int
    importing: float
    walking: float = 0
    delivered: int = 0
    failures: list[dict[str, str]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The share of imported procedures with a delivered result, in percent."""
        return round(100 * self.delivered / self.imported, 2) if self.imported else 0.0


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="TỆP…", type=click.Path(path_type=Path))
@click.option("--database", help="Cơ sở dữ liệu trống (empty database URL); mặc định: tạm.")
@click.option("--postgres", is_flag=True, help="Dùng PostgreSQL tạm (throw-away PostgreSQL).")
@as_json
def try_procedures(
    files: tuple[Path, ...], database: str | None, postgres: bool, as_json: bool
) -> None:
    """Chạy thử danh mục thủ tục: nhập vào cơ sở dữ liệu trống, mỗi thủ tục đi hết một hồ sơ.

    Dùng chính các lệnh và quy tắc của hệ thống, thời gian mô phỏng (real commands, simulated
    time). Kết thúc với mã 1 nếu có thủ tục không ra kết quả (exit code 1 on failures).
    """
    readings = read(files)
    with (
        ground(database, postgres) as place,
        place.main() as empty,
        TemporaryDirectory(prefix="motcua-trial-") as folder,
    ):
        trial = _tried(_papers(empty, folder), readings, named(files))
    if as_json:
        print_json({**vars(trial), "rate": trial.rate})
    else:
        _show(trial)
    if trial.failures:
        raise click.exceptions.Exit(1)


def _tried(papers: Papers, readings: Sequence[Reading], sources: dict[str, str]) -> Trial:
    begun, database = perf_counter(), papers.database
    with database.transaction() as tx:
        desks = found_office(tx, papers.settings, MONDAY)
    plan = compare(database, readings, sources, MONDAY.date())
    write_down(database, plan, MONDAY.date(), MONDAY)
    trial = Trial(len(readings), len(plan.changes), round(perf_counter() - begun, 1))
    _walk(papers, plan, desks, trial)
    papers.press.close()
    trial.walking = round(perf_counter() - begun - trial.importing, 1)
    return trial


def _papers(database: Database, folder: str) -> Papers:
    """With what results are drawn up and signed, thrown away afterwards."""
    storage = Path(folder) / "files"
    return Papers.ready(database, Settings(storage_url=storage.as_uri()), MONDAY)


def _walk(papers: Papers, plan: Plan, desks: dict[str, Desk], trial: Trial) -> None:
    with progress("Chạy thử", len(plan.changes)) as done:
        for change in plan.changes:
            code, level = change.announced.procedure, change.announced.levels[0]
            try:
                Walk(papers, desks[level], code).lead()
                trial.delivered += 1
            except Exception as error:  # whatever stops a dossier is what is looked for
                trial.failures.append({"code": code, "reason": f"{error}"})
            done()


def _show(trial: Trial) -> None:
    for failure in trial.failures[:_SHOWN]:
        console.print(f"{failure['code']}: {failure['reason']}", markup=False)
    table = Table(show_header=False)
    rows: dict[str, Any] = {
        "Dòng đã đọc": trial.rows,
        "Thủ tục đã nhập": f"{trial.imported} ({trial.importing} giây)",
        "Ra kết quả đúng hạn": f"{trial.delivered} ({trial.walking} giây)",
        "Không ra kết quả": len(trial.failures),
        "Tỷ lệ": f"{trial.rate} %",
    }
    for name, value in rows.items():
        table.add_row(name, str(value))
    console.print(table)
