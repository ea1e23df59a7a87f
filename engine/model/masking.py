"""What is left of what a person said or is when it is masked by law.

Words go; what the ways of a dossier hang on stays: numbers, yes and no, codes of choices.
"""

import re
from collections.abc import Mapping
from typing import Any

MASK = "(đã xóa)"
_CHOICE = re.compile("[a-z][a-z0-9_]{0,39}")
_KEPT = frozenset({"code", "component", "form_code"})
"""Under these keys stand codes of what was handed in, never words of a person."""
_PERSONAL = frozenset({"name", "email", "phone", "note", "reason", "text", "address"})
"""Under these keys anything may be somebody's own word, even where it looks like a choice."""


def masked(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same shape without the words."""
    return {key: _masked(key, value) for key, value in said.items()}


def _masked(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return masked(value)
    if isinstance(value, list | tuple):
        return [_masked(key, each) for each in value]
    if not isinstance(value, str) or key in _KEPT:
        return value
    chosen = key not in _PERSONAL and _CHOICE.fullmatch(value)
    return value if chosen else MASK
