"""Remarks gathered while a diagram is adopted."""

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from bpmn.adopting.adoption import Kind, Remark, remark

MOST_REMARKS = 500
"""So many remarks of one kind are listed, the rest counted."""


class Remarks:
    """What was changed, left out and is open, each said of an element; what is left out of many
    elements for the same reason is said once, of the first."""

    def __init__(self) -> None:
        self._found: list[Remark] = []
        self._dropped: dict[str, Remark] = {}
        self._times: Counter[str] = Counter()

    def add(self, found: Iterable[Remark]) -> None:
        """Remarks that were made elsewhere."""
        self._found += found

    def changed(self, element: etree._Element, message: str) -> None:
        """Something was drawn otherwise and means the same."""
        self._found.append(remark(Kind.CHANGED, element, message))

    def open(self, element: etree._Element, message: str) -> None:
        """A person has to say something."""
        self._found.append(remark(Kind.OPEN, element, message))

    def dropped(self, element: etree._Element, what: str) -> None:
        """Something was left out; `what` names it."""
        self._times[what] += 1
        self._dropped.setdefault(what, remark(Kind.DROPPED, element, what))

    def listed(self) -> tuple[tuple[Remark, ...], int]:
        """What is open first, in the order of the file, and how many are not listed."""
        everything = [*self._found, *(self._said(each) for each in self._dropped.values())]
        listed: list[Remark] = []
        for kind in (Kind.OPEN, Kind.CHANGED, Kind.DROPPED):
            ours = dict.fromkeys(each for each in everything if each.kind is kind)
            listed += sorted(ours, key=lambda each: each.line or 0)[:MOST_REMARKS]
        return tuple(listed), len(dict.fromkeys(everything)) - len(listed)

    def _said(self, first: Remark) -> Remark:
        times = self._times[first.message]
        more = f" ({times} lần, lần đầu ở đây)" if times > 1 else ""
        message = f"Đã bỏ {first.message}{more}."
        return Remark(first.kind, first.element, first.line, first.name, message)
