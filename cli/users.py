"""`motcua users`."""

import re

import click
from rich.table import Table

from api.passwords import hash_password
from bpmn.roles import ROLE_NAMES, Role
from cli.failures import Senseless
from cli.opening import opened
from cli.operator import EVERYTHING, operator
from cli.output import as_json, console, print_json
from engine.commands.people import ChangeUser, CreateUser, GivenRole, change_user, create_user
from engine.queries.paging import Slice
from engine.queries.people import UserItem, id_of, list_users
from engine.wallclock import wall_clock

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SHORTEST_PASSWORD = 8


@click.group()
def users() -> None:
    """Người dùng và vai trò (people and their roles)."""


@users.command()
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
@click.option("--name", "full_name", required=True, help="Họ và tên (full name).")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="Vai trò."
)
@click.option("--agency", required=True, help="Mã cơ quan (agency code).")
@click.option("--unit", help="Mã đơn vị trong cơ quan (unit code).")
@click.option("--email", help="Địa chỉ thư điện tử (where alerts are mailed to).")
@click.password_option("--password", help="Mật khẩu; không nêu thì được hỏi (asked if missing).",
                       prompt="Mật khẩu", confirmation_prompt="Nhập lại mật khẩu")  # fmt: skip
@as_json
def add(  # noqa: PLR0913
    username: str,
    full_name: str,
    role: str,
    agency: str,
    unit: str | None,
    email: str | None,
    password: str,
    as_json: bool,
) -> None:
    """Thêm một người dùng có một vai trò (add someone with a role)."""
    if not _USERNAME.fullmatch(username):
        raise Senseless("Tên đăng nhập gồm tối đa 64 chữ thường không dấu, số và các dấu . _ -")
    if len(password) < SHORTEST_PASSWORD:
        raise Senseless(f"Mật khẩu phải có ít nhất {SHORTEST_PASSWORD} ký tự.")
    given = (GivenRole(Role(role), agency, unit),)
    command = CreateUser(username, full_name, lambda: hash_password(password), given, email)
    with opened() as database, database.transaction() as tx:
        id_ = create_user(tx, command, operator(tx), wall_clock())
    if as_json:
        print_json({"id": id_, "username": username})
    else:
        click.echo(f"Đã thêm {full_name} ({username}), {ROLE_NAMES[Role(role)]}, cơ quan {agency}.")


@users.command()
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
@click.argument("address", metavar="ĐỊA_CHỈ", required=False)
@click.option("--none", "to_none", is_flag=True, help="Không gửi thư nữa (no mail any more).")
def email(username: str, address: str | None, to_none: bool) -> None:
    """Đặt địa chỉ thư điện tử của một người (say where someone is written to)."""
    if (address is None) != to_none:
        raise Senseless("Hãy nêu một địa chỉ thư, hoặc --none để không gửi thư nữa.")
    with opened() as database, database.transaction() as tx:
        change = ChangeUser(id_of(tx, username), {"email": address})
        change_user(tx, change, operator(tx), wall_clock())
    click.echo(f"{username} nhận thư tại {address}." if address else f"{username} không nhận thư.")


@users.command(name="list")
@as_json
def list_(as_json: bool) -> None:
    """Liệt kê người dùng (list people)."""
    with opened() as database, database.reading() as tx:
        found = list_users(tx, Slice(EVERYTHING), operator(tx)).items
    if as_json:
        print_json([_plain(user) for user in found])
        return
    table = Table("Tên đăng nhập", "Họ và tên", "Thư điện tử", "Vai trò", "Trạng thái")
    for user in found:
        roles = "\n".join(
            f"{ROLE_NAMES[grant.role]} · {grant.agency}{f'/{grant.unit}' if grant.unit else ''}"
            for grant in user.grants
        )
        state = "" if user.active else "ngừng"
        table.add_row(user.username, user.full_name, user.email or "", roles, state)
    console.print(table)


def _plain(user: UserItem) -> dict[str, object]:
    grants = [{**vars(grant), "role": grant.role.value} for grant in user.grants]
    return {**vars(user), "grants": grants}
