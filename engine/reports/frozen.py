"""What a sent report counted: which dossiers are behind each figure, kept as small as it can be.

The document is canonical JSON, compressed: `figures` says by row and column which dossiers, as ids
of which each is the distance from the one before; `dossiers` has all of them in the same way with
the number of events that each had then.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

import orjson

from engine.reports.asked import Figure, Members


@dataclass(frozen=True)
class Frozen:
    """The figures of each dossier by its id, and how many events its log had then."""

    figures: Mapping[int, frozenset[Figure]]
    events: Mapping[int, int]


def freeze(members: Members, events: Mapping[int, int]) -> bytes:
    """The document; figures that count nothing are left out."""
    figures: dict[str, dict[str, list[int]]] = {}
    for figure, ids in members.items():
        if near := _near(sorted(ids)):
            figures.setdefault(figure.row, {})[figure.column] = near
    ids = sorted(events)
    dossiers = [_near(ids), [events[each] for each in ids]]
    said = orjson.dumps({"figures": figures, "dossiers": dossiers}, option=orjson.OPT_SORT_KEYS)
    return zlib.compress(said, 9)


def thaw(document: bytes) -> Frozen:
    """What `freeze` made a document of."""
    said = orjson.loads(zlib.decompress(document))
    near, numbers = said["dossiers"]
    figures = {
        Figure(row, column): accumulate(ids)
        for row, columns in said["figures"].items()
        for column, ids in columns.items()
    }
    return Frozen(by_dossier(figures), dict(zip(accumulate(near), numbers, strict=True)))


def by_dossier(members: Members) -> dict[int, frozenset[Figure]]:
    """The figures in which each dossier is counted."""
    found: dict[int, set[Figure]] = {}
    for figure, ids in members.items():
        for id_ in ids:
            found.setdefault(id_, set()).add(figure)
    return {id_: frozenset(figures) for id_, figures in found.items()}


def _near(ids: list[int]) -> list[int]:
    """The first id, then how far each lies from the one before."""
    return [*ids[:1], *(later - earlier for earlier, later in pairwise(ids))]
