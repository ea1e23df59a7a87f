"""`motcua vault`: papers that are kept for citizens and organisations."""

import csv
from collections.abc import Iterator
from pathlib import Path

import click

from cli.failures import Senseless
from cli.opening import opened
from cli.operator import operator
from cli.output import as_json, print_json
from engine.commands.historic import LineOutcome, TakeIn, Taken, take_in
from engine.commands.signatures import House
from engine.files import FileStore
from engine.model.historic import headings
from engine.settings import Settings
from engine.wallclock import wall_clock

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LIST = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def vault() -> None:
    """Kho giấy tờ của công dân, tổ chức (papers kept for citizens and organisations)."""


@vault.command(name="import")
@click.argument("list_", type=_LIST, metavar="DANH_SÁCH.csv")
@click.option("--files", "folder", type=_FOLDER, required=True, help="Thư mục tệp (the files).")
@click.option("--agency", required=True, help="Mã cơ quan nhận vào kho (agency code).")
@click.option("--dry-run", "trial", is_flag=True, help="Chỉ kiểm tra, không giữ gì (check only).")
@as_json
def import_(list_: Path, folder: Path, agency: str, trial: bool, as_json: bool) -> None:
    """Đưa kết quả cũ còn hiệu lực vào kho (take in results of before, with their files).

    Danh sách CSV có các cột Họ tên, Số định danh, Mã kết quả, Tên kết quả, Số, Ngày cấp, Cơ quan
    cấp, Hết hiệu lực (không bắt buộc), Tệp. Chạy lại thì làm tiếp: dòng đã nhận được bỏ qua (run
    again to go on). Kết thúc với mã 1 nếu còn dòng không nhận (exit code 1 when lines were left).
    """
    settings = Settings.from_environment()
    with opened(settings) as database:
        with database.reading() as tx:
            actor = operator(tx)
        house = House(database, FileStore.of(settings), settings, wall_clock)
        command = TakeIn(agency, folder, trial)
        outcomes = list(take_in(house, command, _lines(list_), actor))
    _tell(outcomes, trial, as_json)
    if any(each.taken is Taken.LEFT for each in outcomes):
        raise click.exceptions.Exit(1)


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines by their number in the file, with our names for its columns."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened_:
            first = opened_.readline()
            opened_.seek(0)
            reader = csv.DictReader(opened_, delimiter=max(",;\t", key=first.count))
            named = headings(list(reader.fieldnames or ()))
            for row in reader:
                yield reader.line_num, {named[k]: v or "" for k, v in row.items() if k in named}
    except (csv.Error, UnicodeDecodeError) as error:
        message = "Không đọc được danh sách. Hãy lưu lại dạng CSV, mã UTF-8."
        raise Senseless(message) from error


def _tell(outcomes: list[LineOutcome], trial: bool, as_json: bool) -> None:
    counts = {each.value: sum(o.taken is each for o in outcomes) for each in Taken}
    left = [each for each in outcomes if each.taken is Taken.LEFT]
    if as_json:
        said = [{"line": each.number, "reason": each.reason} for each in left]
        print_json({"dry_run": trial, **counts, "lines_left": said})
        return
    for each in left:
        click.echo(f"Dòng {each.number}: {each.reason}")
    taken = "nhận được" if trial else "đã nhận"
    click.echo(
        f"{taken.capitalize()} {counts['taken']} kết quả, {counts['there']} đã có trong kho,"
        f" {counts['left']} dòng không nhận."
    )
