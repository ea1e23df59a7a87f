"""`motcua lint`."""

from pathlib import Path

import click

from bpmn.findings import Finding, ProcedureError, Severity
from bpmn.lint import lint as lint_procedure
from bpmn.procedure import procedure_from_sources, read_folder
from cli.output import as_json, console, print_json
from cli.procedures import folders, names


@click.command()
@names
@as_json
def lint(names: tuple[str, ...], as_json: bool) -> None:
    """Kiểm tra bản vẽ quy trình; không nêu mã thì kiểm tra tất cả (check diagrams).

    Kết thúc với mã 1 nếu có lỗi (exit code 1 on errors; warnings pass).
    """
    found = {folder: findings(folder) for folder in folders(names)}
    if as_json:
        print_json([_plain(folder, each) for folder, each in found.items()])
    else:
        for folder, each in found.items():
            _show(folder, each)
    if any(is_error(finding) for each in found.values() for finding in each):
        raise click.exceptions.Exit(1)


def findings(folder: Path) -> list[Finding]:
    """All findings about the procedure in a folder, also those that stop it from being read."""
    try:
        return lint_procedure(procedure_from_sources(read_folder(folder)))
    except ProcedureError as error:
        return list(error.findings)


def is_error(finding: Finding) -> bool:
    """Whether the finding stops deployment."""
    return finding.severity is Severity.ERROR


def _plain(folder: Path, found: list[Finding]) -> dict[str, object]:
    listed = [finding.plain() for finding in found]
    return {"procedure": folder.name.replace("_", "."), "findings": listed}


def _show(folder: Path, found: list[Finding]) -> None:
    name = folder.name.replace("_", ".")
    if not found:
        console.print(f"[green]✓[/] {name}: không có lỗi.")
        return
    console.print(f"{name}:")
    for finding in found:
        mark = "[red]lỗi[/]" if is_error(finding) else "[yellow]cảnh báo[/]"
        console.print(f"  {mark} ", end="")
        console.print(str(finding), markup=False)
