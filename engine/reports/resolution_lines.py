"""The lines of Biểu II.06: by fields (a), by agencies (b), by levels and their fields (c).

Each way of dividing counts its lines, and finds again what one of them counts by its key.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from engine.reports.scene import LEVEL_NAMES, Scene
from engine.reports.standing_then import Scope, Tally, tallies
from engine.store.report_tables import report_state


@dataclass(frozen=True)
class Line:
    """One line, and how many dossiers are where in it."""

    key: str
    label: str
    tally: Tally
    depth: int = 0


@dataclass(frozen=True)
class Division:
    """A way to divide what is counted: `lines` counts, `scope_of` says what a line counts (None
    where there is no such line), `key_of` the lowest line for an agency and a procedure."""

    lines: Callable[[Connection, Scene], Iterator[Line]]
    scope_of: Callable[[Scene, str], Scope | None]
    key_of: Callable[[Scene, str, str], str]


def _by_fields(tx: Connection, scene: Scene) -> Iterator[Line]:
    return _fields(tx, scene, scene.scope)


def _fields(
    tx: Connection, scene: Scene, scope: Scope, prefix: str = "", depth: int = 0
) -> Iterator[Line]:
    found: dict[str, Tally] = {}
    for code, tally in tallies(tx, scope, report_state.c.procedure).items():
        found.setdefault(scene.procedures[code].field, Counter()).update(tally)
    for field, tally in sorted(found.items()):
        yield Line(prefix + field, field, tally, depth)


def _of_field(scene: Scene, key: str) -> Scope | None:
    procedures = scene.of_fields(key)
    return replace(scene.scope, procedures=procedures) if procedures else None


def _by_agencies(tx: Connection, scene: Scene) -> Iterator[Line]:
    found = tallies(tx, scene.scope, report_state.c.competent_agency)
    for code in sorted(found, key=lambda code: (scene.agencies[code].name, code)):
        yield Line(code, scene.agencies[code].name, found[code])


def _of_agency(scene: Scene, key: str) -> Scope | None:
    known = key in scene.scope.agencies
    return replace(scene.scope, agencies=frozenset({key})) if known else None


def _by_levels(tx: Connection, scene: Scene) -> Iterator[Line]:
    for level in scene.levels:
        fields = [*_fields(tx, scene, scene.at_level(level), f"{level}/", depth=1)]
        whole = sum((line.tally for line in fields), Counter())
        yield Line(level, LEVEL_NAMES.get(level, level), whole)
        yield from fields


def _of_level(scene: Scene, key: str) -> Scope | None:
    level, _, field = key.partition("/")
    scope = scene.at_level(level)
    if not scope.agencies or not field:
        return scope if scope.agencies else None
    procedures = scene.of_fields(field)
    return replace(scope, procedures=procedures) if procedures else None


def _field_key(scene: Scene, agency: str, procedure: str) -> str:
    return scene.procedures[procedure].field


def _agency_key(scene: Scene, agency: str, procedure: str) -> str:
    return agency


def _level_key(scene: Scene, agency: str, procedure: str) -> str:
    return f"{scene.agencies[agency].level}/{scene.procedures[procedure].field}"


BY_FIELDS = Division(_by_fields, _of_field, _field_key)
BY_AGENCIES = Division(_by_agencies, _of_agency, _agency_key)
BY_LEVELS = Division(_by_levels, _of_level, _level_key)
