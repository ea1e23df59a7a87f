"""Reading BPMN and DMN files as untrusted XML: bounded, no entities, known elements only."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from bpmn.complaints import xml_in_vietnamese
from bpmn.findings import Finding, ProcedureError, refuse

MAX_BYTES = 2_000_000
MOST_ELEMENTS = 20_000
MOST_ATTRIBUTES = 100
MOST_NODES = 300
MOST_FLOWS = 900
"""So many nodes and flows one drawing may have; nobody can read one with more."""
BPMN_NS = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF_NS = "http://spiffworkflow.org/bpmn/schema/1.0/core"
NAMESPACES = {
    "bpmn": BPMN_NS,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "spiffworkflow": SPIFF_NS,
}
FLOW_NODES = frozenset({
    "startEvent", "endEvent", "userTask", "businessRuleTask", "callActivity", "subProcess",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
    "intermediateCatchEvent", "boundaryEvent", "receiveTask", "serviceTask",
})  # fmt: skip
_FLOW = frozenset({"sequenceFlow"})
UNSUPPORTED = {
    "scriptTask": "Không cho phép tác vụ chạy mã (script task); hãy dùng biểu thức hoặc bảng quyết"
    " định.",
    "sendTask": "Hệ thống tự gửi thông báo; hãy bỏ tác vụ gửi này.",
    "manualTask": "Hãy dùng tác vụ người dùng (user task) để việc này được ghi nhận.",
    "task": "Hãy chọn loại tác vụ cụ thể, ví dụ tác vụ người dùng (user task).",
    "intermediateThrowEvent": "Chưa hỗ trợ sự kiện phát đi giữa chừng; hãy bỏ sự kiện này.",
    "complexGateway": "Chưa hỗ trợ cổng phức hợp; hãy dùng cổng loại trừ hoặc song song.",
    "adHocSubProcess": "Chưa hỗ trợ quy trình con tùy biến (ad hoc).",
    "transaction": "Chưa hỗ trợ quy trình con giao dịch (transaction).",
    "multiInstanceLoopCharacteristics": "Chưa hỗ trợ tác vụ lặp nhiều lần; hãy vẽ từng nhánh.",
    "standardLoopCharacteristics": "Chưa hỗ trợ vòng lặp trong tác vụ; hãy vẽ mũi tên quay lại.",
    "signalEventDefinition": "Chưa hỗ trợ tín hiệu (signal); hãy dùng thông điệp (message).",
    "conditionalEventDefinition": "Chưa hỗ trợ sự kiện điều kiện; hãy dùng cổng loại trừ.",
    "errorEventDefinition": "Chưa hỗ trợ sự kiện lỗi; hãy vẽ nhánh xử lý bằng cổng loại trừ.",
    "escalationEventDefinition": "Chưa hỗ trợ sự kiện leo thang (escalation).",
    "cancelEventDefinition": "Chưa hỗ trợ sự kiện hủy giao dịch.",
    "compensateEventDefinition": "Chưa hỗ trợ sự kiện bù trừ (compensation).",
    "linkEventDefinition": "Chưa hỗ trợ sự kiện liên kết (link); hãy nối thẳng bằng mũi tên.",
    "timeDate": "Hẹn giờ bằng ngày cố định chưa được hỗ trợ; hãy ghi thời hạn (timeDuration).",
    "timeCycle": "Hẹn giờ lặp lại chưa được hỗ trợ; hãy ghi thời hạn (timeDuration).",
    "dataStore": "Chưa hỗ trợ khai báo kho dữ liệu; hãy bỏ khai báo, giữ hình vẽ.",
    "dataInputAssociation": "Chưa hỗ trợ liên kết dữ liệu vào; hãy vẽ đường nối (association).",
    "dataOutputAssociation": "Chưa hỗ trợ liên kết dữ liệu ra; hãy vẽ đường nối (association).",
    "preScript": "Không cho phép chạy mã trong tác vụ; hãy bỏ preScript.",
    "postScript": "Không cho phép chạy mã trong tác vụ; hãy bỏ postScript.",
    "serviceTaskOperator": "Không cho phép gọi thẳng dịch vụ; hãy ghi connector và operation.",
    "ioSpecification": "Chưa hỗ trợ khai báo vào/ra dữ liệu; biểu thức đọc thẳng dữ liệu hồ sơ.",
}
"""What the engine does not run, by tag, and what to draw instead."""


def read_xml(name: str, text: str) -> etree._Element:
    """The root element of one file; raises `ProcedureError` for anything unsafe or not XML."""
    require_size(name, len(text.encode(errors="replace")))
    try:
        return parse_xml(name, text.encode(), "utf-8")
    except UnicodeEncodeError as error:
        raise refuse(name, "xml", f"Tệp không phải XML hợp lệ: {error}") from error


def parse_xml(name: str, content: bytes, encoding: str | None = None) -> etree._Element:
    """The root element of a file whose encoding is known, or else is as the file declares it;
    raises `ProcedureError`."""
    require_size(name, len(content))
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ProcedureError([_unreadable(name, error)]) from error
    except ValueError as error:
        raise refuse(name, "xml", f"Tệp không phải XML hợp lệ: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse(name, "xml", "Tệp có khai báo DOCTYPE; hãy bỏ khai báo này.")
    _require_modest(name, root)
    return root


def _require_modest(name: str, root: etree._Element) -> None:
    """Raise `ProcedureError` for a file with more in it than anybody ever drew."""
    for number, element in enumerate(root.iter("{*}*")):
        if number >= MOST_ELEMENTS:
            raise refuse(name, "xml", f"Tệp có quá {MOST_ELEMENTS} phần tử; hãy chia nhỏ bản vẽ.")
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise refuse(name, "xml", f"Có phần tử mang quá {MOST_ATTRIBUTES} thuộc tính.")


def require_size(name: str, size: int) -> None:
    """Raise `ProcedureError` for a file with too many bytes."""
    if size > MAX_BYTES:
        raise refuse(name, "xml", f"Tệp lớn hơn {MAX_BYTES // 1_000_000} MB; hãy tách bản vẽ.")


def _unreadable(name: str, error: etree.XMLSyntaxError) -> Finding:
    line, column = error.position
    message = f"Tệp không phải XML hợp lệ (cột {column}): {xml_in_vietnamese(str(error.msg))}"
    return Finding(name, "xml", message, line=line or None)


def refuse_unsupported(name: str, root: etree._Element) -> None:
    """Raise `ProcedureError` naming every element the engine does not run."""
    for kinds, most, what in ((FLOW_NODES, MOST_NODES, "phần tử"), (_FLOW, MOST_FLOWS, "mũi tên")):
        found = islice(root.iter(*(f"{{{BPMN_NS}}}{kind}" for kind in kinds)), most, None)
        if next(found, None) is not None:
            raise refuse(name, "process", f"Bản vẽ có quá {most} {what}; hãy chia nhỏ.")
    findings = [Finding(name, *remark) for remark in _unsupported(root)]
    if findings:
        raise ProcedureError(findings)


def _unsupported(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter("{*}*"):
        message = UNSUPPORTED.get(etree.QName(element).localname)
        if message and etree.QName(element).namespace in (BPMN_NS, SPIFF_NS):
            yield element_id(element), message


def element_id(element: etree._Element | None) -> str:
    """The id of an element, or of the nearest one around it that has one."""
    while element is not None:
        if found := element.get("id"):
            return str(found)
        element = element.getparent()
    return "?"
