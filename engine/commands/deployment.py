"""Procedures come into force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.findings import Finding, ProcedureError, Severity
from bpmn.lint import lint
from bpmn.procedure import Procedure, procedure_from_sources
from engine.errors import NotPermitted, ProcedureRefused
from engine.model.actor import Actor, Permission, has
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import connectors, definitions, office_log


@dataclass(frozen=True)
class DeployProcedure:
    """The files of a procedure, by name (`bpmn.procedure.read_folder`), for the code given."""

    code: str
    sources: Mapping[str, str]


@dataclass(frozen=True)
class Deployed:
    """The version now in force, whether it is new, and what its author may want to mend."""

    version: str
    changed: bool
    warnings: tuple[Finding, ...]


def deploy_procedure(
    tx: Connection, command: DeployProcedure, actor: Actor, now: datetime
) -> Deployed:
    """Put a version in force; raises `ProcedureRefused` with every error that lint finds."""
    if not has(actor, Permission.PROCEDURE_DEPLOY):
        raise NotPermitted(what="đưa quy trình vào sử dụng")
    procedure = _parsed(command)
    findings = lint(procedure, connectors.known(tx))
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise _refused(errors)
    changed = definitions.put(tx, procedure, actor.id, now)
    if changed:
        after = {"version": procedure.digest, "name": procedure.facts.name}
        event = OfficeEvent(
            OfficeEventType.PROCEDURE_DEPLOYED, None, f"procedure:{command.code}", after=after
        )
        office_log.record(tx, event, actor.key, now)
    return Deployed(procedure.digest, changed, tuple(findings))


def _parsed(command: DeployProcedure) -> Procedure:
    try:
        procedure = procedure_from_sources(command.sources)
    except ProcedureError as error:
        raise _refused(error.findings) from error
    if procedure.facts.code != command.code:
        message = f"Mã thủ tục trong tệp là «{procedure.facts.code}», khác mã {command.code}."
        raise _refused([Finding("facts.toml", "code", message)])
    return procedure


def _refused(findings: Iterable[Finding]) -> ProcedureRefused:
    return ProcedureRefused([{**vars(f), "severity": f.severity.value} for f in findings])
