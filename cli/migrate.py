"""`motcua migrate`."""

import click

from cli.opening import opened_unchecked
from cli.output import as_json, print_json
from engine.store.migrate import current, upgrade


@click.command()
@as_json
def migrate(as_json: bool) -> None:
    """Đưa cơ sở dữ liệu lên phiên bản mới nhất (bring the schema up to date)."""
    with opened_unchecked() as database:
        before = current(database)
        upgrade(database)
        after = current(database)
    if as_json:
        print_json({"before": before, "after": after})
    elif before == after:
        click.echo(f"Cơ sở dữ liệu đã ở phiên bản mới nhất ({after}).")
    else:
        click.echo(f"Đã nâng cơ sở dữ liệu lên phiên bản {after}.")
