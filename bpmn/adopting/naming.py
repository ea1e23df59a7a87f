"""Ids that can stand in our conditions: letters, digits and `_`, not too long, not reserved."""

import keyword
import re
from collections import Counter

from lxml import etree

from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN, NODES, kind_of, local
from bpmn.adopting.words import without_marks
from bpmn.elements import LONGEST_ID, RESERVED

_GOOD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ODD = re.compile(r"[^A-Za-z0-9_]+")
_NAMING = frozenset({"flowNodeRef", "sourceRef", "targetRef"})
"""Elements whose text is an id."""
_ROOM = 8
"""Letters left for a number at the end of an id."""
_POINTING = (
    "sourceRef", "targetRef", "attachedToRef", "default", "messageRef", "dataObjectRef",
    "categoryValueRef", "processRef", "calledElement",
)  # fmt: skip


def rename(root: etree._Element, main: etree._Element, name: str, remarks: Remarks) -> None:
    """Give the main process its name and every element an id of ours, and let what refers to it
    name that."""
    names = {str(main.get("id")): name}
    main.set("id", name)
    fresh = _Fresh({str(each.get("id")) for each in root.iter(f"{BPMN}*") if each.get("id")})
    for element in root.iter(f"{BPMN}*"):
        old, is_node = element.get("id"), kind_of(element) in NODES
        if (old is None and not is_node) or (old is not None and _is_good(old)):
            continue
        new = fresh.name(old or kind_of(element))
        element.set("id", new)
        if old is not None:
            names[old] = new
        if is_node:
            said = f"«{old[:LONGEST_ID]}» được đổi" if old else "còn thiếu, được đặt"
            remarks.changed(element, f"Mã (id) {said} thành «{new}».")
    _follow(root, names)


def _is_good(name: str) -> bool:
    return (
        bool(_GOOD.fullmatch(name))
        and len(name) <= LONGEST_ID
        and name not in RESERVED
        and not keyword.iskeyword(name)
    )


class _Fresh:
    """Hands out ids that nothing has yet."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._next: Counter[str] = Counter()

    def name(self, old: str) -> str:
        """An id like the old one."""
        base = _ODD.sub("_", without_marks(old)).strip("_") or "element"
        base = (base if base[0].isalpha() else f"e_{base}")[: LONGEST_ID - _ROOM]
        new = base
        while new in self._taken or not _is_good(new):
            self._next[base] += 1
            new = f"{base}_{self._next[base] + 1}"
        self._taken.add(new)
        return new


def _follow(root: etree._Element, names: dict[str, str]) -> None:
    for figure in root.iter("{*}BPMNShape", "{*}BPMNEdge", "{*}BPMNPlane"):
        shown = local(figure.get("bpmnElement"))
        figure.set("bpmnElement", names.get(shown, shown))
    for element in root.iter(f"{BPMN}*"):
        for attribute in _POINTING:
            said = element.get(attribute)
            if said is not None and local(said) in names:
                element.set(attribute, names[local(said)])
        if kind_of(element) in _NAMING:
            element.text = names.get((element.text or "").strip(), (element.text or "").strip())
