"""`motcua event-log`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from cli.opening import opened
from engine.queries.mining import Asked, LogFormat, event_log, every_agency

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument(
    "format_", metavar="xes|ocel", type=click.Choice([each.value for each in LogFormat])
)
@click.option("--from", "first", required=True, type=_DAY, help="Ngày đầu (first day).")
@click.option("--to", "last", required=True, type=_DAY, help="Ngày cuối (last day).")
@click.option("--agency", help="Một cơ quan; mặc định: tất cả (one agency).")
@click.option("--procedure", help="Một thủ tục; mặc định: tất cả (one procedure).")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="Tệp ghi ra; mặc định: màn hình (file to write).")  # fmt: skip
def event_log_(
    format_: str,
    first: datetime,
    last: datetime,
    agency: str | None,
    procedure: str | None,
    output: Path | None,
) -> None:
    """Xuất nhật ký của những hồ sơ tiếp nhận trong kỳ cho công cụ khai phá quy trình.

    XES là IEEE 1849-2016, OCEL là OCEL 2.0 dạng JSON (event logs for process mining). Cán bộ chỉ
    là số; tên, lời khai của công dân không đi kèm.
    """
    asked = Asked(_day(first), _day(last), agency, procedure)
    with opened() as database:
        with database.reading() as tx:
            reach = every_agency(tx)
        pieces = event_log(database, asked, reach, LogFormat(format_))
        if output is None:
            sys.stdout.buffer.writelines(pieces)
        else:
            with output.open("wb") as file:
                file.writelines(pieces)


def _day(given: datetime) -> date:
    return given.date()
