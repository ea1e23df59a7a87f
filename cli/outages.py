"""`motcua outages`: the register of outages of systems that the office depends on."""

from datetime import datetime

import click
from sqlalchemy import Connection

from cli.failures import Senseless
from cli.opening import opened
from cli.operator import EVERYTHING
from cli.output import as_json, local_text, print_json, said
from engine.commands.outages import EndOutage, RecordOutage, end_outage, record_outage
from engine.deadlines.calendar import VIETNAM
from engine.errors import UserUnknown
from engine.model.actor import Actor
from engine.queries.outages import OutageFilter, list_outages
from engine.queries.paging import Slice
from engine.store import users
from engine.store.outages import Outage
from engine.wallclock import wall_clock

by = click.option("--by", required=True, help="Tên đăng nhập của người ghi (who records it).")


@click.group()
def outages() -> None:
    """Sổ gián đoạn hệ thống (the register of outages)."""


@outages.command(name="list")
@click.option("--system", help="Một phần tên hệ thống (part of its name).")
@click.option("--agency", help="Mã cơ quan ghi nhận (agency code).")
@click.option("--running/--ended", default=None, help="Chưa hay đã kết thúc.")
@as_json
def list_(system: str | None, agency: str | None, running: bool | None, as_json: bool) -> None:
    """Liệt kê các lần gián đoạn, mới nhất trước (list outages)."""
    with opened() as database, database.reading() as tx:
        chosen = OutageFilter(system, agency, running)
        found = list_outages(tx, Slice(EVERYTHING), chosen).items
    if as_json:
        print_json([_plain(outage) for outage in found])
        return
    for outage in found:
        click.echo(f"{_line(outage)} Cơ quan {outage.agency}.")
        click.echo(f"  {outage.description} (căn cứ: {outage.evidence})")


@outages.command()
@click.option("--system", required=True, help="Tên hệ thống bị gián đoạn (which system).")
@click.option("--what", "description", required=True, help="Diễn biến (what happened).")
@click.option("--evidence", required=True, help="Số văn bản hoặc địa chỉ thông báo.")
@click.option("--from", "started_at", required=True, metavar="LÚC", help="2026-07-06T08:00.")
@click.option("--to", "ended_at", metavar="LÚC", help="Không nêu: chưa kết thúc (still running).")
@click.option("--agency", required=True, help="Mã cơ quan ghi nhận (agency code).")
@by
@as_json
def record(  # noqa: PLR0913
    system: str,
    description: str,
    evidence: str,
    started_at: str,
    ended_at: str | None,
    agency: str,
    by: str,
    as_json: bool,
) -> None:
    """Ghi nhận một lần gián đoạn (record an outage)."""
    end = _moment(ended_at) if ended_at else None
    command = RecordOutage(agency, system, description, evidence, _moment(started_at), end)
    with opened() as database, database.transaction() as tx:
        made = record_outage(tx, command, _person(tx, by), wall_clock())
    _tell(made, as_json)


@outages.command()
@click.argument("number", type=click.IntRange(1, 2**31 - 1), metavar="SỐ")
@click.option("--at", metavar="LÚC", help="Không nêu: bây giờ (now if missing).")
@by
@as_json
def end(number: int, at: str | None, by: str, as_json: bool) -> None:
    """Ghi lúc hệ thống hoạt động lại, một lần duy nhất (record the end, once)."""
    command = EndOutage(number, _moment(at) if at else None)
    with opened() as database, database.transaction() as tx:
        ended = end_outage(tx, command, _person(tx, by), wall_clock())
    _tell(ended, as_json)


def _person(tx: Connection, username: str) -> Actor:
    found = users.actor_by_username(tx, username)
    if found is None:
        raise UserUnknown(user=username)
    return found[0]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)
    except (ValueError, OverflowError) as error:
        message = f"Không hiểu thời điểm «{text}». Hãy ghi như 2026-07-06T08:00 (giờ Việt Nam)."
        raise Senseless(message) from error


def _tell(outage: Outage, as_json: bool) -> None:
    if as_json:
        print_json(_plain(outage))
        return
    click.echo(_line(outage))


def _line(outage: Outage) -> str:
    times = f"từ {said(outage.started_at)} đến {said(outage.ended_at)}"
    return f"Lần gián đoạn số {outage.id}: {outage.system}, {times}."


def _plain(outage: Outage) -> dict[str, object]:
    moments = {
        name: local_text(getattr(outage, name))
        for name in ("started_at", "ended_at", "recorded_at")
    }
    return {**vars(outage), **moments, "running": outage.running}
