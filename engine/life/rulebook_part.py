"""One table of a rulebook's document, read with suspicion: every wrong value is named.

Whatever JSON may hold can stand anywhere, so types, lengths and counts are checked here, and
the rules themselves in `rulebook_reading`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bpmn.time_limit import TimeLimit, TimeLimitError, Unit
from engine.errors.time import RulebookInvalid

Choice = TypeVar("Choice", bound=str)

MOST_TEXT = 200
MOST_ENTRIES = 50
MOST_TIMES = 100
_MOST_LIMIT_TEXT = 40
_MOST_SHOWN = 40
_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True)
class Part:
    """A table and where it stands in the document; "" is the document itself."""

    where: str
    raw: Mapping[str, Any]

    @classmethod
    def of(cls, where: str, value: Any) -> "Part":
        """A value that must be a table."""
        if not isinstance(value, Mapping):
            raise _refusal(where, "thiếu bảng này, hoặc đây không phải là một bảng")
        return cls(where, value)

    def refusal(self, name: str, reason: str) -> RulebookInvalid:
        """What is wrong with one entry of the table."""
        return _refusal(self._at(name), reason)

    def only(self, *known: str) -> None:
        """Refuse every entry but these."""
        unknown = next((name for name in self.raw if name not in known), None)
        if unknown is not None:
            raise self.refusal(_shown(unknown), f"không có mục này; chỉ có {', '.join(known)}")

    def has(self, name: str) -> bool:
        """Whether the entry is there."""
        return name in self.raw

    def part(self, name: str) -> "Part":
        """A table within the table."""
        return Part.of(self._at(name), self.raw.get(name))

    def coded(self) -> Iterator[tuple[str, "Part"]]:
        """The tables within it, each under a code that someone made up."""
        if len(self.raw) > MOST_ENTRIES:
            raise _refusal(self.where, f"có quá {MOST_ENTRIES} mục")
        for code in self.raw:
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                reason = "mã gồm chữ thường không dấu, số, gạch dưới, tối đa 32 ký tự"
                raise self.refusal(_shown(code), reason)
            yield code, self.part(code)

    def text(self, name: str) -> str:
        """A text of one line."""
        value = self.raw.get(name)
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise self.refusal(name, "phải là một dòng chữ, không để trống")
        if len(value) > MOST_TEXT:
            raise self.refusal(name, f"dài quá {MOST_TEXT} ký tự")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when left out."""
        value = self.raw.get(name, False)
        if not isinstance(value, bool):
            raise self.refusal(name, "phải là true hoặc false")
        return value

    def count(self, name: str, least: int = 1) -> int | None:
        """A whole number, None when left out."""
        value = self.raw.get(name)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= MOST_TIMES:
            raise self.refusal(name, f"phải là số nguyên từ {least} đến {MOST_TIMES}")
        return value

    def choice(self, name: str, choices: Iterable[Choice]) -> Choice:
        """One of the choices."""
        return self._chosen(name, self.raw.get(name), choices)

    def chosen(self, name: str, choices: Iterable[Choice]) -> frozenset[Choice]:
        """Some of the choices, each at most once; none when left out."""
        values, choices = self.raw.get(name, []), list(choices)
        if not isinstance(values, list):
            raise self.refusal(name, "phải là một danh sách")
        if len(values) > len(choices):
            raise self.refusal(name, "có mục bị trùng hoặc thừa")
        return frozenset(self._chosen(name, value, choices) for value in values)

    def limit(
        self, name: str, units: Iterable[Unit] = tuple(Unit), zero: bool = False
    ) -> TimeLimit | None:
        """A time limit in one of the units, None when left out."""
        value = self.raw.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > _MOST_LIMIT_TEXT:
            raise self.refusal(name, 'phải là thời hạn đặt trong ngoặc kép, ví dụ "5 working_days"')
        try:
            limit = TimeLimit.parse(value)
        except TimeLimitError as error:
            raise self.refusal(name, str(error)) from error
        if limit.unit not in units:
            raise self.refusal(name, f"chỉ dùng được đơn vị {', '.join(units)}")
        if not limit.amount and not zero:
            raise self.refusal(name, "thời hạn phải lớn hơn không")
        return limit

    def _chosen(self, name: str, value: Any, choices: Iterable[Choice]) -> Choice:
        by_text = {str(choice): choice for choice in choices}
        if not isinstance(value, str) or value not in by_text:
            known = ", ".join(sorted(by_text))
            raise self.refusal(name, f"{_shown(value)} không dùng được; chọn trong {known}")
        return by_text[value]

    def _at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def _refusal(where: str, reason: str) -> RulebookInvalid:
    return RulebookInvalid(where=where or "bộ quy tắc", reason=_printable(reason.rstrip(".")))


def _shown(value: Any) -> str:
    """A text as a message may repeat it; other values may be of any size and are not shown."""
    if not isinstance(value, str):
        return "giá trị đã ghi"
    return _printable(value[:_MOST_SHOWN])


def _printable(text: str) -> str:
    """Without letters that would break the message, or cannot even be sent."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
