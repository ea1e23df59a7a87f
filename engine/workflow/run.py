"""A dossier's token game.

Tokens rest at *places*, numbered 1, 2, 3… in the order in which they come to be. The same
acts on the same diagram give the same numbers, so that re-execution can be compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import orjson
from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from bpmn.parse import Diagram, EventChoice, LapseOfTime, ServiceTask
from bpmn.steps import Message
from engine.errors import DiagramFault
from engine.workflow.facts import Facts, FactsEngine, faults
from engine.workflow.placing import Arrival, element_of
from engine.workflow.tree import (
    drop_finished,
    dump_tree,
    is_branching_join,
    is_join,
    preorder,
    restore_subprocess,
    restore_tree,
)

MAX_STEPS = 500
"""Gateways and decisions run for one act before the diagram is taken to loop for ever.

Fewer than the thousand levels of a tree below which SpiffWorkflow looks for no more work.
"""


@dataclass(frozen=True, order=True)
class Place:
    """A token at rest: `number` is unique in the dossier, `step` is the id in the diagram."""

    number: int
    step: str


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
        self.told: list[str] = []
        """Ids of the services that tokens passed since, which tell and do not wait."""
        self.chosen: list[tuple[str, str]] = []
        """Ways that tokens took since where ways part: from which element to which."""

    @classmethod
    def begin(cls, diagram: Diagram, facts: Facts) -> "Run":
        """Put a token on the diagram's start event and let it run to its first places."""
        with faults():
            workflow = BpmnWorkflow(
                diagram.process, diagram.subprocesses, script_engine=FactsEngine(facts)
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
            script_engine=FactsEngine(facts),
            deserializing=True,
        )
        numbers = restore_tree(workflow, raw["tree"])
        for parent, nodes in raw["sub"]:
            numbers |= restore_subprocess(workflow, parent, nodes)
        return cls(workflow, numbers, raw["last"])

    @classmethod
    def placed(cls, diagram: Diagram, placed: bytes, facts: Facts) -> "Run":
        """Take up a run that begins in the middle (`engine.workflow.placing`)."""
        run = cls.restore(diagram, placed, facts)
        for workflow in (run._workflow, *run._workflow.subprocesses.values()):
            workflow._predict(TaskState.NOT_FINISHED_MASK)
        run._number_new_tasks()
        return run

    def dump(self) -> bytes:
        """The state as canonical bytes: equal runs give equal bytes."""
        subprocesses = sorted(
            (self._numbers[parent], dump_tree(sub, self._numbers))
            for parent, sub in self._workflow.subprocesses.items()
        )
        state = {
            "last": self._last_number,
            "tree": dump_tree(self._workflow, self._numbers),
            "sub": subprocesses,
        }
        return orjson.dumps(state, option=orjson.OPT_SORT_KEYS)

    @property
    def decisions(self) -> list[str]:
        """Ids of the decision tasks passed since this run was begun or restored, in order."""
        found: list[str] = self._workflow.script_engine.decisions
        return found

    @property
    def places(self) -> list[Place]:
        """Where tokens rest now: open steps and waits, in order of their numbers."""
        return sorted(
            Place(self._numbers[task.id], task.task_spec.bpmn_id) for task in self._resting()
        )

    def path(self, number: int) -> tuple[str, ...]:
        """Ids of the elements that a token rests in: call activities and subprocesses from the
        outermost on, then its step or wait."""
        task = self._task(number)
        return (*self._within(task), task.task_spec.bpmn_id)

    def rivals(self, number: int) -> frozenset[int]:
        """The other events after the same event-based gateway: only one of them happens."""
        return frozenset(self._numbers[rival.id] for rival in _rivals(self._task(number)))

    @property
    def arrivals(self) -> list[Arrival]:
        """Branches that have reached a gateway which waits for others."""
        tasks = list(self._all_tasks())
        waiting = {
            (task.workflow, task.task_spec)
            for task in tasks
            if task.state == TaskState.WAITING and is_branching_join(task)
        }
        return sorted(
            Arrival(self._within(task), element_of(task.parent.task_spec), task.task_spec.name)
            for task in tasks
            if (task.workflow, task.task_spec) in waiting
            and task.parent.state == TaskState.COMPLETED
        )

    @property
    def last_number(self) -> int:
        """The highest number given so far."""
        return self._last_number

    def timer_beside(self, number: int) -> int:
        """The place of the soonest timer on the edge of a service that asks."""
        task = self._task(number)
        beside = [t for t in task.parent.children if isinstance(t.task_spec, BoundaryEvent)]
        limits = [(t.task_spec.event_definition, t) for t in beside]
        timers = [(d.limit, t) for d, t in limits if isinstance(d, LapseOfTime)]
        soonest = min(timers, key=lambda timer: timer[0].working_hours())
        return self._numbers[soonest[1].id]

    def complete(self, number: int) -> None:
        """Take the token on from an open step, or from a service that was answered."""
        with faults():
            self._task(number).run()
            self._advance()

    def happen(self, number: int) -> None:
        """Let the event happen that a wait waits for: its message came, or its time lapsed."""
        with faults():
            task = self._task(number)
            for rival in _rivals(task):
                rival.cancel()
            self._catch(task)
            self._advance()

    def interrupt(self, message: Message, subprocess: str) -> None:
        """Take every token away and start the event subprocess that `message` starts."""
        with faults():
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
            drop_finished(workflow)
        self._drop_finished_subprocesses()
        self._number_new_tasks()

    def _engine_steps(self) -> None:
        self._workflow.do_engine_steps(will_complete_task=self._spend, did_complete_task=self._note)

    def _spend(self, task: Task) -> None:
        self._budget -= 1
        if self._budget < 0:
            raise DiagramFault(step=task.task_spec.name, reason="bản vẽ lặp mãi không dừng")

    def _note(self, task: Task) -> None:
        if len(task.task_spec.outputs) > 1:
            targets = (element_of(child.task_spec) for child in task.children)
            self.chosen += [(task.task_spec.bpmn_id, target) for target in targets]
        if isinstance(task.task_spec, EndEvent):
            self.ended.append(task.task_spec.bpmn_id)
        elif isinstance(task.task_spec, ServiceTask):
            self.told.append(task.task_spec.bpmn_id)
        elif is_join(task):
            drop_finished(task.workflow)  # lest it count the same branches again in a loop

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
            for task in preorder(workflow.task_tree):
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

    def _within(self, task: Task) -> tuple[str, ...]:
        """Ids of the call activities and subprocesses around a task, from the outermost on."""
        ids: list[str] = []
        while task.workflow is not self._workflow:
            task = self._workflow.get_task_from_id(task.workflow.parent_task_id)
            ids.insert(0, task.task_spec.bpmn_id)
        return tuple(ids)

    def _task(self, number: int) -> Task:
        for task in self._resting():
            if self._numbers[task.id] == number:
                return task
        raise DiagramFault(step=str(number), reason="không có bước nào đang mở ở vị trí này")


def _rivals(task: Task) -> list[Task]:
    """The other events after the same event-based gateway: only one of them happens."""
    if task.parent is None or not isinstance(task.parent.task_spec, EventChoice):
        return []
    return [rival for rival in task.parent.children if rival is not task]
