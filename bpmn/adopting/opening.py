"""A file of another tool opened: its encoding as declared, its format said where it is no BPMN."""

from lxml import etree

from bpmn.adopting.trees import BPMN
from bpmn.findings import refuse
from bpmn.source import parse_xml

_ZIP = b"PK\x03\x04"
_OTHERS = (
    ("XPDL", "tệp XPDL"),
    ("/DMN/", "bảng quyết định DMN"),
    ("/CMMN/", "tệp CMMN"),
    ("BPMN/20080501", "BPMN phiên bản thử nghiệm"),
    ("jpdl", "tệp jPDL"),
    ("xmi", "tệp XMI"),
)
_EXPORT = "Hãy mở bằng công cụ đã vẽ và xuất ra BPMN 2.0 (.bpmn, .xml)."


def open_foreign(file: str, content: bytes) -> etree._Element:
    """The `definitions` of a BPMN 2.0 file; raises `ProcedureError` saying what it is instead."""
    if content.startswith(_ZIP):
        message = "Tệp này là tệp nén (như tệp .bpm của Bizagi), chưa phải BPMN 2.0."
        raise refuse(file, "xml", f"{message} {_EXPORT}")
    root = parse_xml(file, content)
    if root.tag != f"{BPMN}definitions":
        name = etree.QName(root)
        marks = f"{name.namespace or ''} {name.localname}"
        what = next((words for mark, words in _OTHERS if mark in marks), f"tệp «{name.localname}»")
        raise refuse(file, "xml", f"Tệp này là {what[:80]}, không phải BPMN 2.0. {_EXPORT}")
    return root
