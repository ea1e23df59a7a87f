"""`motcua dispatch`."""

import click

from cli.failures import Refusal
from cli.logs import set_up_logs
from cli.opening import opened
from cli.output import as_json, print_json
from engine.settings import Settings
from engine.wallclock import wall_clock
from notifications.dispatcher import INTERVAL_SECONDS, Dispatcher, Post
from notifications.dispatcher import dispatch as send
from notifications.scheduler import run


@click.command()
@click.option("--once", is_flag=True, help="Gửi một lượt rồi dừng (send what is due, then end).")
@click.option(
    "--interval",
    type=click.FloatRange(0.05, 60),
    default=INTERVAL_SECONDS,
    show_default=True,
    help="Số giây giữa hai lượt (seconds between rounds).",
)
@as_json
def dispatch(once: bool, interval: float, as_json: bool) -> None:
    """Gửi thư đang chờ, đến khi được bảo dừng (send what waits until told to end).

    Tiến trình scheduler cũng gửi thư khi có MOTCUA_SMTP_URL; chỉ cần lệnh này khi muốn một tiến
    trình riêng (the scheduler does the same; this is for a process of its own).
    """
    settings = Settings.from_environment()
    post = Post.of(settings)
    if post is None:
        raise Refusal("Chưa có máy chủ thư. Hãy đặt MOTCUA_SMTP_URL và MOTCUA_MAIL_FROM.")
    set_up_logs(settings.log_level)
    with opened(settings) as database:
        if not once:
            run(Dispatcher(database, wall_clock, post, interval))
            return
        report = send(database, wall_clock, post)
    if as_json:
        print_json(vars(report))
    else:
        click.echo(f"Đã gửi {report.sent}, để lại {report.postponed}, bỏ {report.refused} thư.")
