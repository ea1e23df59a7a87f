"""`motcua dispatch`."""

import click

from cli.logs import set_up_logs
from cli.opening import opened
from cli.output import as_json, print_json
from engine.model.channel import CHANNEL_NAMES
from engine.settings import Settings
from engine.wallclock import wall_clock
from notifications.channels.configured import carriers
from notifications.dispatcher import INTERVAL_SECONDS, Dispatcher, DispatchReport
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

    Tiến trình scheduler cũng gửi; chỉ cần lệnh này khi muốn một tiến trình riêng (the scheduler
    does the same; this is for a process of its own).
    """
    settings = Settings.from_environment()
    set_up_logs(settings.log_level)
    with opened(settings) as database:
        found = carriers(settings, database)
        if not once:
            run(Dispatcher(database, wall_clock, found, interval))
            return
        reports = {one.channel: send(database, wall_clock, one) for one in found}
    if as_json:
        print_json({channel.value: vars(report) for channel, report in reports.items()})
    else:
        for channel, report in reports.items():
            click.echo(f"{CHANNEL_NAMES[channel]}: {_said(report)}")


def _said(report: DispatchReport) -> str:
    return f"đã gửi {report.sent}, để lại {report.postponed}, bỏ {report.refused}."
