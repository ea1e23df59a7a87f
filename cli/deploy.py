"""`motcua deploy`."""

from pathlib import Path

import click

from bpmn.procedure import Procedure, procedure_from_sources, read_folder
from cli.failures import Refusal
from cli.lint import findings, is_error
from cli.opening import opened
from cli.output import as_json, print_json
from cli.procedures import folders, names
from engine.store import definitions
from engine.wallclock import wall_clock


@click.command()
@names
@as_json
def deploy(names: tuple[str, ...], as_json: bool) -> None:
    """Đưa quy trình vào sử dụng; không nêu mã thì đưa tất cả (put procedures in force).

    Hồ sơ đang giải quyết vẫn theo phiên bản cũ (open dossiers stay on their version).
    """
    procedures = [_checked(folder) for folder in folders(names)]
    with opened() as database, database.transaction() as tx:
        now = wall_clock()
        changed = [(each, definitions.put(tx, each, by=None, now=now)) for each in procedures]
    if as_json:
        print_json([_plain(procedure, is_new) for procedure, is_new in changed])
        return
    for procedure, is_new in changed:
        what = "đã đưa vào sử dụng phiên bản" if is_new else "không thay đổi, vẫn là phiên bản"
        click.echo(f"{procedure.facts.code}: {what} {procedure.digest[:12]}.")


def _checked(folder: Path) -> Procedure:
    errors = [finding for finding in findings(folder) if is_error(finding)]
    if errors:
        lines = "\n".join(f"  {error}" for error in errors)
        raise Refusal(f"Quy trình trong {folder.name} có lỗi nên chưa dùng được:\n{lines}")
    return procedure_from_sources(read_folder(folder))


def _plain(procedure: Procedure, changed: bool) -> dict[str, object]:
    return {"procedure": procedure.facts.code, "version": procedure.digest, "changed": changed}
