"""`motcua migrate`."""

import click

from cli.opening import opened_unchecked
from cli.output import as_json, print_json
from engine.commands.calendars import renew
from engine.store.migrate import current, upgrade
from engine.wallclock import wall_clock


@click.command()
@as_json
def migrate(as_json: bool) -> None:
    """Đưa cơ sở dữ liệu và lịch lên phiên bản mới nhất (bring schema and calendars up to date)."""
    with opened_unchecked() as database:
        before = current(database)
        upgrade(database)
        after = current(database)
        with database.transaction() as tx:
            renewed = renew(tx, wall_clock())
    if as_json:
        print_json({"before": before, "after": after})
    elif before == after:
        click.echo(f"Cơ sở dữ liệu đã ở phiên bản mới nhất ({after}).")
    else:
        click.echo(f"Đã nâng cơ sở dữ liệu lên phiên bản {after}.")
    if renewed is not None and not as_json:
        click.echo("Đã cập nhật lịch quốc gia; hồ sơ đang giải quyết sẽ được tính lại hạn.")
