"""`motcua verify`."""

import click

from cli.opening import opened
from cli.output import as_json, print_json, progress
from engine.store.database import Database
from engine.verification import Broken, all_codes, count_dossiers, verify_all
from engine.verification.office_log import OfficeLogState, verify_office_log


@click.command()
@click.argument("codes", nargs=-1, metavar="[MÃ HỒ SƠ]…")
@as_json
def verify(codes: tuple[str, ...], as_json: bool) -> None:
    """Chứng minh hồ sơ không bị sửa: chuỗi băm và chạy lại (verify chain and re-execution).

    Không nêu mã thì kiểm chứng tất cả, cùng sổ thay đổi quản trị. Kết thúc với mã 1 nếu có gì
    không khớp (exit code 1 when something is broken).
    """
    with opened() as database:
        count, broken = _verified(database, codes)
        log = None if codes else _verified_log(database)
    if as_json:
        print_json(
            {
                "dossiers": count,
                "verified": count - len(broken),
                "broken": [*map(vars, broken)],
                "office_log": log and vars(log),
            }
        )
    else:
        _show(count, broken)
        _show_log(log)
    if broken or (log and log.reason):
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


def _verified_log(database: Database) -> OfficeLogState:
    with database.reading() as tx:
        return verify_office_log(tx)


def _show_log(log: OfficeLogState | None) -> None:
    if log is None:
        return
    if log.reason:
        click.echo(f"Sổ thay đổi quản trị không khớp: {log.reason}")
    else:
        click.echo(f"Sổ thay đổi quản trị: {log.entries} mục, nguyên vẹn.")
