"""Runs a diagram. The one module of this room that knows SpiffWorkflow.

No database, no clock, no network: a state and an act go in, a state and the places where
tokens now rest come out. Two decisions keep a completion's cost flat however long a dossier
has lived (docs/adr/0002): facts live outside the task tree, and what is finished above the
living part of the tree is dropped, since the event log has it.

Tokens rest at *places*, numbered 1, 2, 3… in the order in which they come to be. The same
acts on the same diagram give the same numbers, so that re-execution can be compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from bpmn.expressions import ExpressionError, evaluate
from bpmn.parse import Diagram, EventChoice
from bpmn.steps import Message
from engine.errors import DiagramFault

MAX_STEPS = 500
"""Gateways and decisions run for one act before the diagram is taken to loop for ever.

Fewer than the thousand levels of a tree below which SpiffWorkflow looks for no more work.
"""
MAX_NUMBER = 2**53
"""Beyond it JSON numbers are not exact."""

Facts = dict[str, Any]


@dataclass(frozen=True, order=True)
class Place:
    """A token at rest: `number` is unique in the dossier, `step` is the id in the diagram."""

    number: int
    step: str


class _Facts(PythonScriptEngine):
    """Evaluates expressions over the dossier's facts, and keeps what decision tables decide."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts

    def evaluate(self, task: Task, expression: str, external_context: Any = None) -> Any:
        try:
            return evaluate(expression, {**self.facts, **(external_context or {})})
        except ExpressionError as error:
            raise DiagramFault(step=task.task_spec.bpmn_id, reason=str(error)) from error

    def execute(self, task: Task, script: str, external_context: Any = None) -> bool:
        raise DiagramFault(step=task.task_spec.bpmn_id, reason="không cho phép chạy mã")

    def decided(self, task: Task, outputs: Mapping[str, Any]) -> None:
        name = task.task_spec.bpmn_id
        if not outputs:
            raise DiagramFault(step=name, reason="không dòng nào của bảng quyết định phù hợp")
        if not all(map(_is_plain, outputs.values())):
            raise DiagramFault(step=name, reason="bảng quyết định phải cho chữ, số hoặc đúng sai")
        self.facts[name] = dict(outputs)


class Run:
    """A dossier's token game, restored for one act.

    `facts` is shared with the caller: decision tables add to it.
    """

    def __init__(self, workflow: BpmnWorkflow, numbers: dict[UUID, int], last_number: int) -> None:
        self._workflow = workflow
        self._numbers = numbers
        self._last_number = last_number
        self._budget = MAX_STEPS
        self.ended: list[str] = []
        """Ids of the end events that tokens reached since this run was begun or restored."""

    @classmethod
    def begin(cls, diagram: Diagram, facts: Facts) -> "Run":
        """Put a token on the diagram's start event and let it run to its first places."""
        with _faults():
            workflow = BpmnWorkflow(
                diagram.process, diagram.subprocesses, script_engine=_Facts(facts)
            )
            run = cls(workflow, {}, 0)
            run._advance()
        return run

    @classmethod
    def restore(cls, diagram: Diagram, state: bytes, facts: Facts) -> "Run":
        """Take up a run from the `state` that `dump` gave."""
        raw = orjson.loads(state)
        workflow = BpmnWorkflow(
            diagram.process,
            diagram.subprocesses,
            script_engine=_Facts(facts),
            deserializing=True,
        )
        numbers = _restore_tree(workflow, raw["tree"])
        for parent, nodes in raw["sub"]:
            numbers |= _restore_subprocess(workflow, parent, nodes)
        return cls(workflow, numbers, raw["last"])

    def dump(self) -> bytes:
        """The state as canonical bytes: equal runs give equal bytes."""
        subprocesses = sorted(
            (self._numbers[parent], self._dump_tree(sub))
            for parent, sub in self._workflow.subprocesses.items()
        )
        state = {
            "last": self._last_number,
            "tree": self._dump_tree(self._workflow),
            "sub": subprocesses,
        }
        return orjson.dumps(state, option=orjson.OPT_SORT_KEYS)

    @property
    def places(self) -> list[Place]:
        """Where tokens rest now: open steps and waits, in order of their numbers."""
        return sorted(
            Place(self._numbers[task.id], task.task_spec.bpmn_id) for task in self._resting()
        )

    def complete(self, number: int) -> None:
        """Take the token on from an open step."""
        with _faults():
            self._task(number).run()
            self._advance()

    def happen(self, number: int) -> None:
        """Let the event happen that a wait waits for: its message came, or its time lapsed."""
        with _faults():
            task = self._task(number)
            for rival in _rivals(task):
                rival.cancel()
            self._catch(task)
            self._advance()

    def interrupt(self, message: Message, subprocess: str) -> None:
        """Take every token away and start the event subprocess that `message` starts."""
        with _faults():
            for task in list(self._workflow.tasks.values()):
                if task.id in self._workflow.tasks and not task.has_state(TaskState.FINISHED_MASK):
                    task.cancel()
            self._workflow.subprocesses.clear()
            self._workflow.event_manager.tasks.clear()
            self._start_event_subprocess(subprocess)
            self._advance()

    def _start_event_subprocess(self, name: str) -> None:
        spec = self._workflow.spec.task_specs[name]
        child = self._workflow.task_tree._add_child(spec, TaskState.FUTURE)
        child.triggered = True
        spec._update(child)
        subprocess = self._workflow.subprocesses[child.id]
        self._engine_steps()
        for task in subprocess.get_tasks(state=TaskState.WAITING):
            self._catch(task)

    def _catch(self, task: Task) -> None:
        spec = task.task_spec
        spec.catch(task, BpmnEvent(spec.event_definition, payload={}))
        spec._update(task)

    def _advance(self) -> None:
        self._engine_steps()
        for workflow in (self._workflow, *self._workflow.subprocesses.values()):
            _drop_finished(workflow)
        self._drop_finished_subprocesses()
        self._number_new_tasks()

    def _engine_steps(self) -> None:
        self._workflow.do_engine_steps(will_complete_task=self._spend, did_complete_task=self._note)

    def _spend(self, task: Task) -> None:
        self._budget -= 1
        if self._budget < 0:
            raise DiagramFault(step=task.task_spec.name, reason="bản vẽ lặp mãi không dừng")

    def _note(self, task: Task) -> None:
        if isinstance(task.task_spec, EndEvent):
            self.ended.append(task.task_spec.bpmn_id)
        elif _is_join(task):
            _drop_finished(task.workflow)  # lest it count the same branches again in a loop

    def _drop_finished_subprocesses(self) -> None:
        subprocesses = self._workflow.subprocesses
        living = {
            task.id
            for workflow in (self._workflow, *subprocesses.values())
            for task in workflow.tasks.values()
            if not task.has_state(TaskState.FINISHED_MASK)
        }
        for parent in [parent for parent in subprocesses if parent not in living]:
            del subprocesses[parent]

    def _number_new_tasks(self) -> None:
        for task in self._all_tasks():
            if task.id not in self._numbers:
                self._last_number += 1
                self._numbers[task.id] = self._last_number

    def _all_tasks(self) -> Iterator[Task]:
        seen: list[BpmnBaseWorkflow] = [self._workflow]
        for workflow in seen:
            for task in _preorder(workflow.task_tree):
                yield task
                if task.id in self._workflow.subprocesses:
                    seen.append(self._workflow.subprocesses[task.id])

    def _resting(self) -> Iterator[Task]:
        for task in self._all_tasks():
            spec = task.task_spec
            if (task.state == TaskState.READY and spec.manual) or (
                task.state == TaskState.WAITING and isinstance(spec, CatchingEvent)
            ):
                yield task

    def _task(self, number: int) -> Task:
        for task in self._resting():
            if self._numbers[task.id] == number:
                return task
        raise DiagramFault(step=str(number), reason="không có bước nào đang mở ở vị trí này")

    def _dump_tree(self, workflow: BpmnBaseWorkflow) -> list[list[Any]]:
        return [self._dump_task(task) for task in _preorder(workflow.task_tree)]

    def _dump_task(self, task: Task) -> list[Any]:
        parent = self._numbers[task._parent] if task._parent else 0
        fired = bool(task.internal_data.get("event_fired"))
        flags = int(task.triggered) + 2 * int(fired)
        return [self._numbers[task.id], parent, task.task_spec.name, task.state, flags]


def _is_plain(value: Any) -> bool:
    """Whether JSON can keep a value and give it back as it was."""
    if isinstance(value, bool | str) or value is None:
        return True
    return isinstance(value, int | float) and abs(value) <= MAX_NUMBER


def _rivals(task: Task) -> list[Task]:
    """The other events after the same event-based gateway: only one of them happens."""
    if task.parent is None or not isinstance(task.parent.task_spec, EventChoice):
        return []
    return [rival for rival in task.parent.children if rival is not task]


def _preorder(root: Task) -> Iterator[Task]:
    stack = [root]
    while stack:
        task = stack.pop()
        yield task
        stack.extend(reversed(task.children))


def _drop_finished(workflow: BpmnBaseWorkflow) -> None:
    """Take what is finished out of the tree, but for what the living part still looks at.

    A join counts the branches that reached it, so these stay until it is through.
    """
    tasks = workflow.tasks.values()
    waiting = {t.task_spec for t in tasks if t.state == TaskState.WAITING and _is_join(t)}
    kept = _with_ancestors(t for t in tasks if not _is_finished(t) or t.task_spec in waiting)
    for task in list(_preorder(workflow.task_tree)):
        if task.id not in kept and task.parent is not None and task.parent.id in kept:
            workflow._remove_task(task.id)
    for task in list(_preorder(workflow.task_tree)):
        if _is_passed(task):
            _take_out(workflow, task)


def _is_finished(task: Task) -> bool:
    return bool(task.has_state(TaskState.FINISHED_MASK))


def _is_join(task: Task) -> bool:
    return isinstance(task.task_spec, UnstructuredJoin)


def _is_passed(task: Task) -> bool:
    """Whether the token went on from here along one way only, and no join looks back at it."""
    if not _is_finished(task) or len(task.children) != 1:
        return False
    after = task.children[0]
    return _is_finished(after) and not (_is_join(after) and after.state == TaskState.CANCELLED)


def _take_out(workflow: BpmnBaseWorkflow, task: Task) -> None:
    child, parent = task.children[0], task.parent
    child.parent = parent
    if parent is None:
        workflow.task_tree = child
    else:
        parent._children[parent._children.index(task.id)] = child.id
    del workflow.tasks[task.id]


def _with_ancestors(tasks: Iterable[Task]) -> set[UUID]:
    found: set[UUID] = set()
    for task in tasks:
        current = task
        while current is not None and current.id not in found:
            found.add(current.id)
            current = current.parent
    return found


def _restore_tree(workflow: BpmnBaseWorkflow, nodes: list[list[Any]]) -> dict[UUID, int]:
    numbers: dict[UUID, int] = {}
    for number, parent, spec, state, flags in nodes:
        task = Task(workflow, workflow.spec.task_specs[spec], state=state, id=UUID(int=number))
        numbers[task.id] = number
        task.triggered = bool(flags & 1)
        if flags & 2:
            task._set_internal_data(event_fired=True)
        if parent:
            task._parent = UUID(int=parent)
            workflow.tasks[task._parent]._children.append(task.id)
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            workflow.top_workflow.event_manager.add_task(task)
    workflow.task_tree = workflow.tasks[UUID(int=nodes[0][0])]
    return numbers


def _restore_subprocess(
    top: BpmnWorkflow, parent_number: int, nodes: list[list[Any]]
) -> dict[UUID, int]:
    parent = top.get_task_from_id(UUID(int=parent_number))
    spec: SubWorkflowTask = parent.task_spec
    subprocess = BpmnSubWorkflow(
        top.subprocess_specs[spec.spec], parent.id, top, deserializing=True
    )
    top.subprocesses[parent.id] = subprocess
    subprocess.completed_event.connect(spec._on_subworkflow_completed, parent)
    return _restore_tree(subprocess, nodes)


class _faults:  # noqa: N801
    """Turns what the library raises into a fault that names the step."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, traceback: Any) -> None:
        if isinstance(error, SpiffWorkflowException):
            if isinstance(error.__context__, DiagramFault):
                raise error.__context__
            spec = getattr(error, "task_spec", None)
            raise DiagramFault(step=getattr(spec, "name", "?"), reason=str(error)) from error
