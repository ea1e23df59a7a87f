"""The names of a request's body as a tree, so that groups and rows find what is theirs."""

from collections.abc import Iterable, Iterator

from api.web.jsonform.fields import PREFIX

Branches = dict[str, "str | Branches"]
MOST_PARTS = 12


class Sent:
    """What a browser sent for one group or list; `taken` names are not left over."""

    def __init__(self, branches: "Branches") -> None:
        self._branches = branches

    def text(self, part: str) -> str:
        """The text sent under a name, empty for none; what is no text stays left over."""
        found = self._branches.get(part)
        if not isinstance(found, str):
            return ""
        del self._branches[part]
        return found

    def inner(self, part: str) -> "Sent":
        """What was sent within a group, a list or a row."""
        found = self._branches.get(part)
        return Sent(found if isinstance(found, dict) else {})

    def rows(self) -> list[str]:
        """Names of the rows of a list, in order."""
        numbers = (part for part in self._branches if part.isascii() and part.isdecimal())
        return sorted(numbers, key=lambda part: (int(part[:6]), part))

    def left_over(self, name: str = "") -> Iterator[str]:
        """Names under which something was sent that no field took."""
        for part, found in self._branches.items():
            here = f"{name}.{part}" if name else part
            if isinstance(found, str):
                yield here
            else:
                yield from Sent(found).left_over(here)


def sent(pairs: Iterable[tuple[str, str]]) -> tuple[Sent, list[str]]:
    """The fields of a request's body, and names that contradict others."""
    root: Branches = {}
    refused = []
    for name, text in pairs:
        first, *parts = name.split(".")
        if first == PREFIX and parts and not _put(root, parts, text):
            refused.append(name)
    return Sent(root), refused


def _put(branches: Branches, parts: list[str], text: str) -> bool:
    """Put a text in its place; false where a name is too deep, comes twice or cuts through."""
    if len(parts) > MOST_PARTS:
        return False
    for part in parts[:-1]:
        inner = branches.setdefault(part, {})
        if isinstance(inner, str):
            return False
        branches = inner
    if parts[-1] in branches:
        return False
    branches[parts[-1]] = text
    return True
