"""What the rows of a report are: fields with their procedures, agencies from the top down, …

A row has a path, as a file has: a procedure lies in its field, a commune below its province. What
counts for a path counts for every path above it; the empty one is the total.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from engine.reports.bases import Basis
from engine.reports.scope import Scope
from engine.store import agencies
from engine.store.tables import agency, dossier, procedure, unit

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
    path: Callable[[Connection, Scope], Callable[[Path], Path]]
    at: Callable[[Connection, Basis, Path], ColumnElement[bool]]
    names: Callable[[Connection, Collection[Path]], Mapping[Path, str]]


def key_of(path: Path) -> str:
    """How a row is named for machines."""
    return _BETWEEN.join(path) or "total"


def path_of(key: str) -> Path:
    """The inverse of `key_of`."""
    return () if key == "total" else tuple(key.rsplit(_BETWEEN, 1))


def as_it_is(tx: Connection, scope: Scope) -> Callable[[Path], Path]:
    """The columns are the path."""
    return lambda key: tuple(part or "" for part in key)


def _field_and(
    column: ColumnElement[Any],
) -> Callable[[Connection, Basis, Path], ColumnElement[bool]]:
    def at(tx: Connection, basis: Basis, path: Path) -> ColumnElement[bool]:
        columns = (procedure.c.field, func.coalesce(column, ""))
        return and_(*(c == part for c, part in zip(columns, path, strict=False)))

    return at


def _procedure_names(tx: Connection, paths: Collection[Path]) -> Mapping[Path, str]:
    query = select(procedure.c.code, procedure.c.name)
    return _below_fields(paths, dict(map(tuple, tx.execute(query))))


def _unit_names(tx: Connection, paths: Collection[Path]) -> Mapping[Path, str]:
    query = select(unit.c.code, func.min(unit.c.name)).group_by(unit.c.code)
    return _below_fields(paths, {**dict(map(tuple, tx.execute(query))), "": _NO_UNIT})


def _below_fields(paths: Collection[Path], names: Mapping[str, str]) -> Mapping[Path, str]:
    return {p: p[0] if len(p) == 1 else names.get(p[1], p[1]) for p in paths if p}


BY_PROCEDURE = Dimension(
    lambda basis: (procedure.c.field, dossier.c.procedure),
    as_it_is,
    _field_and(dossier.c.procedure),
    _procedure_names,
)
"""Fields, and in each its procedures."""

BY_UNIT = Dimension(
    lambda basis: (procedure.c.field, dossier.c.unit),
    as_it_is,
    _field_and(dossier.c.unit),
    _unit_names,
)
"""Fields, and in each the units that answer for dossiers, or did last."""


def _line_below(tx: Connection, scope: Scope) -> Callable[[Path], Path]:
    """From the top of the scope down to an agency."""
    parents = agencies.parents(tx)

    def path(key: Path) -> Path:
        line = agencies.with_those_above(key[0], parents)
        return tuple(reversed(line[: line.index(scope.top) + 1]))

    return path


def _at_agency(tx: Connection, basis: Basis, path: Path) -> ColumnElement[bool]:
    return basis.agency.in_(agencies.with_all_below(tx, path[-1]))


def _agency_names(tx: Connection, paths: Collection[Path]) -> Mapping[Path, str]:
    names = dict(map(tuple, tx.execute(select(agency.c.code, agency.c.name))))
    return {path: names[path[-1]] for path in paths if path}


BY_AGENCY = Dimension(lambda basis: (basis.agency,), _line_below, _at_agency, _agency_names)
"""Agencies from the top down, each with all below it."""


def every_agency(tx: Connection, scope: Scope) -> list[Path]:
    """The rows of all agencies of a scope: one where nothing came in is told too."""
    path = _line_below(tx, scope)
    return [path((code,)) for code in scope.agencies]
