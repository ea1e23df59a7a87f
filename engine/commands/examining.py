"""What lint says of the files of a procedure, for those who draft and those who put in force."""

from collections.abc import Mapping

from sqlalchemy import Connection

from bpmn.facts import FILE as FACTS_FILE
from bpmn.findings import Finding, ProcedureError, Severity
from bpmn.lint import lint
from bpmn.procedure import Procedure, procedure_from_sources
from engine.errors import ProcedureRefused
from engine.store import connectors

Findings = tuple[Finding, ...]


def examined(
    tx: Connection, code: str, sources: Mapping[str, str]
) -> tuple[Procedure | None, Findings]:
    """The procedure with all that is to be said of it; None where it cannot even be read."""
    try:
        procedure = procedure_from_sources(sources)
    except ProcedureError as error:
        return None, error.findings
    if procedure.facts.code != code:
        message = f"Mã thủ tục trong tệp là «{procedure.facts.code}», khác mã {code}."
        return None, (Finding(FACTS_FILE, "code", message),)
    return procedure, tuple(lint(procedure, connectors.known(tx)))


def faultless(tx: Connection, code: str, sources: Mapping[str, str]) -> tuple[Procedure, Findings]:
    """The procedure with what its author may want to mend; raises `ProcedureRefused` with every
    error."""
    procedure, findings = examined(tx, code, sources)
    found = [*errors(findings)]
    if procedure is None or found:
        raise ProcedureRefused([finding.plain() for finding in found])
    return procedure, findings


def errors(findings: Findings) -> Findings:
    """Those that keep a version from coming into force."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
