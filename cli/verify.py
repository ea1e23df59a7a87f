"""`motcua verify`."""

from dataclasses import asdict

import click

from cli.opening import opened
from cli.output import as_json, local_text, print_json, progress, said
from engine.files import FileStore, Held
from engine.settings import Settings
from engine.signatures.trust import Trust, trusted
from engine.store.database import Database
from engine.verification import all_codes, count_dossiers, verify_all
from engine.verification.files import orphans, remove_orphan
from engine.verification.finding import Broken
from engine.verification.historic import LostResult, lost_historic
from engine.verification.office_log import OfficeLogState, verify_office_log
from engine.verification.petitions import PetitionLogState, verify_petitions
from engine.wallclock import wall_clock


@click.command()
@click.argument("codes", nargs=-1, metavar="[MÃ HỒ SƠ]…")
@click.option("--remove-orphans", is_flag=True, help="Xóa tệp thừa (delete what nothing names).")
@as_json
def verify(codes: tuple[str, ...], remove_orphans: bool, as_json: bool) -> None:
    """Chứng minh hồ sơ không bị sửa: chuỗi băm, chạy lại, tệp, chữ ký (verify all of it).

    Không nêu mã thì kiểm chứng tất cả, cùng sổ thay đổi quản trị, sổ phản ánh, kiến nghị, tệp của
    kết quả cũ trong kho, và những tệp trong kho từ một ngày trở lên mà không gì nêu đến. Kết thúc
    với mã 1 nếu có gì không khớp (exit code 1 when something is broken).
    """
    if codes and remove_orphans:
        raise click.UsageError("--remove-orphans chỉ dùng khi kiểm chứng tất cả.")
    settings = Settings.from_environment()
    files = FileStore.of(settings)
    with opened(settings) as database:
        trust = trusted(settings.trust_roots)
        count, broken = _verified(database, files, trust, codes)
        log = None if codes else _verified_log(database)
        petitions = None if codes else _verified_petitions(database)
        lost = [] if codes else list(lost_historic(database, files))
        unnamed = [] if codes else list(orphans(database, files, wall_clock()))
        if remove_orphans:
            unnamed = [each for each in unnamed if not _removed(database, files, each)]
    if as_json:
        print_json(
            {
                "dossiers": count,
                "verified": count - len(broken),
                "broken": [*map(vars, broken)],
                "office_log": log and vars(log),
                "petitions": petitions and asdict(petitions),
                "historic": [*map(vars, lost)],
                "orphans": [_plain(each) for each in unnamed],
            }
        )
    else:
        _show(count, broken)
        _show_log(log)
        _show_petitions(petitions)
        _show_historic(lost)
        _show_orphans(unnamed)
    if broken or lost or (log and log.reason) or (petitions and petitions.faults):
        raise click.exceptions.Exit(1)


def _verified(
    database: Database, files: FileStore, trust: Trust, codes: tuple[str, ...]
) -> tuple[int, list[Broken]]:
    broken: list[Broken] = []
    count = len(codes) or count_dossiers(database)
    with progress("Đang kiểm chứng", count) as advance:

        def done(found: Broken | None) -> None:
            broken.extend([found] if found else [])
            advance()

        verify_all(database, files, trust, codes or all_codes(database), done)
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


def _verified_petitions(database: Database) -> PetitionLogState:
    with database.reading() as tx:
        return verify_petitions(tx)


def _show_petitions(state: PetitionLogState | None) -> None:
    if state is None:
        return
    for fault in state.faults:
        click.echo(f"Sổ phản ánh, kiến nghị, mục {fault.seq}: {fault.reason}")
    if not state.faults:
        click.echo(f"Sổ phản ánh, kiến nghị: {state.entries} mục, nguyên vẹn.")


def _show_historic(lost: list[LostResult]) -> None:
    for each in lost:
        click.echo(f"Kết quả cũ {each.number} ({each.name}): {each.reason}")


def _removed(database: Database, files: FileStore, orphan: Held) -> bool:
    return remove_orphan(database, files, orphan, wall_clock())


def _plain(orphan: Held) -> dict[str, object]:
    return {"key": orphan.key, "size": orphan.size, "since": local_text(orphan.since)}


def _show_orphans(unnamed: list[Held]) -> None:
    for each in unnamed:
        click.echo(f"Không gì nêu đến: {each.key} ({each.size} byte, từ {said(each.since)})")
    if unnamed:
        click.echo(f"{len(unnamed)} tệp thừa trong kho; xóa bằng «motcua verify --remove-orphans».")
