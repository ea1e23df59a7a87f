"""Finds procedures by what people call them: a code that is shipped, or a folder."""

from pathlib import Path

import click

from bpmn.procedure import DIAGRAM_FILE, procedure_folders
from cli.failures import Senseless


def folders(names: tuple[str, ...]) -> list[Path]:
    """The folders of the procedures named; of all shipped ones when none is."""
    return [_folder(name) for name in names] if names else procedure_folders()


def _folder(name: str) -> Path:
    shipped = {folder.name: folder for folder in procedure_folders()}
    by_code = shipped.get(name.replace(".", "_"))
    if by_code:
        return by_code
    if (Path(name) / DIAGRAM_FILE).is_file():
        return Path(name)
    codes = ", ".join(known.replace("_", ".") for known in shipped)
    raise Senseless(
        f"Không có thủ tục hay thư mục «{name}». Hãy dùng một mã ({codes}) hoặc một thư mục có"
        f" tệp {DIAGRAM_FILE}."
    )


names = click.argument("names", nargs=-1, metavar="[MÃ|THƯ MỤC]…")
"""The argument of commands that work on procedures."""
