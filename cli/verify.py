"""`motcua verify`."""

import click

from cli.opening import opened
from cli.output import as_json, print_json, progress
from engine.store.database import Database
from engine.verification import Broken, all_codes, count_dossiers, verify_all


@click.command()
@click.argument("codes", nargs=-1, metavar="[MÃ HỒ SƠ]…")
@as_json
def verify(codes: tuple[str, ...], as_json: bool) -> None:
    """Chứng minh hồ sơ không bị sửa: chuỗi băm và chạy lại (verify chain and re-execution).

    Không nêu mã thì kiểm chứng tất cả. Kết thúc với mã 1 nếu có hồ sơ không khớp (exit code 1
    when something is broken).
    """
    with opened() as database:
        count, broken = _verified(database, codes)
    if as_json:
        print_json(
            {"dossiers": count, "verified": count - len(broken), "broken": [*map(vars, broken)]}
        )
    else:
        _show(count, broken)
    if broken:
        raise click.exceptions.Exit(1)


def _verified(database: Database, codes: tuple[str, ...]) -> tuple[int, list[Broken]]:
    broken: list[Broken] = []
    count = len(codes) or count_dossiers(database)
    with progress("Đang kiểm chứng", count) as advance:

        def done(found: Broken | None) -> None:
            broken.extend([found] if found else [])
            advance()

        verify_all(database, codes or all_codes(database), done)
    return count, broken


def _show(count: int, broken: list[Broken]) -> None:
    for each in broken:
        click.echo(f"{each.dossier}, sự kiện {each.seq}: {each.reason}")
    if broken:
        click.echo(f"{len(broken)} trong {count} hồ sơ không khớp.")
    else:
        click.echo(f"Đã kiểm chứng {count} hồ sơ: tất cả nguyên vẹn.")
