"""The small procedure of `tests.diagrams`, with reasons in its forms and an obligation to wait for.

An appraisal with the decision `accept` leads to that wait.
"""

import json
from functools import cache

from bpmn.procedure import Procedure, procedure_from_sources
from tests.diagrams import ANY_FORM, flow, message_wait, simple

_MORE = (
    message_wait("await_obligation", "obligation_fulfilled", pauses="nghia_vu_tai_chinh")
    + flow("complete", "await_obligation", 'appraise.decision == "accept"')
    + flow("await_obligation", "sign")
)


def sources() -> dict[str, str]:
    """Its files."""
    properties = {**ANY_FORM["properties"], "reason": {"type": "string", "title": "Lý do"}}
    form = json.dumps({**ANY_FORM, "properties": properties})
    files = simple()
    diagram = files["procedure.bpmn"].replace("</bpmn:process>", f"{_MORE}</bpmn:process>")
    files |= {"forms/any.json": form, "forms/application.json": form, "procedure.bpmn": diagram}
    return files


@cache
def parsed() -> Procedure:
    """The procedure, ready to be deployed."""
    return procedure_from_sources(sources())
