"""`motcua retention`: how long personal data are kept, and masking them afterwards."""

from datetime import date, datetime
from typing import Any

import click

from cli.opening import opened
from cli.operator import operator
from cli.output import as_json, console, print_json, progress
from engine.commands.retention import lay_down
from engine.errors import EngineError
from engine.queries.retention import Over, list_rules, over
from engine.retention.masking import MaskDossier, mask_dossier
from engine.store.database import Database
from engine.store.retention import Rule
from engine.wallclock import wall_clock


@click.group()
def retention() -> None:
    """Thời hạn lưu dữ liệu cá nhân theo lĩnh vực; che khi hết thời hạn (retention)."""


@retention.command()
@as_json
def rules(as_json: bool) -> None:
    """Liệt kê thời hạn lưu (list the rules)."""
    with opened() as database, database.reading() as tx:
        found = list_rules(tx, operator(tx))
    if as_json:
        print_json([_plain(rule) for rule in found])
        return
    for rule in found:
        click.echo(f"{_line(rule)} Từ {rule.effective_from:%d/%m/%Y}, theo {rule.ground}.")


@retention.command(name="set")
@click.argument("field", metavar="LĨNH_VỰC")
@click.option("--years", type=click.IntRange(1, 100), help="Số năm; bỏ trống: vĩnh viễn.")
@click.option("--ground", required=True, help="Căn cứ (legal ground).")
@click.option("--from", "since", required=True, type=click.DateTime(["%Y-%m-%d"]),
              help="Từ ngày (effective from).")  # fmt: skip
def set_(field: str, years: int | None, ground: str, since: datetime) -> None:
    """Đặt thời hạn lưu của một lĩnh vực (lay down a rule)."""
    rule = Rule(field, years, ground, since.date())
    with opened() as database, database.transaction() as tx:
        lay_down(tx, rule, operator(tx), wall_clock())
    click.echo(_line(rule))


@retention.command(name="over")
@as_json
def over_(as_json: bool) -> None:
    """Liệt kê hồ sơ đã hết thời hạn lưu (dossiers whose time is over)."""
    with opened() as database:
        found = _over(database)
    if as_json:
        print_json([{**vars(each), "rule": _plain(each.rule)} for each in found])
        return
    for each in found:
        number = f"{len(each.codes)}{'+' if each.more else ''}"
        click.echo(f"{each.rule.field}: {number} hồ sơ. {' '.join(each.codes[:10])}")


@retention.command()
@click.argument("codes", nargs=-1, metavar="[MÃ_HỒ_SƠ]…")
@click.option("--over", "all_over", is_flag=True, help="Mọi hồ sơ đã hết thời hạn lưu.")
@click.option("--ground", required=True, help="Quyết định cho phép (the decision).")
def mask(codes: tuple[str, ...], all_over: bool, ground: str) -> None:
    """Che dữ liệu cá nhân; không hoàn lại được (mask for good).

    Mỗi hồ sơ được kiểm chứng trước và sau. Hồ sơ không che được thì giữ nguyên và nêu lý do. Tệp đã
    thôi giữ được «motcua verify --remove-orphans» xóa khỏi kho.
    """
    if bool(codes) == all_over:
        raise click.UsageError("Nêu mã hồ sơ, hoặc --over.")
    with opened() as database:
        chosen = codes or tuple(code for each in _over(database) for code in each.codes)
        refused = _mask(database, chosen, ground)
    console.print(f"Đã che {len(chosen) - len(refused)} hồ sơ.")
    for sentence in refused:
        click.echo(sentence, err=True)
    if refused:
        raise click.exceptions.Exit(1)


def _mask(database: Database, codes: tuple[str, ...], ground: str) -> list[str]:
    """Each in a transaction of its own; what was refused, in words."""
    refused = []
    with progress("Che dữ liệu", len(codes)) as done:
        for code in codes:
            try:
                with database.transaction() as tx:
                    mask_dossier(tx, MaskDossier(code, ground), operator(tx), wall_clock())
            except EngineError as error:
                refused.append(error.message)
            done()
    return refused


def _over(database: Database) -> list[Over]:
    with database.reading() as tx:
        return over(tx, operator(tx), wall_clock())


def _line(rule: Rule) -> str:
    kept = "vĩnh viễn" if rule.years is None else f"{rule.years} năm"
    return f"{rule.field}: {kept}."


def _plain(rule: Rule) -> dict[str, Any]:
    day: date = rule.effective_from
    return {**vars(rule), "effective_from": day.isoformat()}
