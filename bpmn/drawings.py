"""The drawings that a procedure consists of: its own, and those of the stages it calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.source import BPMN_NS, read_xml

_BPMN = f"{{{BPMN_NS}}}"


@dataclass(frozen=True)
class Drawing:
    """One file: what it is called, the steps that are drawn in it in the order of the file, and
    which file each call activity brings in."""

    file: str
    name: str
    steps: tuple[str, ...]
    calls: Mapping[str, str]


def read_drawings(sources: Mapping[str, str], main: str) -> tuple[Drawing, ...]:
    """The main drawing first, then those it calls, each once, in the order of calling."""
    roots = {name: read_xml(name, text) for name, text in sources.items() if name.endswith(".bpmn")}
    files = {
        str(process.get("id")): name
        for name, root in roots.items()
        for process in root.iter(f"{_BPMN}process")
    }
    found: dict[str, Drawing] = {}
    waiting = [main]
    for name in waiting:
        if name not in found:
            found[name] = _drawing(name, roots[name], files)
            waiting += found[name].calls.values()
    return tuple(found.values())


def _drawing(file: str, root: Any, files: Mapping[str, str]) -> Drawing:
    process = next(iter(root.iter(f"{_BPMN}process")))
    calls = {
        str(call.get("id")): files[str(call.get("calledElement"))]
        for call in process.iter(f"{_BPMN}callActivity")
    }
    steps = tuple(str(task.get("id")) for task in process.iter(f"{_BPMN}userTask"))
    return Drawing(file, str(process.get("name") or file), steps, calls)
