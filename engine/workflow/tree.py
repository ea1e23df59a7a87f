"""SpiffWorkflow's tree of tasks: walked, made smaller, written down and restored."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


def preorder(root: Task) -> Iterator[Task]:
    """All tasks from `root` down, parents before children, children in order."""
    stack = [root]
    while stack:
        task = stack.pop()
        yield task
        stack.extend(reversed(task.children))


def drop_finished(workflow: BpmnBaseWorkflow) -> None:
    """Take what is finished out of the tree, but for what the living part still looks at.

    A join counts the branches that reached it, so these stay until it is through.
    """
    tasks = workflow.tasks.values()
    waiting = {t.task_spec for t in tasks if t.state == TaskState.WAITING and is_join(t)}
    kept = _with_ancestors(t for t in tasks if not _is_finished(t) or t.task_spec in waiting)
    for task in list(preorder(workflow.task_tree)):
        if task.id not in kept and task.parent is not None and task.parent.id in kept:
            workflow._remove_task(task.id)
    for task in list(preorder(workflow.task_tree)):
        if _is_passed(task):
            _take_out(workflow, task)


def _is_finished(task: Task) -> bool:
    return bool(task.has_state(TaskState.FINISHED_MASK))


def is_join(task: Task) -> bool:
    """Whether branches come together here."""
    return isinstance(task.task_spec, UnstructuredJoin)


def is_branching_join(task: Task) -> bool:
    """Whether it is a gateway that joins, and not the end of a process, which waits for all."""
    return is_join(task) and not isinstance(task.task_spec, _EndJoin)


def _is_passed(task: Task) -> bool:
    """Whether the token went on from here along one way only, and no join looks back at it."""
    if not _is_finished(task) or len(task.children) != 1:
        return False
    after = task.children[0]
    return _is_finished(after) and not (is_join(after) and after.state == TaskState.CANCELLED)


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


def dump_tree(workflow: BpmnBaseWorkflow, numbers: Mapping[UUID, int]) -> list[list[Any]]:
    """Every task as [number, parent's number, node, state, flags], parents before children."""
    return [_dump_task(task, numbers) for task in preorder(workflow.task_tree)]


def _dump_task(task: Task, numbers: Mapping[UUID, int]) -> list[Any]:
    parent = numbers[task._parent] if task._parent else 0
    fired = bool(task.internal_data.get("event_fired"))
    flags = int(task.triggered) + 2 * int(fired)
    return [numbers[task.id], parent, task.task_spec.name, task.state, flags]


def restore_tree(workflow: BpmnBaseWorkflow, nodes: list[list[Any]]) -> dict[UUID, int]:
    """Build the tree that `dump_tree` wrote down; gives the numbers of its tasks."""
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


def restore_subprocess(
    top: BpmnWorkflow, parent_number: int, nodes: list[list[Any]]
) -> dict[UUID, int]:
    """Build the tree of a subprocess that runs under the task with `parent_number`."""
    parent = top.get_task_from_id(UUID(int=parent_number))
    spec: SubWorkflowTask = parent.task_spec
    subprocess = BpmnSubWorkflow(
        top.subprocess_specs[spec.spec], parent.id, top, deserializing=True
    )
    top.subprocesses[parent.id] = subprocess
    subprocess.completed_event.connect(spec._on_subworkflow_completed, parent)
    return restore_tree(subprocess, nodes)
