"""XML files in, runnable specifications out. The one module here that knows SpiffWorkflow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import EventDefinitionParser
from SpiffWorkflow.bpmn.parser.task_parsers import GatewayParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.events.start_event import StartEvent
from SpiffWorkflow.spiff.parser.event_parsers import (
    SpiffBoundaryEventParser,
    SpiffIntermediateCatchEventParser,
)
from SpiffWorkflow.spiff.parser.process import VALIDATOR, SpiffBpmnParser, SpiffProcessParser
from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser, SpiffTaskParser
from SpiffWorkflow.spiff.specs.defaults import BusinessRuleTask, SubWorkflowTask, UserTask
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask

from bpmn import reading, services
from bpmn.complaints import in_vietnamese
from bpmn.decisions import DecisionTable, decide
from bpmn.elements import refuse_misdrawn
from bpmn.findings import ProcedureError, refuse
from bpmn.source import read_xml, refuse_unsupported
from bpmn.steps import INTERRUPTIONS, Message, Mode, Places, Wait
from bpmn.time_limit import TimeLimit, TimeLimitError

MAIN_FILE = "procedure.bpmn"


class LapseOfTime(EventDefinition):
    """A timer whose moment we compute and fire: SpiffWorkflow's own read the wall clock."""

    def __init__(self, limit: TimeLimit, description: str | None = None) -> None:
        super().__init__(str(limit), description)
        self.limit = limit


class DecisionTask(BusinessRuleTask):
    """A business rule task whose outputs become facts of the dossier under the task's id."""

    table: DecisionTable

    def _run_hook(self, my_task: Any) -> bool:
        engine = my_task.workflow.script_engine
        decision = decide(self.table, lambda cell, more: engine.evaluate(my_task, cell, more))
        engine.decided(my_task, decision)
        return True


class EventChoice(BpmnSpecMixin):
    """An event-based gateway: all events after it are waited for, the first calls off the rest.

    SpiffWorkflow's own takes the events' definitions away, so that nobody knows what is awaited.
    """


class ServiceTask(SpiffBpmnTask):
    """A service task: one that asks holds the token (`manual`), one that tells lets it pass."""


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
        task = DecisionTask(self.spec, self.bpmn_id, dmnEngine=engine, **self.bpmn_attributes)
        name = self.process_parser.parser.dmn_parsers[reference].get_name()
        task.table = reading.table(task, reference, name)
        return task


class _Services(SpiffTaskParser):
    def create_task(self) -> ServiceTask:
        task = ServiceTask(self.spec, self.bpmn_id, **self.bpmn_attributes)
        said = self.parse_extensions().get("properties", {})
        task.manual = said.get(services.MODE) == Mode.ASK
        return task


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
        full_tag("serviceTask"): (_Services, ServiceTask),
        full_tag("eventBasedGateway"): (GatewayParser, EventChoice),
    }


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
        serving = {s: _limit_beside(s) for s in specs if isinstance(s, ServiceTask)}
        return Places(
            steps={s.bpmn_id: reading.step(s) for s in specs if isinstance(s, UserTask)},
            waits={
                **{s.bpmn_id: _wait(s) for s in specs if _waits(s)},
                **{s.bpmn_id: services.wait(s, limit) for s, limit in serving.items() if s.manual},
            },
            services={s.bpmn_id: services.service(s, limit) for s, limit in serving.items()},
            outcomes={
                s.bpmn_id: reading.outcome(s, o)
                for s in specs
                if (o := reading.property_of(s, "outcome"))
            },
            interruptions=self._interruptions(),
        )

    @cached_property
    def decisions(self) -> Mapping[str, DecisionTable]:
        """Decision tables by the id of the business rule task that uses them."""
        return {s.bpmn_id: s.table for s in self._nodes() if isinstance(s, DecisionTask)}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the diagrams call their elements, by id; an element without a name by its id."""
        return {s.bpmn_id: s.bpmn_name or s.bpmn_id for s in self._nodes()}

    def _nodes(self) -> Iterator[Any]:
        for process in (self.process, *self.subprocesses.values()):
            yield from (s for s in process.task_specs.values() if getattr(s, "bpmn_id", None))

    def _interruptions(self) -> dict[Message, str]:
        found: dict[Message, str] = {}
        for spec in self.process.task_specs.values():
            if isinstance(spec, SubWorkflowTask):
                event = self.subprocesses[spec.spec].bpmn_start_events[0].event_definition
                if isinstance(event, MessageEventDefinition):
                    if event.name in found:
                        raise reading.about(
                            spec, f"Đã có quy trình con khác bắt đầu bằng «{event.name}»."
                        )
                    found[Message(event.name)] = spec.name
        return found


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
        _ = diagram.places, diagram.decisions
    except ValidationException as error:
        raise _as_procedure_error(error, MAIN_FILE, process_id) from error
    except (KeyError, ValueError, AttributeError, RecursionError) as error:
        raise refuse(MAIN_FILE, process_id, f"Không đọc được bản vẽ: {error}") from error
    return diagram


def _add(parser: _Parser, name: str, text: str) -> None:
    root = read_xml(name, text)
    refuse_unsupported(name, root)
    refuse_misdrawn(name, root)
    try:
        if name.endswith(".dmn"):
            parser.add_dmn_xml(root, name)
        else:
            parser.add_bpmn_xml(root, name)
    except ValidationException as error:
        raise _as_procedure_error(error, name) from error
    except (etree.LxmlError, KeyError, ValueError, AttributeError, IndexError) as error:
        raise refuse(name, "xml", f"Không đọc được bản vẽ: {error}") from error


def _as_procedure_error(
    error: ValidationException, file: str, element: str | None = None
) -> ProcedureError:
    line = f"dòng {error.line_number}" if error.line_number else "?"
    name, message = in_vietnamese(str(error))
    if isinstance(error.__cause__, TimeLimitError):
        message = str(error.__cause__)
    return refuse(error.file_name or file, error.id or name or element or line, message)


def _waits(spec: Any) -> bool:
    return isinstance(spec, CatchingEvent) and (
        not isinstance(spec, StartEvent)
        or isinstance(spec.event_definition, MessageEventDefinition)
    )


def _limit_beside(spec: ServiceTask) -> TimeLimit | None:
    """The shortest of the timers on the edge of a service task."""
    beside = [event for before in spec.inputs for event in before.outputs]
    timers = [e.event_definition for e in beside if isinstance(e, BoundaryEvent)]
    limits = [timer.limit for timer in timers if isinstance(timer, LapseOfTime)]
    return min(limits, key=TimeLimit.working_hours, default=None)


def _wait(spec: Any) -> Wait:
    event = spec.event_definition
    message = None
    if isinstance(event, MessageEventDefinition):
        expected = set(Message) - INTERRUPTIONS
        if isinstance(spec, StartEvent):
            expected = set(INTERRUPTIONS)
        choices = {message.value: message for message in sorted(expected)}
        message = reading.choice(spec, event.name, choices, "Thông điệp phải là: ")
    elif not isinstance(event, LapseOfTime):
        raise reading.about(spec, "Phần tử này phải chờ một thông điệp hoặc một thời hạn.")
    return Wait(
        id=spec.bpmn_id,
        name=reading.required(spec, spec.bpmn_name, "Sự kiện phải có tên."),
        message=message,
        timer=event.limit if isinstance(event, LapseOfTime) else None,
        pauses=reading.pauses(spec),
        boundary=isinstance(spec, BoundaryEvent),
    )
