"""What elements carry beside what is drawn: kept where it is ours, named where it is left out."""

from collections.abc import Iterable

from lxml import etree

from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN
from bpmn.source import SPIFF_NS

_SPIFF = f"{{{SPIFF_NS}}}"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_MOST_TEXT = 10_000
_MEANINGLESS = (
    "gatewayDirection", "isImmediate", "startQuantity", "completionQuantity", "isForCompensation",
    "implementation", "instantiate", "eventGatewayType", "parallelMultiple", "isInterrupting",
    "cancelActivity", "triggeredByEvent", "default", "dataStoreRef", "isReference", "operationRef",
)  # fmt: skip


def text_of(element: etree._Element) -> str:
    """All text in an element, as far as anybody reads."""
    return "".join(map(str, element.itertext()))[:_MOST_TEXT]


def write_documentation(written: etree._Element, element: etree._Element) -> None:
    """What the element says of itself, as one text."""
    texts = (text_of(each) for each in element.iterchildren(f"{BPMN}documentation"))
    said = "\n".join(filter(None, (text.strip() for text in texts)))
    if said:
        etree.SubElement(written, f"{BPMN}documentation").text = said[:_MOST_TEXT]


def write_extensions(written: etree._Element, element: etree._Element, remarks: Remarks) -> None:
    """Our own properties; what other tools say for themselves is named and left out."""
    kept: list[etree._Element] = []
    for extension in element.iterchildren(f"{BPMN}extensionElements"):
        for child in extension.iterchildren("{*}*"):
            if child.tag == f"{_SPIFF}properties":
                kept.append(_properties(child))
            elif child.tag == f"{_SPIFF}calledDecisionId":
                called = etree.Element(child.tag)
                called.text = (child.text or "").strip()
                kept.append(called)
            else:
                drop(child, remarks)
    if kept:
        etree.SubElement(written, f"{BPMN}extensionElements").extend(kept)


def _properties(said: etree._Element) -> etree._Element:
    copy = etree.Element(f"{_SPIFF}properties")
    for each in said.iterchildren(f"{_SPIFF}property"):
        name, value = each.get("name"), each.get("value")
        if name and value:
            etree.SubElement(copy, f"{_SPIFF}property", name=name, value=value)
    return copy


def drop(element: etree._Element, remarks: Remarks) -> None:
    """Name an element that is left out."""
    name = etree.QName(element) if isinstance(element.tag, str) else None
    if name is not None:
        remarks.dropped(element, f"phần tử «{name.localname[:60]}» ({_owner(name.namespace)})")


def note_attributes(element: etree._Element, known: Iterable[str], remarks: Remarks) -> None:
    """Name the attributes that are left out, but those that say nothing to the engine."""
    for attribute in element.attrib:
        name = etree.QName(str(attribute))
        if name.namespace and name.namespace != _XSI:
            what = f"thuộc tính «{name.localname[:60]}» ({_owner(name.namespace)})"
            remarks.dropped(element, what)
        elif name.localname not in (*known, *_MEANINGLESS):
            remarks.dropped(element, f"thuộc tính «{name.localname[:60]}»")


def _owner(namespace: str | None) -> str:
    return (namespace or "không rõ của công cụ nào")[:80]
