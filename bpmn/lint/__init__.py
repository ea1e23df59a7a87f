"""What a procedure must be to be deployed; every remark names the element to mend.

Parsing already refuses what cannot run. Lint says what would run wrongly: steps that nobody
reaches, dead ends, endless loops, conditions on what nobody enters, limits that break the law.
"""

from collections.abc import Mapping

from bpmn.connectors import CATALOGUE, Connector
from bpmn.findings import Finding
from bpmn.graph import graphs
from bpmn.lint.drawing import drawing
from bpmn.lint.fees import fees
from bpmn.lint.flow import flow
from bpmn.lint.limits import limits
from bpmn.lint.papers import papers
from bpmn.lint.references import references
from bpmn.lint.services import services
from bpmn.lint.tables import tables
from bpmn.locating import located
from bpmn.procedure import Procedure


def lint(procedure: Procedure, connectors: Mapping[str, Connector] = CATALOGUE) -> list[Finding]:
    """All findings about a procedure and the shared stages it calls, errors first.

    `connectors` are those that service tasks may name.
    """
    drawn = graphs(procedure)
    found = [
        *drawing(drawn),
        *flow(drawn, procedure),
        *references(drawn, procedure),
        *services(drawn, procedure, connectors),
        *papers(drawn, procedure),
        *limits(drawn, procedure),
        *tables(procedure),
        *fees(procedure),
    ]
    found = list(located(set(found), procedure.sources))
    return sorted(found, key=lambda finding: (finding.severity.value, finding))
