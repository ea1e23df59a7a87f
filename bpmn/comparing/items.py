"""What a file consists of, part by part, and how two of them differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a part, or of a whole file."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


CHANGE_NAMES = {
    Change.ADDED: "Thêm mới",
    Change.REMOVED: "Bỏ đi",
    Change.CHANGED: "Sửa đổi",
}


@dataclass(frozen=True)
class Item:
    """A part of a file: what people call it, and what is said of it, by what that is called."""

    label: str
    aspects: Mapping[str, str]


@dataclass(frozen=True)
class Aspect:
    """Something said of a part, before and after; None where it was not said."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Difference:
    """A part that differs: its key in the file (the id of an element, the path of a field)."""

    change: Change
    key: str
    label: str
    aspects: tuple[Aspect, ...]


Items = Mapping[str, Item]
_NOTHING = Item("", {})


def differences(old: Items, new: Items) -> Iterator[Difference]:
    """How two files differ, in the order of the new one; what was removed comes last."""
    gone = [key for key in old if key not in new]
    for key in (*new, *gone):
        before, after = old.get(key), new.get(key)
        aspects = tuple(_aspects(before or _NOTHING, after or _NOTHING))
        if before is None or after is None or aspects:
            label = (after or before or _NOTHING).label
            yield Difference(_change(before, after), key, label, aspects)


def _change(before: Item | None, after: Item | None) -> Change:
    if before is None:
        return Change.ADDED
    return Change.CHANGED if after else Change.REMOVED


def _aspects(before: Item, after: Item) -> Iterator[Aspect]:
    for what in (*after.aspects, *(what for what in before.aspects if what not in after.aspects)):
        was, becomes = before.aspects.get(what), after.aspects.get(what)
        if was != becomes:
            yield Aspect(what, was, becomes)
