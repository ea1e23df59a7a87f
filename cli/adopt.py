"""`motcua adopt`: a diagram of another tool becomes a folder to be completed."""

import re
from pathlib import Path

import click

from bpmn.adopting import adopt as adopt_diagram
from bpmn.adopting.adoption import KIND_NAMES, Adoption, Kind
from bpmn.adopting.folder import TO_DO, folder_of, in_words
from bpmn.source import MAX_BYTES
from cli.failures import Senseless
from cli.output import as_json, console, print_json

_CODE = re.compile(r"[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,12}){1,3}")
_MOST_SHOWN = 40


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@click.option("--code", required=True, help="Mã thủ tục, ví dụ 9.000004 (procedure code).")
@click.option("--process", help="Quy trình cần lấy, theo mã hoặc tên nhóm làn (which process).")
@click.option("--name", help="Tên thủ tục; không nêu: ghi sau (name of the procedure).")
@click.option("--into", type=click.Path(path_type=Path), help="Thư mục mới (a new folder).")
@as_json
def adopt(
    file: Path, code: str, process: str | None, name: str | None, into: Path | None, as_json: bool
) -> None:
    """Lấy bản vẽ BPMN của công cụ khác thành thư mục quy trình để hoàn thiện.

    Ghi bản vẽ, tệp thông tin còn trống và danh sách việc cần hoàn thiện. Không ghi đè thư mục đã
    có (never overwrites).
    """
    if not _CODE.fullmatch(code):
        raise Senseless(f"«{code}» không phải mã thủ tục. Hãy ghi như 9.000004.")
    folder = into or Path(code.replace(".", "_"))
    if folder.exists():
        raise Senseless(f"Đã có «{folder}». Hãy nêu một thư mục mới bằng --into.")
    adoption = adopt_diagram(file.name, _read(file), code, process)
    for path, text in folder_of(adoption, code, name or "").items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if as_json:
        listed = [{**vars(each), "kind": each.kind.value} for each in adoption.remarks]
        print_json({"folder": str(folder), "remarks": listed, "left_out": adoption.left_out})
    else:
        _tell(adoption, folder)


def _read(file: Path) -> bytes:
    """No more than may be read of it."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Senseless(f"Không đọc được tệp «{file}»: {error.strerror}.") from error


def _tell(adoption: Adoption, folder: Path) -> None:
    for kind in Kind:
        found = adoption.of_kind(kind)
        if found:
            console.print(f"{KIND_NAMES[kind]}: {len(found)}")
        for remark in found[:_MOST_SHOWN]:
            console.print(f"  {in_words(remark)}", markup=False)
    console.print(f"Đã ghi thư mục {folder}; xem {TO_DO}.", markup=False)
