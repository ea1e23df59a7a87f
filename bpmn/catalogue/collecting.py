"""Takes the values of one row apart, and writes down what it could not understand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from bpmn.catalogue.entry import Remark
from bpmn.catalogue.texts import shown, text_of
from bpmn.catalogue.times import NotUnderstood

_Result = TypeVar("_Result")


class Collector:
    """The values of a row by field; what cannot be read of them becomes a remark."""

    def __init__(self, code: str, values: Mapping[str, Any]) -> None:
        self._code = code
        self._values = values
        self.remarks: list[Remark] = []

    def remark(self, field: str, text: Any, reason: str) -> None:
        """Leave something for a person."""
        self.remarks.append(Remark(self._code, field, shown(text), reason))

    def text(self, field: str, longest: int) -> str:
        """A text; empty where there is none that can be read."""
        value = self._values.get(field)
        try:
            return text_of(value, longest)
        except NotUnderstood as error:
            self.remark(field, value, str(error))
            return ""

    def needed(self, field: str, longest: int) -> str:
        """A text that a procedure cannot do without; empty with a remark."""
        before, text = len(self.remarks), self.text(field, longest)
        if not text and len(self.remarks) == before:
            self.remark(field, "", "Thiếu thông tin này; thủ tục không thể thiếu.")
        return text

    def items(self, field: str, most: int) -> Sequence[Any]:
        """A list; empty where there is none."""
        value = self._values.get(field)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > most:
            self.remark(field, value, f"Không phải danh sách, hoặc có hơn {most} mục.")
            return ()
        return value

    def tables(
        self, field: str, most: int, keys: frozenset[str]
    ) -> Iterator[tuple[Mapping[str, Any], "Collector"]]:
        """The items of a list that are themselves values by key, each to be taken apart."""
        for item in self.items(field, most):
            if not isinstance(item, Mapping):
                self.remark(field, item, "Mục này phải gồm các giá trị có tên.")
                continue
            for unknown in sorted(set(map(str, item)) - keys):
                self.remark(field, f"{unknown}: {item.get(unknown)}", "Không biết trường này.")
            part = Collector(self._code, item)
            part.remarks = self.remarks
            yield item, part

    def understood(self, field: str, text: str, read: Callable[[], _Result]) -> _Result | None:
        """What `read` gives; None with a remark where a person has to read the text."""
        try:
            return read()
        except NotUnderstood as error:
            self.remark(field, text, str(error))
            return None
