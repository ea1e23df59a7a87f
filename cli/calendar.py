"""`motcua calendar`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click
from rich.table import Table

from cli.failures import Senseless
from cli.opening import opened
from cli.operator import EVERYTHING, operator
from cli.output import as_json, console, local_text, print_json, said
from engine.commands.calendars import Announce, announce, preview
from engine.deadlines.announcement import Announced, AnnouncedDay, DayKind, swap
from engine.deadlines.hours import Hours, Season, read_sessions
from engine.queries import calendars
from engine.queries.calendars import AnnouncementItem
from engine.queries.paging import Slice
from engine.wallclock import wall_clock

_KINDS = {"off": "Nghỉ", "made_up": "Làm bù", "normal": "Như thường"}


@click.group()
def calendar() -> None:
    """Lịch làm việc: ngày nghỉ, ngày làm bù, giờ làm việc (days off and working hours)."""


def _days(option: str, what: str) -> Any:
    text = f"{what}; dùng nhiều lần."
    return click.option(option, multiple=True, metavar="NGÀY='LÝ DO'", help=text)


@calendar.command(name="announce")
@click.option("--agency", help="Cho cơ quan này và cấp dưới (for an agency and all below it).")
@click.option("--national", is_flag=True, help="Cho cả nước (for every agency).")
@click.option("--source", required=True, help="Số, ngày của văn bản (the decision).")
@click.option(
    "--swap", "swaps", multiple=True, metavar="NGHỈ=LÀM BÙ", help="Hoán đổi hai ngày (a swap)."
)
@_days("--off", "Ngày nghỉ (a day off)")
@_days("--made-up", "Ngày làm bù (a day off that is worked)")
@_days("--normal", "Bỏ điều đã công bố về ngày này (as usual again)")
@click.option("--hours", help="Giờ làm việc, ví dụ 7:30-11:30,13:00-16:30 (working hours).")
@click.option("--from", "since", metavar="NGÀY", help="Giờ làm việc có từ ngày; mặc định hôm nay.")
@click.option("--season", metavar="MM-DD:MM-DD", help="Chỉ trong mùa này mỗi năm (in a season).")
@click.option("--preview", "only_preview", is_flag=True, help="Chỉ xem thử (change nothing).")
@as_json
def announce_(
    agency: str | None, national: bool, source: str, only_preview: bool, as_json: bool, **said_: Any
) -> None:
    """Công bố ngày nghỉ, ngày làm bù, giờ làm việc (announce days and hours).

    Ngày ghi như 2027-01-02. Hồ sơ đang giải quyết được bộ hẹn giờ tính lại hạn ngay sau đó.
    """
    if (agency is None) is not national:
        raise Senseless("Hãy chọn một: --agency MÃ hoặc --national.")
    command = Announce(agency, source, _announced(said_))
    now = wall_clock()
    with opened() as database, database.transaction() as tx:
        if only_preview:
            found = preview(tx, command, operator(tx), now)
            told = {"agencies": found.agencies, "dossiers": found.dossiers}
        else:
            told = {"id": announce(tx, command, operator(tx), now)}
    if as_json:
        print_json(told)
    elif only_preview:
        click.echo(
            "Công bố hợp lệ: {agencies} cơ quan, {dossiers} hồ sơ trong phạm vi.".format(**told)
        )
    else:
        click.echo(
            "Đã công bố, số {id}. Xem hồ sơ đổi hạn bằng «motcua calendar list».".format(**told)
        )


def _announced(said_: dict[str, Any]) -> Announced:
    try:
        return Announced(tuple(_announced_days(said_)), tuple(_hours(said_)))
    except ValueError as error:
        raise Senseless(str(error)) from error


def _announced_days(said_: dict[str, Any]) -> Iterator[AnnouncedDay]:
    for text in said_["swaps"]:
        off, _, on = text.partition("=")
        yield from swap(_date(off), _date(on))
    for kind in DayKind:
        for text in said_[kind]:
            day, _, why = text.partition("=")
            if not why.strip():
                raise ValueError(f"Hãy ghi ngày và lý do, ví dụ {_date(day)}='Nghỉ tránh bão'.")
            yield AnnouncedDay(_date(day), kind, why.strip())


def _hours(said_: dict[str, Any]) -> Iterator[Hours]:
    if said_["hours"] is None:
        if said_["since"] or said_["season"]:
            raise ValueError("--from và --season chỉ dùng cùng với --hours.")
        return
    since = _date(said_["since"]) if said_["since"] else None
    season = Season.read(*said_["season"].partition(":")[::2]) if said_["season"] else None
    yield Hours(read_sessions(said_["hours"]), since, season)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"Không hiểu ngày «{text[:40]}»; hãy ghi như 2027-01-02.") from None


@calendar.command(name="list")
@click.option("--agency", help="Những công bố áp dụng cho cơ quan này (holding for an agency).")
@as_json
def list_(agency: str | None, as_json: bool) -> None:
    """Liệt kê các công bố, mới nhất trước (list announcements)."""
    with opened() as database, database.reading() as tx:
        found = calendars.list_announcements(tx, Slice(EVERYTHING), agency).items
    if as_json:
        print_json([_plain(item) for item in found])
        return
    table = Table("Số", "Cơ quan", "Nội dung", "Hồ sơ đổi hạn")
    for item in found:
        moved = str(item.moved) if item.settled_at else f"{item.moved}, đang tính"
        table.add_row(str(item.id), item.agency or "cả nước", "\n".join(_lines(item)), moved)
    console.print(table)


def _plain(item: AnnouncementItem) -> dict[str, object]:
    moments = {name: local_text(getattr(item, name)) for name in ("announced_at", "settled_at")}
    return {**vars(item), **moments, "first_day": item.first_day.isoformat()}


def _lines(item: AnnouncementItem) -> Iterator[str]:
    yield f"{item.source} (lúc {said(item.announced_at)})"
    for day in item.days:
        yield f"{date.fromisoformat(day['date']):%d/%m/%Y} {_KINDS[day['kind']]}: {day['why']}"
    for hours in item.hours:
        season = f", mùa {' đến '.join(hours['season'])}" if "season" in hours else ""
        since = date.fromisoformat(hours["from"])
        yield f"Từ {since:%d/%m/%Y}{season}: {', '.join(hours['sessions'])}"


@calendar.command()
@click.argument("year", type=click.IntRange(1990, 2100), metavar="NĂM")
@click.option("--agency", help="Theo lịch của cơ quan này (by the calendar of an agency).")
@as_json
def days(year: int, agency: str | None, as_json: bool) -> None:
    """Ngày nghỉ và ngày làm bù của một năm (days off and make-up days of a year)."""
    with opened() as database, database.reading() as tx:
        found = calendars.days_of(tx, year, agency)
    rows = [(day, "off", why) for day, why in found.days_off.items()]
    rows += [(day, "made_up", why) for day, why in found.makeup_days.items()]
    if as_json:
        print_json(
            [{"date": d.isoformat(), "kind": kind, "why": why} for d, kind, why in sorted(rows)]
        )
        return
    table = Table("Ngày", "", "Vì sao")
    for day, kind, why in sorted(rows):
        table.add_row(f"{day:%d/%m/%Y}", _KINDS[kind], why)
    console.print(table)
