"""Texts of the catalogue as they count: composed letters, single blanks, nothing invisible."""

import unicodedata
from typing import Any

from bpmn.catalogue.times import NotUnderstood

_UNSEEN = frozenset({"Cf", "Co"})
"""Marks of writing direction, and the bullets of symbol fonts."""
_LONGEST_KEPT = 4_000
_LARGEST = 10**18
_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn"})


class Formula:
    """A cell that a spreadsheet would compute: told as it is written, never computed."""

    def __init__(self, written: object) -> None:
        self._written = written

    def __str__(self) -> str:
        """As it is written."""
        return str(self._written)


def text_of(value: Any, longest: int) -> str:
    """A value as text; raises `NotUnderstood` where it is none, or holds what no text holds."""
    if value is None:
        return ""
    _require_text(value, longest)
    plain = " ".join(unicodedata.normalize("NFC", str(value)).split())
    if not plain.isprintable():
        plain = " ".join(_without(_UNSEEN, plain).split())
    if not plain.isprintable():
        raise NotUnderstood("Có ký tự điều khiển hoặc ký tự hỏng.")
    if len(plain) > longest:
        raise NotUnderstood(f"Dài hơn {longest} ký tự.")
    return plain


def _require_text(value: Any, longest: int) -> None:
    if isinstance(value, Formula):
        raise NotUnderstood("Ô là công thức; hãy thay bằng giá trị.")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NotUnderstood("Giá trị không phải là chữ.")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise NotUnderstood("Số quá lớn.")
    if isinstance(value, str) and len(value) > 2 * longest:
        raise NotUnderstood(f"Dài hơn {longest} ký tự.")


def _without(categories: frozenset[str], text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) not in categories)


def shown(value: Any, most: int = 200) -> str:
    """What was found, for a person to read: cut short, nothing in it that spoils a screen."""
    try:
        text = str(value)[: 2 * most]
    except ValueError:
        return "(số quá lớn)"
    visible = "".join(
        letter if unicodedata.category(letter) not in _UNPRINTABLE | _UNSEEN else " "
        for letter in text
    )
    plain = " ".join(visible.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def cleaned(value: Any) -> Any:
    """A value as it can be kept: its texts as `shown`, at most so long; its shape as it is."""
    if isinstance(value, dict):
        return {shown(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return value
    return shown(value, _LONGEST_KEPT)
