"""Small questions about a BPMN tree that the steps of adopting ask."""

from collections.abc import Iterator

from lxml import etree

from bpmn.source import BPMN_NS, SPIFF_NS

BPMN = f"{{{BPMN_NS}}}"
DECISION = f"{{{SPIFF_NS}}}calledDecisionId"
TASKS = frozenset({
    "task", "userTask", "manualTask", "sendTask", "receiveTask", "serviceTask", "scriptTask",
    "businessRuleTask",
})  # fmt: skip
GATEWAYS = frozenset({
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
    "complexGateway",
})  # fmt: skip
EVENTS = frozenset({
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
})  # fmt: skip
CONTAINERS = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
NODES = (
    TASKS | GATEWAYS | EVENTS | frozenset({"callActivity"}) | (CONTAINERS - frozenset({"process"}))
)
BESIDE = frozenset({
    "documentation", "extensionElements", "auditing", "monitoring", "property", "laneSet",
    "sequenceFlow", "dataObject", "dataObjectReference", "dataStoreReference", "association",
    "group", "textAnnotation", "resourceRole", "performer", "humanPerformer", "potentialOwner",
    "correlationSubscription", "supports", "ioSpecification", "ioBinding", "incoming", "outgoing",
    "dataInputAssociation", "dataOutputAssociation", "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics", "artifact",
})  # fmt: skip
"""What else may stand in a process or subprocess."""


def kind_of(element: etree._Element) -> str:
    """The local name of a BPMN element; empty for one of another namespace."""
    tag = element.tag
    return tag.removeprefix(BPMN) if isinstance(tag, str) and tag.startswith(BPMN) else ""


def nodes_in(container: etree._Element) -> list[etree._Element]:
    """The flow nodes drawn directly in a process or subprocess."""
    return [child for child in container if kind_of(child) in NODES]


def flows_in(container: etree._Element) -> list[etree._Element]:
    """Its sequence flows."""
    return [child for child in container if kind_of(child) == "sequenceFlow"]


def containers(process: etree._Element) -> Iterator[etree._Element]:
    """The process and every subprocess in it."""
    yield process
    yield from (each for each in process.iter(f"{BPMN}*") if kind_of(each) == "subProcess")


def definitions_in(event: etree._Element) -> list[str]:
    """The kinds of event that an event is of, without `EventDefinition`."""
    suffixes = ("EventDefinitionRef", "EventDefinition")
    kinds = map(kind_of, event)
    return [
        kind.removesuffix("Ref").removesuffix("EventDefinition")
        for kind in kinds
        if kind.endswith(suffixes) or kind == "eventDefinitionRef"
    ]


def local(reference: str | None) -> str:
    """The id in a reference that may be written with the prefix of a namespace."""
    return (reference or "").strip().rpartition(":")[2]


def parent_of(element: etree._Element) -> etree._Element:
    """What an element stands in; itself where it is the root."""
    parent = element.getparent()
    return element if parent is None else parent


def is_triggered(element: etree._Element) -> bool:
    """Whether it is an event subprocess."""
    return element.get("triggeredByEvent") in ("true", "1")
