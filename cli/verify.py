"""`motcua verify`."""

import os
from dataclasses import dataclass, field
from typing import Any

import click

from cli.opening import opened
from cli.output import as_json, local_text, print_json, progress, said
from cli.verify_house import NOTHING_ELSE, verified_house
from engine.files import FileStore, Held
from engine.settings import Settings
from engine.store.database import Database
from engine.verification import all_codes, count_dossiers
from engine.verification.files import orphans, remove_orphan
from engine.verification.finding import Broken
from engine.verification.parallel import Done, verify_here, verify_in_parallel
from engine.wallclock import wall_clock

MANY = 200
"""From so many dossiers on, several processes check them."""


@click.command()
@click.argument("codes", nargs=-1, metavar="[MÃ HỒ SƠ]…")
@click.option("--remove-orphans", is_flag=True, help="Xóa tệp thừa (delete what nothing names).")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Số tiến trình; mặc định theo số bộ xử lý khi có nhiều hồ sơ (processes).",
)
@as_json
def verify(
    codes: tuple[str, ...], remove_orphans: bool, workers: int | None, as_json: bool
) -> None:
    """Chứng minh hồ sơ không bị sửa: chuỗi băm, chạy lại, tệp, chữ ký (verify all of it).

    Không nêu mã thì kiểm chứng tất cả, cùng các mốc neo, sổ thay đổi quản trị, tệp của kết quả cũ
    trong kho, và những tệp trong kho từ một ngày trở lên mà không gì nêu đến. Kết thúc với mã 1
    nếu có gì không khớp (exit code 1 when something is broken).
    """
    if codes and remove_orphans:
        raise click.UsageError("--remove-orphans chỉ dùng khi kiểm chứng tất cả.")
    settings = Settings.from_environment()
    files = FileStore.of(settings)
    with opened(settings) as database:
        found = _verified(database, settings, codes, workers)
        house = None if codes else verified_house(database, settings, files)
        unnamed = [] if codes else list(orphans(database, files, wall_clock()))
        if remove_orphans:
            unnamed = [each for each in unnamed if not _removed(database, files, each)]
    if as_json:
        plain = {"orphans": [_plain(each) for each in unnamed]}
        print_json(found.plain | (house.plain if house else NOTHING_ELSE) | plain)
    else:
        found.show()
        if house:
            house.show()
        _show_orphans(unnamed)
    if not found.holds or (house and not house.holds):
        raise click.exceptions.Exit(1)


@dataclass
class _Found:
    """What was found of dossiers; `lost` are those that were not verified."""

    count: int
    broken: list[Broken] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def take(self, some: Done) -> None:
        self.broken += some.broken
        self.lost += some.codes if some.lost else ()

    @property
    def holds(self) -> bool:
        return not self.broken and not self.lost

    @property
    def plain(self) -> dict[str, Any]:
        return {
            "dossiers": self.count,
            "verified": self.count - len(self.broken) - len(self.lost),
            "broken": [*map(vars, self.broken)],
            "lost": self.lost,
        }

    def show(self) -> None:
        for each in self.broken:
            click.echo(f"{each.dossier}, sự kiện {each.seq}: {each.reason}")
        for code in self.lost:
            click.echo(f"{code}: chưa kiểm chứng được vì tiến trình bị dừng; hãy chạy lại.")
        if self.broken:
            click.echo(f"{len(self.broken)} trong {self.count} hồ sơ không khớp.")
        elif not self.lost:
            click.echo(f"Đã kiểm chứng {self.count} hồ sơ: tất cả nguyên vẹn.")


def _verified(
    database: Database, settings: Settings, codes: tuple[str, ...], workers: int | None
) -> _Found:
    found = _Found(len(codes) or count_dossiers(database))
    with progress("Đang kiểm chứng", found.count) as advance:

        def done(some: Done) -> None:
            found.take(some)
            for _ in some.codes:
                advance()

        wanted, workers = codes or all_codes(database), workers or _usual(found.count)
        if workers == 1:
            verify_here(database, settings, wanted, done)
        else:
            verify_in_parallel(settings, wanted, workers, done)
    found.broken.sort(key=lambda each: each.dossier)
    found.lost.sort()
    return found


def _usual(count: int) -> int:
    """As many processes as processors, where starting them is worth it."""
    return min(os.cpu_count() or 1, 8) if count >= MANY else 1


def _removed(database: Database, files: FileStore, orphan: Held) -> bool:
    return remove_orphan(database, files, orphan, wall_clock())


def _plain(orphan: Held) -> dict[str, object]:
    return {"key": orphan.key, "size": orphan.size, "since": local_text(orphan.since)}


def _show_orphans(unnamed: list[Held]) -> None:
    for each in unnamed:
        click.echo(f"Không gì nêu đến: {each.key} ({each.size} byte, từ {said(each.since)})")
    if unnamed:
        click.echo(f"{len(unnamed)} tệp thừa trong kho; xóa bằng «motcua verify --remove-orphans».")
