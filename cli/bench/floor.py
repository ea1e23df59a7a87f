"""The floor: what SpiffWorkflow and the database cost at least, with nothing of ours around them.

One completion: restore the library's own state with its own serialiser (definition cached and
left out of the state, as we do), run the task and the gateways after it, dump the state, write
it into one row, commit. The step in memory with the commit is reported apart, as the strictest
floor one may think of.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, insert, update

from bpmn.decisions import Decision
from bpmn.expressions import evaluate
from bpmn.parse import Diagram
from engine.store.database import Database

Answers = Mapping[str, Mapping[str, Any]]
Timer = Callable[[], float]

_tables = MetaData()
_row = Table("bench_floor", _tables, Column("id", Integer, primary_key=True), Column("state", Text))
_WRITE = update(_row).where(_row.c.id == bindparam("the_id"))


@dataclass(frozen=True)
class FloorTime:
    """Seconds of one completion: all of it, and only the step in memory with the commit."""

    whole: float
    step_and_commit: float


class _Engine(PythonScriptEngine):
    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__()
        self.facts = dict(facts)

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return evaluate(expression, {**self.facts, **(external_context or {})})

    def decided(self, task: Any, decision: Decision) -> None:
        self.facts[task.task_spec.bpmn_id] = dict(decision.outputs)


class Floor:
    """Leads one bare workflow after another through a diagram, timing each completion."""

    def __init__(self, database: Database, diagram: Diagram, answers: Answers, timer: Timer):
        self._database, self._diagram, self._answers = database, diagram, answers
        self._timer = timer
        registry = BpmnWorkflowSerializer.configure(SPIFF_CONFIG)
        self._converter = BpmnWorkflowConverter(BpmnWorkflow, registry)
        _tables.create_all(database.engine)
        with database.transaction() as tx:
            tx.execute(insert(_row).values(id=1, state=""))

    def completions(self) -> Iterator[FloorTime]:
        """Times of as many completions as are asked for."""
        while True:
            engine = _Engine({**self._answers, "dossier": {"channel": "direct"}})
            workflow = BpmnWorkflow(
                self._diagram.process, self._diagram.subprocesses, script_engine=engine
            )
            workflow.do_engine_steps()
            state = self._dump(workflow)
            while self._ready(self._restore(state, engine)):
                state, time = self._complete(state, engine)
                yield time

    def _complete(self, state: str, engine: _Engine) -> tuple[str, FloorTime]:
        began = self._timer()
        workflow = self._restore(state, engine)
        restored = self._timer()
        task = self._ready(workflow)[0]
        task.set_data(**self._answers.get(task.task_spec.bpmn_id, {}))
        task.run()
        workflow.do_engine_steps()
        stepped = self._timer()
        state = self._dump(workflow)
        dumped = self._timer()
        with self._database.transaction() as tx:
            tx.execute(_WRITE, {"the_id": 1, "state": state})
        done = self._timer()
        return state, FloorTime(done - began, (stepped - restored) + (done - dumped))

    def _ready(self, workflow: BpmnWorkflow) -> list[Any]:
        return [t for t in workflow.get_tasks(state=TaskState.READY) if t.task_spec.manual]

    def _dump(self, workflow: BpmnWorkflow) -> str:
        raw = WorkflowConverter.to_dict(self._converter, workflow)
        raw["subprocesses"] = self._converter.mapping_to_dict(workflow.subprocesses)
        return json.dumps(raw)

    def _restore(self, state: str, engine: _Engine) -> BpmnWorkflow:
        raw = json.loads(state)
        workflow = BpmnWorkflow(
            self._diagram.process,
            self._diagram.subprocesses,
            script_engine=engine,
            deserializing=True,
        )
        workflow.tasks = self._converter.mapping_from_dict(raw["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(raw["root"])]
        self._converter.set_default_attributes(workflow, raw)
        self._converter.subprocesses_from_dict(raw["subprocesses"], workflow)
        return workflow
