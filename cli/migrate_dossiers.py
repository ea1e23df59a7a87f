"""`motcua migrate-dossiers`: running dossiers go on under another version of their procedure."""

from typing import Any

import click

from cli.failures import Refusal, Senseless
from cli.logs import set_up_logs
from cli.opening import opened
from cli.output import as_json, print_json, progress
from engine.commands.dossier_migrations import (
    MOST_STEPS,
    PlanMigration,
    plan_migration,
    start_migration,
)
from engine.errors import UserUnknown
from engine.model.actor import Actor
from engine.model.migration import Choice, Limits, State, Verdict
from engine.queries.dossier_migrations import MigrationView, dossiers_of, migration
from engine.queries.paging import Slice
from engine.store import definitions, users
from engine.store.database import Database
from engine.wallclock import wall_clock
from notifications.migrating import carry_on

MOST_SHOWN = 100


@click.command()
@click.argument("procedure", metavar="MÃ_THỦ_TỤC")
@click.option("--agency", required=True, help="Cơ quan giải quyết và cấp dưới (agency code).")
@click.option("--ground", required=True, help="Căn cứ, ví dụ số quyết định (on which decision).")
@click.option("--by", required=True, help="Tên đăng nhập của người quyết định (who decides).")
@click.option("--to", "version", help="Phiên bản mới; không nêu: phiên bản đang dùng (digest).")
@click.option("--from", "before", help="Chỉ hồ sơ theo phiên bản này (only of this version).")
@click.option("--at", "at", help="Chỉ hồ sơ đang ở bước này (only with this step open).")
@click.option("--step", "steps", multiple=True, metavar="CŨ=MỚI", help="Bước mới thay bước cũ.")
@click.option(
    "--limits",
    type=click.Choice([each.value for each in Limits]),
    default=Limits.KEPT.value,
    show_default=True,
    help="Hạn của bước đang mở: giữ, hay theo bản mới (of open steps).",
)
@click.option("--dry-run", is_flag=True, help="Chỉ chạy thử (only try).")
@as_json
def migrate_dossiers(  # noqa: PLR0913
    procedure: str,
    agency: str,
    ground: str,
    by: str,
    version: str | None,
    before: str | None,
    at: str | None,
    steps: tuple[str, ...],
    limits: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Chuyển hồ sơ đang giải quyết sang phiên bản khác của quy trình.

    Trước hết chạy thử từng hồ sơ, rồi chuyển những hồ sơ chuyển được. Ctrl-C dừng giữa chừng;
    hồ sơ đã chuyển vẫn theo phiên bản mới, bộ hẹn giờ làm tiếp phần còn lại.
    """
    set_up_logs("WARNING")
    with opened() as database:
        with database.transaction() as tx:
            actor = _person(tx, by)
            command = PlanMigration(
                procedure=procedure,
                version=version or definitions.current_version(tx, procedure),
                agency=agency,
                ground=ground,
                steps=_steps(steps),
                limits=Limits(limits),
                choice=Choice(version=before, step=at),
            )
            number, chosen = plan_migration(tx, command, actor, wall_clock())
        _until_done(database, chosen, "Chạy thử")
        possible = _view(database, number, actor).counts.get(Verdict.POSSIBLE, 0)
        if possible and not dry_run:
            with database.transaction() as tx:
                start_migration(tx, number, actor, wall_clock())
            _until_done(database, possible, "Chuyển")
        _tell(database, number, actor, as_json)


def _person(tx: Any, username: str) -> Actor:
    found = users.actor_by_username(tx, username)
    if found is None:
        raise UserUnknown(user=username)
    return found[0]


def _steps(pairs: tuple[str, ...]) -> dict[str, str]:
    if len(pairs) > MOST_STEPS:
        raise Senseless(f"Chỉ nêu được nhiều nhất {MOST_STEPS} bước (--step).")
    return dict(map(_pair, pairs))


def _pair(text: str) -> tuple[str, str]:
    old, sign, new = text.partition("=")
    if not (old and sign and new):
        raise Senseless(f"Không hiểu «{text}». Hãy ghi mã bước cũ=mã bước mới.")
    return old, new


def _until_done(database: Database, number: int, label: str) -> None:
    with progress(label, number) as advance:

        def go_on() -> bool:
            advance()
            return True

        carry_on(database, wall_clock, go_on)


def _view(database: Database, number: int, actor: Actor) -> MigrationView:
    with database.reading() as tx:
        return migration(tx, number, actor)


def _tell(database: Database, number: int, actor: Actor, as_json: bool) -> None:
    found = _view(database, number, actor)
    with database.reading() as tx:
        unable = [
            each
            for verdict in (Verdict.IMPOSSIBLE, Verdict.REFUSED)
            for each in dossiers_of(tx, number, Slice(MOST_SHOWN), verdict, actor).items
        ]
    counts = {verdict.value: count for verdict, count in found.counts.items()}
    if as_json:
        left = [{"code": each.code, "reason": each.reason} for each in unable]
        print_json({"migration": number, "state": found.migration.state, **counts, "left": left})
        return
    click.echo(f"Đợt chuyển số {number}: {found.state_name.lower()}.")
    for verdict, count in found.counts.items():
        click.echo(f"  {verdict.value}: {count}")
    for each in unable:
        click.echo(f"  {each.code}: {each.reason}")
    if found.migration.state is State.RUNNING:
        raise Refusal("Chưa chuyển hết; bộ hẹn giờ sẽ làm tiếp.")
