"""`motcua agencies`."""

import click
from rich.table import Table

from cli.failures import Senseless
from cli.opening import opened
from cli.operator import all_agencies, operator
from cli.output import as_json, console, print_json
from engine.commands.agencies import AddAgency, NameUnit, add_agency, add_unit
from engine.queries.agencies import AgencyItem
from engine.wallclock import wall_clock

LEVELS = ("province", "commune")


@click.group()
def agencies() -> None:
    """Cơ quan và đơn vị (agencies and their units)."""


@agencies.command()
@click.argument("code", metavar="MÃ")
@click.option("--name", required=True, help="Tên cơ quan.")
@click.option("--level", type=click.Choice(LEVELS), required=True, help="Cấp.")
@click.option("--parent", help="Mã cơ quan cấp trên (code of the agency above).")
@click.option("--prefix", help="Phần đầu của mã hồ sơ; mặc định là mã cơ quan.")
@click.option("--unit", "units", multiple=True, metavar="MÃ=TÊN", help="Đơn vị; dùng nhiều lần.")
def add(
    code: str, name: str, level: str, parent: str | None, prefix: str | None, units: tuple[str, ...]
) -> None:
    """Thêm một cơ quan cùng các đơn vị (add an agency with its units)."""
    pairs = [unit.partition("=") for unit in units]
    if not all(unit and equals and title for unit, equals, title in pairs):
        raise Senseless("Hãy ghi đơn vị như OFFICE='Văn phòng HĐND và UBND'.")
    with opened() as database, database.transaction() as tx:
        known = {agency.code for agency in all_agencies(tx)}
        if code in known:
            raise Senseless(f"Đã có cơ quan {code}.")
        if parent is not None and parent not in known:
            raise Senseless(f"Không có cơ quan cấp trên {parent}.")
        new, now = AddAgency(code, name, parent, prefix or code, level), wall_clock()
        add_agency(tx, new, operator(tx), now)
        for unit, _, title in pairs:
            add_unit(tx, NameUnit(code, unit, name=title), operator(tx), now)
    click.echo(f"Đã thêm {name} ({code}) với {len(pairs)} đơn vị.")


@agencies.command(name="list")
@as_json
def list_(as_json: bool) -> None:
    """Liệt kê cơ quan và đơn vị (list agencies)."""
    with opened() as database, database.reading() as tx:
        found = all_agencies(tx)
    if as_json:
        print_json([_plain(agency) for agency in found])
        return
    table = Table("Mã", "Tên", "Cấp", "Cấp trên", "Đơn vị")
    for agency in found:
        units = "\n".join(f"{unit.code}: {unit.name}" for unit in agency.units)
        table.add_row(agency.code, agency.name, agency.level, agency.parent or "", units)
    console.print(table)


def _plain(agency: AgencyItem) -> dict[str, object]:
    return {**vars(agency), "units": [vars(unit) for unit in agency.units]}
