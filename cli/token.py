"""`motcua token`."""

import secrets
from datetime import timedelta

import click

from cli.failures import Senseless
from cli.opening import opened
from cli.output import as_json, local_text, print_json, said
from engine.store import users
from engine.wallclock import wall_clock

RANDOM_BYTES = 32


@click.command()
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True,
              help="Có hiệu lực trong bao nhiêu ngày (days it is good for).")  # fmt: skip
@click.option("--name", default="motcua token", help="Dùng để làm gì (what it is for).")
@as_json
def token(username: str, days: int, name: str, as_json: bool) -> None:
    """Tạo khóa API cho một người dùng (make an API token).

    Khóa chỉ hiện một lần; cơ sở dữ liệu chỉ giữ giá trị băm (shown once, kept as a hash).
    """
    made, now = secrets.token_urlsafe(RANDOM_BYTES), wall_clock()
    expires_at = now + timedelta(days=days)
    with opened() as database, database.transaction() as tx:
        found = users.actor_by_username(tx, username)
        if found is None:
            raise Senseless(f"Không có người dùng {username} đang hoạt động.")
        users.add_token(tx, found[0].id, made, name, now, expires_at)
    if as_json:
        print_json({"token": made, "expires_at": local_text(expires_at)})
    else:
        click.echo(made)
        click.echo(f"Khóa của {username}, có hiệu lực đến {said(expires_at)}.", err=True)
