"""The modules of the project, read but not run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "bpmn", "cli", "engine", "notifications")
PACKAGES = (*ROOMS, "migrations", "tests")
"""Root names that the project takes for itself."""


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    path: Path
    source: str

    @property
    def name(self) -> str:
        """The path from the root of the project, e.g. `engine/errors.py`."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.source.splitlines())

    @property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.source, self.name)


def modules(*packages: str) -> Iterator[Module]:
    """All modules of some packages that are not empty."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if source := path.read_text(encoding="utf-8"):
                yield Module(path, source)
