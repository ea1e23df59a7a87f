"""`motcua scheduler`."""

import click

from cli.logs import set_up_logs
from cli.opening import opened
from engine.settings import Settings
from engine.wallclock import wall_clock
from notifications.scheduler import INTERVAL_SECONDS, Scheduler, run
from notifications.tick import BATCH


@click.command()
@click.option(
    "--interval",
    type=click.FloatRange(0.05, 60),
    default=INTERVAL_SECONDS,
    show_default=True,
    help="Số giây giữa hai lần xem hẹn giờ (seconds between ticks).",
)
@click.option(
    "--batch",
    type=click.IntRange(1, 1000),
    default=BATCH,
    show_default=True,
    help="Số hẹn giờ nhận mỗi lần (timers claimed at once).",
)
def scheduler(interval: float, batch: int) -> None:
    """Chạy bộ hẹn giờ: quá hạn, hết thời gian chờ (fire timers until told to end).

    Trên PostgreSQL có thể chạy nhiều tiến trình cùng lúc (any number on PostgreSQL).
    """
    settings = Settings.from_environment()
    set_up_logs(settings.log_level)
    with opened(settings) as database:
        run(Scheduler(database, wall_clock, interval, batch))
