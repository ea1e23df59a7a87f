"""`motcua demo`."""

import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.table import Table

from api.passwords import hash_password
from bpmn.roles import ROLE_NAMES
from cli.demo.fill import Scale, fill, is_empty, relaxed
from cli.demo.office import MEMBERS
from cli.demo.papers import trusting
from cli.failures import Refusal
from cli.opening import opened_unchecked
from cli.output import console, progress
from cli.serve import THREADS, Server
from engine.settings import Settings
from engine.store.migrate import upgrade
from engine.wallclock import wall_clock

PASSWORD = "motcua-demo"  # noqa: S105
"""Everyone's in the example office."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Cổng; mặc định theo MOTCUA_PORT.")
@click.option("--no-serve", is_flag=True, help="Chỉ tạo dữ liệu, không chạy máy chủ.")
@click.option("--finished", type=click.IntRange(0, 100_000), default=Scale.finished,
              show_default=True, help="Số hồ sơ đã kết thúc.")  # fmt: skip
@click.option("--open", "open_", type=click.IntRange(0, 100_000), default=Scale.open,
              show_default=True, help="Số hồ sơ đang giải quyết.")  # fmt: skip
@click.option("--seed", default=Scale.seed, show_default=True, help="Số gieo ngẫu nhiên (seed).")
def demo(port: int | None, no_serve: bool, finished: int, open_: int, seed: int) -> None:
    """Một xã mẫu với hồ sơ của cả năm, chạy ngay (an example office, filled and running).

    Dữ liệu được tạo một lần trong cơ sở dữ liệu mà MOTCUA_DATABASE_URL nêu; lần sau dùng lại
    (filled once, used again later).
    """
    settings = trusting(Settings.from_environment())
    port = port or settings.port
    if not no_serve:
        _require_free(settings.host, port)
    _prepare(settings, Scale(finished, open_, seed))
    console.print(_people())
    if no_serve:
        click.echo(_how_to_serve(settings, port))
    else:
        _serve(settings, port)


def _prepare(settings: Settings, scale: Scale) -> None:
    with opened_unchecked(settings) as database:
        upgrade(relaxed(database))
        if not is_empty(database):
            click.echo("Cơ sở dữ liệu đã có hồ sơ: dùng lại, không tạo thêm.", err=True)
            return
        total = scale.finished + scale.open
        with progress("Đang tạo một năm hồ sơ", total) as advance, _telling_of_halves():
            fill(database, hash_password(PASSWORD), settings, wall_clock(), scale, advance)


@contextmanager
def _telling_of_halves() -> Iterator[None]:
    try:
        yield
    except BaseException:
        click.echo(
            "Dữ liệu mẫu chưa tạo xong. Hãy xóa cơ sở dữ liệu này rồi chạy lại «motcua demo».",
            err=True,
        )
        raise


def _people() -> Table:
    table = Table("Tên đăng nhập", "Họ và tên", "Vai trò", "Mật khẩu", title="Ai đăng nhập được")
    for member in MEMBERS:
        table.add_row(member.username, member.full_name, ROLE_NAMES[member.role], PASSWORD)
    return table


def _how_to_serve(settings: Settings, port: int) -> str:
    """The lines with which a shell serves the office, trusting the trial keys."""
    return (
        "Để chạy máy chủ trên dữ liệu này (chữ ký dùng thử cần thư mục tin cậy):\n"
        f"  export MOTCUA_TRUST_ROOTS={shlex.quote(settings.trust_roots)}\n"
        f"  motcua serve --port {port}\n"
        "Bộ hẹn giờ, ở cửa sổ khác: motcua scheduler"
    )


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"Không dùng được cổng {port} ({error.strerror}); hãy chọn --port khác."
            raise Refusal(reason) from error


def _serve(settings: Settings, port: int) -> None:
    console.print(f"Mở http://{settings.host}:{port}/ · dừng bằng Ctrl-C.")
    with _scheduler():
        Server(settings, f"{settings.host}:{port}", workers=1, threads=THREADS).run()


@contextmanager
def _scheduler() -> Iterator[None]:
    """A scheduler process beside the server, ended with it."""
    child = subprocess.Popen([sys.executable, "-m", "cli", "scheduler"])
    try:
        yield
    finally:
        child.terminate()
        child.wait()
