"""Says by rote what an adopted diagram leaves open, as its author would with thought."""

import re
from typing import Any

from lxml import etree

from bpmn.adopting.adoption import Adoption
from bpmn.procedure import SHARED, Procedure, procedure_from_sources, read_texts
from bpmn.source import BPMN_NS, SPIFF_NS
from tests.diagrams import decision_table, sources

_BPMN, _SPIFF = f"{{{BPMN_NS}}}", f"{{{SPIFF_NS}}}"
_STEP = {"stage": "processing", "limit": "1 hours", "formJsonSchemaFilename": "any.json"}
_CHOICES = ("exclusiveGateway", "inclusiveGateway")


def completed(adoption: Adoption) -> Procedure:
    """The procedure that the draft becomes; raises what is still wrong with it."""
    drawn = {name: _complete(text) for name, text in adoption.files.items()}
    tables = {
        f"{name}.dmn": decision_table(name, ["dossier.channel"], ["x"], [["-", "1"]])
        for text in drawn.values()
        for name in re.findall(r"calledDecisionId>(\w+)<", text)
    }
    main = drawn["procedure.bpmn"]
    return procedure_from_sources(
        {**read_texts(SHARED, "shared/"), **sources(main), **drawn, **tables}
    )


def _complete(text: str) -> str:
    root = etree.fromstring(text.encode())
    process = next(root.iter(f"{_BPMN}process"))
    _put_in_lanes(process)
    for element in list(process.iter(f"{_BPMN}*")):
        change = _CHANGES.get(etree.QName(element).localname)
        if change is not None:
            change(element)
    _wait_for_supplements(root)
    for choice in (each for kind in _CHOICES for each in process.iter(f"{_BPMN}{kind}")):
        _choose(choice)
    return etree.tostring(root).decode()


def _put_in_lanes(process: Any) -> None:
    for lanes in process.findall(f"{_BPMN}laneSet"):
        process.remove(lanes)
    lanes = etree.Element(f"{_BPMN}laneSet", id="all_lanes")
    process.insert(0, lanes)
    lane = etree.SubElement(lanes, f"{_BPMN}lane", id="the_lane", name="Chuyên viên")
    for node in process:
        if node.get("id") and not node.tag.endswith(("Flow", "Set")):
            etree.SubElement(lane, f"{_BPMN}flowNodeRef").text = node.get("id")


def _say(element: Any, **values: str) -> None:
    extension = element.find(f"{_BPMN}extensionElements")
    if extension is None:
        extension = etree.Element(f"{_BPMN}extensionElements")
        at = 1 if element.find(f"{_BPMN}documentation") is not None else 0
        element.insert(at, extension)
    said = etree.SubElement(extension, f"{_SPIFF}properties")
    for name, value in values.items():
        etree.SubElement(said, f"{_SPIFF}property", name=name, value=value)


def _step(task: Any) -> None:
    _say(task, **_STEP)


def _service(task: Any) -> None:
    task.tag = f"{_BPMN}userTask"
    _step(task)


def _end(event: Any) -> None:
    if etree.QName(event.getparent()).localname == "process":
        _say(event, outcome="delivered")


def _timer(timer: Any) -> None:
    duration = timer.find(f"{_BPMN}timeDuration")
    duration.text = duration.text or "3 days"


def _wait_for_supplements(root: Any) -> None:
    waits = [*root.iter(f"{_BPMN}messageEventDefinition"), *root.iter(f"{_BPMN}receiveTask")]
    for wait in waits:
        wait.set("messageRef", "m_supplement")
    for message in root.findall(f"{_BPMN}message"):
        root.remove(message)
    if waits:
        message = etree.Element(f"{_BPMN}message", id="m_supplement", name="supplement_received")
        root.insert(0, message)


def _choose(gateway: Any) -> None:
    flows = [
        flow
        for flow in gateway.getparent().iterchildren(f"{_BPMN}sequenceFlow")
        if flow.get("sourceRef") == gateway.get("id")
    ]
    if len(flows) > 1 and not gateway.get("default"):
        gateway.set("default", flows[0].get("id"))
    for flow in flows:
        open_ = flow.find(f"{_BPMN}conditionExpression") is None
        if len(flows) > 1 and open_ and flow.get("id") != gateway.get("default"):
            said = etree.SubElement(flow, f"{_BPMN}conditionExpression")
            said.text = 'dossier.channel == "online"'


_CHANGES = {
    "userTask": _step,
    "serviceTask": _service,
    "endEvent": _end,
    "timerEventDefinition": _timer,
}
