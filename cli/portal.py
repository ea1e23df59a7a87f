"""`motcua portal`."""

import click
from rich.table import Column, Table

from cli.failures import Refusal, Senseless
from cli.opening import opened
from cli.operator import EVERYTHING, operator
from cli.output import as_json, console, local_text, print_json, said
from engine.commands.portal import ResendMany, resend_dossier, resend_many
from engine.commands.portal_use import stop_using
from engine.errors.portal import PortalNotUsed, PortalStillSet
from engine.model.portal import SyncState
from engine.queries.paging import Slice
from engine.queries.portal import SyncItem, list_syncs
from engine.settings import Settings
from engine.wallclock import wall_clock
from notifications.channels.portal import Account
from notifications.portal_round import reconcile as compare


@click.group()
def portal() -> None:
    """Đồng bộ với Cổng Dịch vụ công quốc gia (what the national portal is told)."""


@portal.command(name="list")
@click.option(
    "--state",
    type=click.Choice([state.value for state in SyncState]),
    help="Chỉ hồ sơ ở trạng thái này; mặc định là chưa đồng bộ (only in this state).",
)
@click.option(
    "--limit",
    type=click.IntRange(1, EVERYTHING),
    default=100,
    show_default=True,
    help="Số hồ sơ (how many).",
)
@as_json
def list_(state: str | None, limit: int, as_json: bool) -> None:
    """Liệt kê hồ sơ chưa đồng bộ, và vì sao (list dossiers that are not in step)."""
    chosen = SyncState(state) if state else None
    with opened() as database, database.reading() as tx:
        found = list_syncs(tx, Slice(limit), chosen, operator(tx)).items
    if as_json:
        print_json([_plain(item) for item in found])
        return
    table = Table(
        Column("Hồ sơ", no_wrap=True), "Tình trạng", "Cần hiển thị", "Cổng đã nhận", "Lỗi gần nhất"
    )
    for item in found:
        taken = f"{item.taken_name}\n{said(item.taken_at)}" if item.taken_name else "—"
        should = f"{item.code_name}\n{said(item.written_at)}"
        table.add_row(item.dossier, item.state_name, should, taken, item.last_error or "")
    console.print(table)


@portal.command()
@click.argument("codes", metavar="[MÃ]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Mọi hồ sơ chưa đồng bộ (all of them).")
@click.option(
    "--state",
    type=click.Choice([state.value for state in SyncState]),
    help="Mọi hồ sơ ở trạng thái này (all in this state).",
)
def resend(codes: tuple[str, ...], everything: bool, state: str | None) -> None:
    """Gửi lại hiện trạng hồ sơ lên Cổng (tell the portal again)."""
    if bool(codes) == (everything or state is not None):
        raise Senseless("Hãy nêu mã hồ sơ, hoặc --all, hoặc --state.")
    with opened() as database:
        for code in codes:
            with database.transaction() as tx:
                resend_dossier(tx, code, operator(tx), wall_clock())
        count = len(codes)
        if not codes:
            chosen = ResendMany(SyncState(state) if state else None)
            with database.transaction() as tx:
                count = resend_many(tx, chosen, operator(tx))
    click.echo(f"Sẽ gửi lại {count} hồ sơ.")


@portal.command()
@as_json
def reconcile(as_json: bool) -> None:
    """Đối chiếu với Cổng ngay, và gửi lại những gì khác (compare now, and heal)."""
    settings = Settings.from_environment()
    account = Account.of(settings)
    if account is None:
        raise PortalNotUsed
    with opened(settings) as database:
        report = compare(database, wall_clock, account)
    if as_json:
        print_json(vars(report))
    elif not report.failed:
        click.echo(
            f"Đã đối chiếu {report.compared} hồ sơ, gửi lại {report.healed};"
            f" Cổng có {report.strangers} hồ sơ lạ."
        )
    if report.failed:
        raise Refusal(f"Chưa đối chiếu xong: {report.failed}")


@portal.command()
def off() -> None:
    """Thôi đồng bộ; những gì đang chờ bị bỏ (tell the portal nothing more)."""
    settings = Settings.from_environment()
    if settings.portal_url:
        raise PortalStillSet
    with opened(settings) as database, database.transaction() as tx:
        stop_using(tx, wall_clock())
    click.echo("Đã thôi đồng bộ với Cổng.")


def _plain(item: SyncItem) -> dict[str, object]:
    moments = ("written_at", "waiting_since", "taken_at")
    plain = {name: local_text(getattr(item, name)) for name in moments}
    return {**vars(item), **plain, "state": item.state.value}
