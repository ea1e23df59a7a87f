"""`motcua statement`."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from api.taking_in import TakenIn, take_in
from bpmn.catalogue.sheets import content_of
from bpmn.catalogue.tables import NoTable
from cli.failures import Senseless
from cli.opening import opened
from cli.operator import operator
from cli.output import as_json, print_json
from engine.commands.statements import BeginStatement
from engine.gateways.statements.formats import format_of
from engine.gateways.statements.reading import read_statement
from engine.model.gateway import LinePlace
from engine.settings import Settings
from engine.wallclock import wall_clock

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.group()
def statement() -> None:
    """Sao kê ngân hàng và cổng thanh toán (statements of banks and gateways)."""


@statement.command(name="import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--agency", required=True, metavar="MÃ", help="Cơ quan có tài khoản (the agency).")
@click.option(
    "--format", "form", default="bank", show_default=True, help="Mẫu của tệp (how it is written)."
)
@click.option("--first-day", type=_DAY, metavar="NGÀY", help="Ngày đầu của sao kê (its first day).")
@click.option("--last-day", type=_DAY, metavar="NGÀY", help="Ngày cuối của sao kê (its last day).")
@as_json
def import_(
    file: Path,
    agency: str,
    form: str,
    first_day: datetime | None,
    last_day: datetime | None,
    as_json: bool,
) -> None:
    """Nhận một sao kê và đối soát từng dòng (take a statement in; a repeat does nothing)."""
    settings = Settings.from_environment()
    known = format_of(settings, form)
    command = BeginStatement(
        agency,
        known,
        file.name,
        read_statement(_content(file), known),
        first_day.date() if first_day else None,
        last_day.date() if last_day else None,
    )
    with opened(settings) as database:
        with database.reading() as tx:
            actor = operator(tx)
        _tell(take_in(database, command, actor, wall_clock), as_json)


def _content(file: Path) -> bytes:
    try:
        return content_of(file)
    except NoTable as error:
        raise Senseless(str(error)) from error
    except OSError as error:
        raise Senseless(f"Không đọc được tệp {file}: {error.strerror}.") from error


def _tell(taken: TakenIn, as_json: bool) -> None:
    if as_json:
        ended = {place.value: asdict(each) for place, each in taken.places.items()}
        rest = {"repeated": asdict(taken.repeated), "missing": taken.missing}
        print_json({"statement": taken.statement.id, **ended, **rest})
        return
    places = taken.places
    click.echo(
        f"Sao kê số {taken.statement.id}: ghi nộp {places[LinePlace.SETTLED].lines} dòng,"
        f" đã có trong sổ {places[LinePlace.MATCHED].lines},"
        f" cần giải quyết {places[LinePlace.DIFFERENCE].lines},"
        f" đã nhận từ trước {taken.repeated.lines};"
        f" {taken.missing} khoản trong sổ chưa thấy ở sao kê."
    )
