"""`motcua deploy`."""

from pathlib import Path

import click

from bpmn.findings import Finding
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
    checked = [_checked(folder) for folder in folders(names)]
    with opened() as database, database.transaction() as tx:
        now = wall_clock()
        deployed = [
            (procedure, warnings, definitions.put(tx, procedure, by=None, now=now))
            for procedure, warnings in checked
        ]
    if as_json:
        print_json([_plain(*each) for each in deployed])
        return
    for procedure, warnings, is_new in deployed:
        what = "đã đưa vào sử dụng phiên bản" if is_new else "không thay đổi, vẫn là phiên bản"
        click.echo(f"{procedure.facts.code}: {what} {procedure.digest[:12]}.")
        for warning in warnings:
            click.echo(f"  cảnh báo {warning}")


def _checked(folder: Path) -> tuple[Procedure, list[Finding]]:
    """The procedure with what its author may want to mend; refused where lint finds errors."""
    found = findings(folder)
    errors = [finding for finding in found if is_error(finding)]
    if errors:
        lines = "\n".join(f"  {error}" for error in errors)
        raise Refusal(f"Quy trình trong {folder.name} có lỗi nên chưa dùng được:\n{lines}")
    return procedure_from_sources(read_folder(folder)), found


def _plain(procedure: Procedure, warnings: list[Finding], changed: bool) -> dict[str, object]:
    return {
        "procedure": procedure.facts.code,
        "version": procedure.digest,
        "changed": changed,
        "warnings": [{**vars(each), "severity": each.severity.value} for each in warnings],
    }
