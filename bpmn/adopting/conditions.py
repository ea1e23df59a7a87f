"""Conditions on the flows of other tools, said in ours or left open."""

from lxml import etree

from bpmn.adopting.expressions import Untranslatable, translated
from bpmn.adopting.extensions import text_of
from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN

_CONDITION = f"{BPMN}conditionExpression"
_MOST_SHOWN = 200


def translate_conditions(process: etree._Element, default: str, remarks: Remarks) -> None:
    """Write each condition in our language; one that we have no words for is taken off and left
    open. `default` is the language that the file says all are in."""
    for flow in process.iter(f"{BPMN}sequenceFlow"):
        condition = flow.find(_CONDITION)
        if condition is not None:
            _condition(flow, condition, default, remarks)


def _condition(
    flow: etree._Element, condition: etree._Element, default: str, remarks: Remarks
) -> None:
    text = " ".join(text_of(condition).split())
    if not text:
        flow.remove(condition)
        return
    try:
        ours = translated(text, condition.get("language") or default)
    except Untranslatable as error:
        flow.remove(condition)
        message = f"Điều kiện «{text[:_MOST_SHOWN]}» viết bằng {error} nên chưa lấy được"
        remarks.open(flow, f'{message}; hãy viết lại, ví dụ: appraise.decision == "approve".')
        return
    condition.text = ours
    for child in list(condition):
        condition.remove(child)
    if ours != text:
        remarks.changed(flow, f"Điều kiện «{text[:_MOST_SHOWN]}» được viết lại là «{ours}».")
