"""`motcua bench`."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import click
from rich.console import Console
from rich.table import Table

from cli.bench import measures
from cli.bench.databases import Ground, ground
from cli.bench.draining import draining
from cli.bench.http import server
from cli.bench.lateness import Rush, lateness
from cli.bench.migrating import migration
from cli.bench.reporting import reporting
from cli.bench.result import Result
from cli.bench.searching import searching
from cli.bench.signing import signing
from cli.bench.subjects import prepare
from cli.bench.ticks import idle_ticks
from cli.logs import set_up_logs
from engine.store.database import Database
from engine.wallclock import wall_clock

FEW = 1_000


@dataclass(frozen=True)
class Sizes:
    """How much of each thing is measured."""

    lives: int = 20
    pairs: int = 20
    mass: int = 100_000
    rounds: int = 1_000
    signed: int = 50
    messages: int = 10_000
    migrated: int = 200
    year: int = 500_000
    rush: Rush = Rush(open=100_000, due=1_000, seconds=60)  # noqa: RUF009


QUICK = Sizes(
    lives=3,
    pairs=3,
    mass=5_000,
    rounds=100,
    signed=10,
    messages=500,
    migrated=20,
    year=5_000,
    rush=Rush(open=2_000, due=100, seconds=6),
)
PARTS = (
    *("completion", "history", "firing", "verification", "inbox", "search"),
    *("signatures", "messages", "ticks", "lateness", "migration", "reports"),
)


@click.command()
@click.option("--database", help="Cơ sở dữ liệu trống để đo (empty database URL); mặc định: tạm.")
@click.option("--postgres", is_flag=True, help="Đo trên PostgreSQL tạm (throw-away PostgreSQL).")
@click.option("--quick", is_flag=True, help="Đo nhanh với số lượng nhỏ (small numbers).")
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS),
              help="Chỉ phần này; nêu được nhiều lần (only this, may be repeated).")  # fmt: skip
@click.option("--lives", type=click.IntRange(1), help="Số hồ sơ đi trọn (dossiers led).")
@click.option(
    "--pairs", type=click.IntRange(1), help="Số cặp lịch sử ngắn/dài (short and long histories)."
)
@click.option(
    "--mass", type=click.IntRange(1), help="Số việc mở, hẹn giờ và hồ sơ nằm chờ (lying by)."
)
@click.option("--migrated", type=click.IntRange(1), help="Số hồ sơ chuyển phiên bản (migrated).")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON (for machines).")
def bench(  # noqa: PLR0913
    database: str | None,
    postgres: bool,
    quick: bool,
    parts: tuple[str, ...],
    lives: int | None,
    pairs: int | None,
    mass: int | None,
    migrated: int | None,
    as_json: bool,
) -> None:
    """Đo chi phí, so với mức sàn đo trong cùng lần chạy (costs as ratios against floors)."""
    set_up_logs("ERROR")
    console = Console(stderr=True)
    sizes = _sizes(QUICK if quick else Sizes(), lives, pairs, mass, migrated)
    with ground(database, postgres) as place, console.status("Đang đo…") as status:
        results = list(measured(place, sizes, parts or PARTS, status.update))
    if as_json:
        click.echo(json.dumps([result.as_json() for result in results], ensure_ascii=False))
    else:
        Console().print(_table(results))


def _sizes(
    sizes: Sizes, lives: int | None, pairs: int | None, mass: int | None, migrated: int | None
) -> Sizes:
    return replace(
        sizes,
        lives=lives or sizes.lives,
        pairs=pairs or sizes.pairs,
        mass=mass or sizes.mass,
        migrated=migrated or sizes.migrated,
        rush=replace(sizes.rush, open=mass or sizes.rush.open),
    )


def measured(
    place: Ground, sizes: Sizes, parts: Iterable[str], say: Callable[[str], None]
) -> Iterator[Result]:
    """The lines of the report, part by part."""
    wanted = set(parts)
    if wanted - {"signatures", "messages", "ticks", "lateness", "migration", "reports"}:
        yield from _in_one_database(place, sizes, wanted, say)
    if "signatures" in wanted:
        say(f"Ký số {sizes.signed} văn bản…")
        with place.another("signing") as database:
            yield from signing(prepare(database, wall_clock()), sizes.signed)
    if "messages" in wanted:
        say(f"Gửi {sizes.messages:,} thư…")
        yield from draining(place, wall_clock, sizes.messages)
    if "ticks" in wanted:
        say("Nhịp hẹn giờ khi không có gì đến hạn…")
        yield from idle_ticks(place, wall_clock, (min(FEW, sizes.mass), sizes.mass), sizes.rounds)
    if "lateness" in wanted:
        yield from lateness(place, wall_clock, sizes.rush, say)
    if "migration" in wanted:
        with place.another("migration") as database:
            yield from migration(prepare(database, wall_clock()), sizes.migrated, say)
    if "reports" in wanted:
        say(f"Báo cáo cả năm của tỉnh, {sizes.year:,} hồ sơ…")
        yield from reporting(place, wall_clock, sizes.year)


def _in_one_database(
    place: Ground, sizes: Sizes, wanted: set[str], say: Callable[[str], None]
) -> Iterator[Result]:
    with place.main() as database, server(_text(database)) as client:
        subject = prepare(database, wall_clock())
        few_and_many = (min(FEW, sizes.mass), sizes.mass)
        work: dict[str, tuple[str, Callable[[], Iterator[Result]]]] = {
            "completion": (
                "Hoàn thành việc qua HTTP…",
                lambda: measures.completion(subject, client, sizes.lives),
            ),
            "history": (
                "Lịch sử ngắn và dài…",
                lambda: measures.history(subject, client, sizes.pairs),
            ),
            "firing": ("Hẹn giờ đến hạn…", lambda: measures.firing(subject, 100)),
            "verification": ("Kiểm chứng…", lambda: measures.verification(subject)),
            "search": (
                "Tìm thủ tục khi gõ…",
                lambda: searching(subject, client, sizes.rounds),
            ),
            "inbox": (
                f"{sizes.mass:,} việc mở…",
                lambda: measures.inbox(subject, client, few_and_many, 50),
            ),
        }
        for part, (what, measure) in work.items():
            if part in wanted:
                say(what)
                yield from measure()


def _text(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


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
