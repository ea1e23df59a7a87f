"""Connectors that procedures may name: those known everywhere, and what each can do."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Connector:
    """Other software by the name that diagrams give it; `operations` have their titles."""

    name: str
    title: str
    operations: Mapping[str, str]


def _read(path: Path) -> dict[str, Connector]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Connector(name, **said) for name, said in raw.items()}


CATALOGUE: Mapping[str, Connector] = _read(Path(__file__).with_suffix(".toml"))
"""The connectors that mean the same in every office, by name."""
