"""Decision tables as lint and readers look at them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row of a decision table: cells as written, `-` where an input does not matter."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class DecisionTable:
    """A decision table; `booleans` says which inputs are yes-or-no, `labels` what its outputs are
    called."""

    id: str
    hit_policy: str
    inputs: tuple[str, ...]
    booleans: tuple[bool, ...]
    outputs: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[Row, ...]
