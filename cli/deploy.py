"""`motcua deploy`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from bpmn.facts import FILE as FACTS_FILE
from bpmn.facts import parse_facts
from bpmn.findings import Finding, refuse
from bpmn.procedure import read_folder
from cli.failures import Refusal
from cli.opening import opened
from cli.operator import operator
from cli.output import as_json, print_json
from cli.procedures import folders, names
from engine.commands.deployment import Deployed, DeployProcedure, deploy_procedure
from engine.errors import ProcedureRefused
from engine.errors.procedure_drafts import AlreadyEnded
from engine.model.actor import Actor
from engine.wallclock import wall_clock


@click.command()
@names
@as_json
def deploy(names: tuple[str, ...], as_json: bool) -> None:
    """Đưa quy trình vào sử dụng; không nêu mã thì đưa tất cả (put procedures in force).

    Hồ sơ đang giải quyết vẫn theo phiên bản cũ (open dossiers stay on their version). Khi đưa tất
    cả, thủ tục đã bãi bỏ được bỏ qua (repealed ones are passed over).
    """
    wanted = [_wanted(folder) for folder in folders(names)]
    with opened() as database, database.transaction() as tx:
        done = list(_deployed(tx, wanted, operator(tx), wall_clock(), every=not names))
    if as_json:
        print_json([_plain(*each) for each in done])
        return
    for code, deployed in done:
        changed = (
            "đã đưa vào sử dụng phiên bản"
            if deployed.changed
            else "không thay đổi, vẫn là phiên bản"
        )
        click.echo(f"{code}: {changed} {deployed.version[:12]}.")
        for warning in deployed.warnings:
            click.echo(f"  cảnh báo {warning}")


def _wanted(folder: Path) -> DeployProcedure:
    sources = read_folder(folder)
    if FACTS_FILE not in sources:
        raise refuse(FACTS_FILE, "tệp", "Thiếu tệp này trong quy trình.")
    return DeployProcedure(parse_facts(sources[FACTS_FILE]).code, sources)


def _deployed(
    tx: Connection, wanted: list[DeployProcedure], by: Actor, now: datetime, *, every: bool
) -> Iterator[tuple[str, Deployed]]:
    for command in wanted:
        try:
            yield command.code, deploy_procedure(tx, command, by, now)
        except AlreadyEnded as ended:
            if not every:
                raise
            click.echo(f"{command.code}: bỏ qua. {ended.message}", err=True)
        except ProcedureRefused as refused:
            errors = (Finding(**each) for each in refused.details["findings"])
            lines = "\n".join(f"  {error}" for error in errors)
            raise Refusal(
                f"Quy trình {command.code} có lỗi nên chưa dùng được:\n{lines}"
            ) from refused


def _plain(code: str, deployed: Deployed) -> dict[str, object]:
    return {
        "procedure": code,
        "version": deployed.version,
        "changed": deployed.changed,
        "warnings": [each.plain() for each in deployed.warnings],
    }
