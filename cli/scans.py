"""`motcua scans`."""

import click

from cli.logs import set_up_logs
from cli.opening import opened
from cli.output import as_json, print_json
from engine.settings import Settings
from engine.wallclock import wall_clock
from notifications.scanning import Outcome, Scanning, Workshop, make_waiting
from notifications.scheduler import run


@click.command()
@click.option("--once", is_flag=True, help="Xử lý hết tài liệu đang chờ rồi dừng (once).")
@click.option(
    "--at-once",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Số tài liệu xử lý cùng lúc (documents made at a time).",
)
@as_json
def scans(once: bool, at_once: int, as_json: bool) -> None:
    """Tạo PDF/A từ ảnh chụp, bản quét, đến khi được bảo dừng (make documents from scans).

    Tiến trình scheduler cũng làm việc này, trừ khi MOTCUA_SCANS_AT_ONCE=0; lệnh này để chạy riêng
    trên máy khác (the scheduler does the same; this is for a process of its own).
    """
    settings = Settings.from_environment()
    set_up_logs(settings.log_level)
    with opened(settings) as database:
        shop = Workshop.of(settings, database, wall_clock)
        if not once:
            run(Scanning(shop, at_once))
            return
        outcomes = make_waiting(shop)
    counts = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    if as_json:
        print_json(counts)
    else:
        click.echo(
            f"Đã tạo {counts['made']}, thử lại sau {counts['postponed']},"
            f" không tạo được {counts['failed']} tài liệu."
        )
