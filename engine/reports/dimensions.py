"""What the rows of a report are: fields with their procedures, agencies from the top down, …

A row has a path, as a file has: a procedure lies in its field, a commune below its province. What
counts for a path counts for every path above it; the empty one is the total.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from engine.reports.bases import Basis
from engine.reports.extent import Extent
from engine.store.tables import dossier, unit

Path = tuple[str, ...]
_BETWEEN = "|"
_NO_UNIT = "Không thuộc đơn vị nào"


@dataclass(frozen=True)
class Dimension:
    """How rows are told apart.

    `keys` are the columns by which a basis is grouped, `path` makes the row's path of them; `at`
    is whether something counts for a path, `names` what paths are called.
    """

    keys: Callable[[Basis], tuple[ColumnElement[Any], ...]]
    path: Callable[[Extent, Path], Path]
    at: Callable[[Extent, Basis, Path], ColumnElement[bool]]
    names: Callable[[Connection, Extent, Collection[Path]], Mapping[Path, str]]


def key_of(path: Path) -> str:
    """How a row is named for machines."""
    return _BETWEEN.join(path) or "total"


def path_of(key: str) -> Path:
    """The inverse of `key_of`."""
    return () if key == "total" else tuple(key.rsplit(_BETWEEN, 1))


def as_it_is(extent: Extent, key: Path) -> Path:
    """The columns are the path."""
    return key


def _in_field(extent: Extent, key: Path) -> Path:
    """The field that a procedure was of, and what lies in it."""
    code, *below = key
    return extent.scene.procedures[code].field, *(below or [code])


def _of_field(extent: Extent, basis: Basis, path: Path) -> ColumnElement[bool]:
    return dossier.c.procedure.in_(sorted(extent.scene.of_fields(path[0])))


def _at_procedure(extent: Extent, basis: Basis, path: Path) -> ColumnElement[bool]:
    return and_(_of_field(extent, basis, path), *(dossier.c.procedure == p for p in path[1:]))


def _procedure_names(tx: Connection, extent: Extent, paths: Collection[Path]) -> Mapping[Path, str]:
    known = extent.scene.procedures
    return {p: p[0] if len(p) == 1 else known[p[1]].name for p in paths}


BY_PROCEDURE = Dimension(
    lambda basis: (dossier.c.procedure,), _in_field, _at_procedure, _procedure_names
)
"""Fields, and in each its procedures."""

_UNIT = func.coalesce(dossier.c.unit, "")


def _at_unit(extent: Extent, basis: Basis, path: Path) -> ColumnElement[bool]:
    return and_(_of_field(extent, basis, path), *(_UNIT.in_([part]) for part in path[1:]))


def _unit_names(tx: Connection, extent: Extent, paths: Collection[Path]) -> Mapping[Path, str]:
    query = select(unit.c.code, func.min(unit.c.name)).group_by(unit.c.code)
    known = {"": _NO_UNIT, **dict(map(tuple, tx.execute(query)))}
    return {p: p[0] if len(p) == 1 else known.get(p[1], p[1]) for p in paths}


BY_UNIT = Dimension(lambda basis: (dossier.c.procedure, _UNIT), _in_field, _at_unit, _unit_names)
"""Fields, and in each the units that answer for dossiers, or did last."""


def _line(extent: Extent, key: Path) -> Path:
    return extent.line(key[0])


def _at_agency(extent: Extent, basis: Basis, path: Path) -> ColumnElement[bool]:
    return basis.agency.in_(extent.all_below(path[-1]))


def _agency_names(tx: Connection, extent: Extent, paths: Collection[Path]) -> Mapping[Path, str]:
    return {path: extent.scene.agencies[path[-1]].name for path in paths}


BY_AGENCY = Dimension(lambda basis: (basis.agency,), _line, _at_agency, _agency_names)
"""Agencies from the top down, each with all below it."""


def every_agency(extent: Extent) -> list[Path]:
    """The rows of all agencies that count: one where nothing came in is told too."""
    return [extent.line(code) for code in extent.agencies]
