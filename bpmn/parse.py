"""XML files in, runnable specifications out. The one module here that knows SpiffWorkflow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import EventDefinitionParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.events.start_event import StartEvent
from SpiffWorkflow.spiff.parser.event_parsers import (
    SpiffBoundaryEventParser,
    SpiffIntermediateCatchEventParser,
)
from SpiffWorkflow.spiff.parser.process import VALIDATOR, SpiffBpmnParser, SpiffProcessParser
from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser
from SpiffWorkflow.spiff.specs.defaults import BusinessRuleTask, SubWorkflowTask, UserTask

from bpmn.findings import Finding, ProcedureError, refuse
from bpmn.roles import LANES
from bpmn.source import read_xml, refuse_unsupported
from bpmn.steps import Message, Outcome, PauseCode, Places, Stage, Step, Wait
from bpmn.time_limit import TimeLimit, TimeLimitError


class LapseOfTime(EventDefinition):
    """A timer whose moment we compute and fire: SpiffWorkflow's own read the wall clock."""

    def __init__(self, limit: TimeLimit, description: str | None = None) -> None:
        super().__init__(str(limit), description)
        self.limit = limit


class DecisionTask(BusinessRuleTask):
    """A business rule task whose outputs become facts of the dossier under the task's id."""

    def _run_hook(self, my_task: Any) -> bool:
        outputs = self.dmnEngine.result(my_task)
        my_task.workflow.script_engine.decided(my_task, outputs)
        return True


class _Timers(EventDefinitionParser):
    def parse_timer_event(self, event: Any) -> LapseOfTime:
        duration = event.find("{*}timeDuration")
        text = "" if duration is None else (duration.text or "")
        try:
            return LapseOfTime(TimeLimit.parse(text), self.get_event_description(event))
        except TimeLimitError as error:
            raise ValidationException(str(error), self.node, self.filename) from error


class _CatchEvents(_Timers, SpiffIntermediateCatchEventParser):
    pass


class _BoundaryEvents(_Timers, SpiffBoundaryEventParser):
    pass


class _Decisions(BusinessRuleTaskParser):
    def create_task(self) -> DecisionTask:
        reference = self.get_decision_ref(self.node)
        engine = self.process_parser.parser.get_engine(reference, self.node)
        return DecisionTask(self.spec, self.bpmn_id, dmnEngine=engine, **self.bpmn_attributes)


class _Process(SpiffProcessParser):
    """Leaves event subprocesses unconnected: the engine starts them, interrupting all else."""

    def add_tasks(self) -> None:
        for node in self.xpath("./bpmn:startEvent"):
            self.parse_node(node)
        for node in self.xpath("./bpmn:subProcess[@triggeredByEvent='true']"):
            subprocess = self.parse_node(node)
            subprocess.connect(self.spec.end)
            subprocess._connect_notify(self.spec.start)


class _Parser(SpiffBpmnParser):
    PROCESS_PARSER_CLASS = _Process
    OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, Any]] = {
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("intermediateCatchEvent"): (
            _CatchEvents,
            SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("intermediateCatchEvent")][1],
        ),
        full_tag("boundaryEvent"): (
            _BoundaryEvents,
            SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("boundaryEvent")][1],
        ),
        full_tag("businessRuleTask"): (_Decisions, DecisionTask),
    }


@dataclass(frozen=True)
class Row:
    """One row of a decision table: cells as written, `-` where an input does not matter."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class DecisionTable:
    """A decision table as lint looks at it; `booleans` says which inputs are yes-or-no."""

    id: str
    hit_policy: str
    inputs: tuple[str, ...]
    booleans: tuple[bool, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Diagram:
    """Parsed specifications of one procedure with the shared stages it calls.

    Shared between dossiers and threads; running a dossier must not change it.
    """

    process: BpmnProcessSpec
    subprocesses: Mapping[str, BpmnProcessSpec]

    @cached_property
    def places(self) -> Places:
        """Steps, waits, outcomes and interruptions by step id."""
        specs = list(self._nodes())
        return Places(
            steps={s.bpmn_id: _step(s) for s in specs if isinstance(s, UserTask)},
            waits={s.bpmn_id: _wait(s) for s in specs if _waits(s)},
            outcomes={s.bpmn_id: Outcome(o) for s in specs if (o := _property(s, "outcome"))},
            interruptions=dict(self._interruptions()),
        )

    @cached_property
    def decisions(self) -> Mapping[str, DecisionTable]:
        """Decision tables by the id of the business rule task that uses them."""
        return {s.bpmn_id: _table(s) for s in self._nodes() if isinstance(s, DecisionTask)}

    def _nodes(self) -> Iterator[Any]:
        for process in (self.process, *self.subprocesses.values()):
            yield from (s for s in process.task_specs.values() if getattr(s, "bpmn_id", None))

    def _interruptions(self) -> Iterator[tuple[Message, str]]:
        for spec in self.process.task_specs.values():
            if isinstance(spec, SubWorkflowTask):
                event = self.subprocesses[spec.spec].bpmn_start_events[0].event_definition
                if isinstance(event, MessageEventDefinition):
                    yield Message(event.name), spec.name


def parse(sources: Mapping[str, str], process_id: str) -> Diagram:
    """Parse every `.bpmn` and `.dmn` of `sources` and link `process_id` with what it calls.

    Raises `ProcedureError` naming file and element.
    """
    parser = _Parser(validator=VALIDATOR)
    for name, text in sorted(sources.items()):
        if name.endswith((".bpmn", ".dmn")):
            _add(parser, name, text)
    try:
        process = parser.get_spec(process_id)
        diagram = Diagram(process, parser.get_subprocess_specs(process_id))
        _ = diagram.places
    except ValidationException as error:
        raise _as_procedure_error(error) from error
    except (KeyError, ValueError, AttributeError, RecursionError) as error:
        raise refuse(process_id, process_id, f"Không đọc được bản vẽ: {error}") from error
    return diagram


def _add(parser: _Parser, name: str, text: str) -> None:
    root = read_xml(name, text)
    refuse_unsupported(name, root)
    try:
        if name.endswith(".dmn"):
            parser.add_dmn_xml(root, name)
        else:
            parser.add_bpmn_xml(root, name)
    except ValidationException as error:
        raise _as_procedure_error(error, name) from error
    except (etree.LxmlError, KeyError, ValueError, AttributeError, IndexError) as error:
        raise refuse(name, "xml", f"Không đọc được bản vẽ: {error}") from error


def _as_procedure_error(error: ValidationException, file: str | None = None) -> ProcedureError:
    element = error.id or (f"dòng {error.line_number}" if error.line_number else "?")
    message = f"Bản vẽ không đúng chuẩn: {error}"
    return ProcedureError([Finding(file or error.file_name or "?", str(element), message)])


def _property(spec: Any, name: str) -> str | None:
    value = (getattr(spec, "extensions", None) or {}).get("properties", {}).get(name)
    return str(value) if value else None


def _step(spec: Any) -> Step:
    return Step(
        id=spec.bpmn_id,
        name=_required(spec, spec.bpmn_name, "Tác vụ phải có tên."),
        role=_choice(spec, spec.lane, LANES, "Làn (lane) phải là một trong: "),
        stage=_choice(spec, _property(spec, "stage"), {s.value: s for s in Stage}, "stage: "),
        limit=_limit(spec),
        form=_required(
            spec, _property(spec, "formJsonSchemaFilename"), "Thiếu formJsonSchemaFilename."
        ),
        four_eyes=tuple(
            filter(None, (_property(spec, "four_eyes") or "").replace(" ", "").split(","))
        ),
        unit=_property(spec, "unit"),
        batchable=_property(spec, "batchable") == "true",
        returns_to=_property(spec, "returns_to"),
        pauses=_pauses(spec),
    )


def _table(spec: DecisionTask) -> DecisionTable:
    table = spec.dmnEngine.decision_table
    return DecisionTable(
        id=str(table.id),
        hit_policy=str(table.hit_policy),
        inputs=tuple(column.expression or "" for column in table.inputs),
        booleans=tuple(column.typeRef == "boolean" for column in table.inputs),
        outputs=tuple(column.name for column in table.outputs),
        rows=tuple(
            Row(
                inputs=tuple((entry.lhs[0] or "-").strip() for entry in rule.inputEntries),
                outputs=tuple(entry.text.strip() for entry in rule.outputEntries),
            )
            for rule in table.rules
        ),
    )


def _waits(spec: Any) -> bool:
    return isinstance(spec, CatchingEvent) and (
        not isinstance(spec, StartEvent)
        or isinstance(spec.event_definition, MessageEventDefinition)
    )


def _wait(spec: Any) -> Wait:
    event = spec.event_definition
    message = None
    if isinstance(event, MessageEventDefinition):
        message = _choice(spec, event.name, {m.value: m for m in Message}, "Thông điệp phải là: ")
    return Wait(
        id=spec.bpmn_id,
        name=_required(spec, spec.bpmn_name, "Sự kiện phải có tên."),
        message=message,
        timer=event.limit if isinstance(event, LapseOfTime) else None,
        pauses=_pauses(spec),
        boundary=isinstance(spec, BoundaryEvent),
    )


def _pauses(spec: Any) -> PauseCode | None:
    codes = {code.value: code for code in PauseCode}
    value = _property(spec, "pauses")
    if value is None:
        return None
    found: PauseCode = _choice(spec, value, codes, "pauses phải là một trong: ")
    return found


def _limit(spec: Any) -> TimeLimit:
    try:
        return TimeLimit.parse(_required(spec, _property(spec, "limit"), "Thiếu hạn bước (limit)."))
    except TimeLimitError as error:
        raise _about(spec, str(error)) from error


def _required(spec: Any, value: str | None, message: str) -> str:
    if not value:
        raise _about(spec, message)
    return value


def _choice(spec: Any, value: str | None, choices: Mapping[str, Any], message: str) -> Any:
    if value is None or value not in choices:
        raise _about(spec, f"{message}{', '.join(choices)} (đang là «{value or 'trống'}»).")
    return choices[value]


def _about(spec: Any, message: str) -> ProcedureError:
    return refuse(spec._wf_spec.file or "?", spec.bpmn_id, message)
