"""How two versions of a procedure differ, file by file: elements, facts, fields, rules, lines."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import PurePosixPath

from bpmn.comparing.diagrams import elements
from bpmn.comparing.documents import facts, form, table
from bpmn.comparing.items import CHANGE_NAMES, Aspect, Change, Difference, Items, differences
from bpmn.findings import ProcedureError

__all__ = [
    "CHANGE_NAMES", "Aspect", "Change", "Difference", "FileDifference", "compare",
]  # fmt: skip

MOST_LINES = 4_000
"""So long texts are compared line by line; of longer ones it is only said that they differ."""
_READERS: Mapping[str, Callable[[str, str], Items]] = {
    ".bpmn": elements,
    ".toml": facts,
    ".json": form,
    ".dmn": table,
}


@dataclass(frozen=True)
class FileDifference:
    """A file that differs. `parts` are what differs in it; where they cannot be told, `lines` are,
    as `diff -u` writes them. Neither: only the drawing or the layout of the text was touched."""

    file: str
    change: Change
    parts: tuple[Difference, ...]
    lines: tuple[str, ...]

    @property
    def is_diagram(self) -> bool:
        """Whether parts are elements that are drawn."""
        return self.file.endswith(".bpmn")


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> list[FileDifference]:
    """All files that differ: the procedure's own first, those of the shared stages after them."""
    names = sorted(old.keys() | new.keys(), key=lambda name: (name.startswith("shared/"), name))
    return list(_compared(names, old, new))


def _compared(
    names: list[str], old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[FileDifference]:
    for name in names:
        before, after = old.get(name), new.get(name)
        if before != after:
            change = Change.CHANGED
            if before is None or after is None:
                change = Change.ADDED if before is None else Change.REMOVED
            yield FileDifference(name, change, *_told(name, before or "", after or ""))


def _told(name: str, before: str, after: str) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    read = _READERS.get(PurePosixPath(name).suffix)
    if read is not None:
        try:
            parts = (read(name, text) if text else {} for text in (before, after))
            return tuple(differences(*parts)), ()
        except (ProcedureError, ValueError, RecursionError, AttributeError, TypeError):
            pass
    lines = before.splitlines(), after.splitlines()
    if max(map(len, lines)) > MOST_LINES:
        return (), ()
    return (), tuple(unified_diff(*lines, lineterm="", n=2))[2:]
