"""How a running diagram reads a dossier's facts, and how what goes wrong is said."""

from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task

from bpmn.decisions import Decision
from bpmn.expressions import ExpressionError, evaluate
from engine.errors import DiagramFault

MAX_NUMBER = 2**53
"""Beyond it JSON numbers are not exact."""

Facts = dict[str, Any]


class FactsEngine(PythonScriptEngine):
    """Evaluates expressions over the dossier's facts, and keeps what decision tables decide."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts
        self.decisions: list[str] = []
        """Ids of the decision tasks that were passed, in order."""

    def evaluate(self, task: Task, expression: str, external_context: Any = None) -> Any:
        try:
            return evaluate(expression, {**self.facts, **(external_context or {})})
        except ExpressionError as error:
            raise DiagramFault(step=task.task_spec.bpmn_id, reason=str(error)) from error

    def execute(self, task: Task, script: str, external_context: Any = None) -> bool:
        raise DiagramFault(step=task.task_spec.bpmn_id, reason="không cho phép chạy mã")

    def decided(self, task: Task, decision: Decision | None) -> None:
        name = task.task_spec.bpmn_id
        if decision is None:
            raise DiagramFault(step=name, reason="không dòng nào của bảng quyết định phù hợp")
        if not all(map(is_plain, decision.outputs.values())):
            raise DiagramFault(step=name, reason="bảng quyết định phải cho chữ, số hoặc đúng sai")
        self.facts[name] = dict(decision.outputs)
        self.decisions.append(name)


def is_plain(value: Any) -> bool:
    """Whether JSON can keep a value and give it back as it was."""
    if isinstance(value, bool | str) or value is None:
        return True
    return isinstance(value, int | float) and abs(value) <= MAX_NUMBER


class faults:  # noqa: N801
    """Turns what the library raises into a fault that names the step."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, traceback: Any) -> None:
        if isinstance(error, SpiffWorkflowException):
            if isinstance(error.__context__, DiagramFault):
                raise error.__context__
            spec = getattr(error, "task_spec", None)
            raise DiagramFault(step=getattr(spec, "name", "?"), reason=str(error)) from error
