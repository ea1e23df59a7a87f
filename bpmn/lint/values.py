"""Values that a fact can have, as far as they make a difference to the cells of a table."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from bpmn.applicants import applicant_categories
from bpmn.decisions import ANY, condition
from bpmn.expressions import check
from bpmn.procedure import Procedure

CHANNELS = ("direct", "online", "postal")
"""How dossiers come in."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KNOWN: Mapping[str, tuple[Any, ...]] = {
    "dossier.channel": CHANNELS,
    "dossier.submitted_on": ("2017-01-01",),
    "applicant.category": (None, *applicant_categories()),
}


def values_of(fact: str, cells: Iterable[str], procedure: Procedure) -> list[Any]:
    """What a fact (`application.pages`) may be: what its form offers and allows, and whatever
    lies just before, at and after what the cells compare it with."""
    known = _KNOWN.get(fact)
    schema = {} if known else _schema(fact, procedure)
    offered = list(known or _offered(schema))
    near = (value for cell in cells for value in _near(cell))
    found = [*offered, *(value for value in near if _allowed(value, schema, offered))]
    return list(dict.fromkeys(found)) or [None]


def offered(fact: str, procedure: Procedure) -> list[Any]:
    """The values that a fact is chosen from, empty where it is not."""
    if fact in _KNOWN and fact != "dossier.submitted_on":
        return list(_KNOWN[fact])
    schema = _schema(fact, procedure)
    return list(_offered(schema)) if schema.get("enum") or schema.get("oneOf") else []


def is_whole(fact: str, procedure: Procedure) -> bool:
    """Whether only whole numbers are entered for a fact."""
    return _schema(fact, procedure).get("type") == "integer"


def _schema(fact: str, procedure: Procedure) -> Mapping[str, Any]:
    owner, _, field = fact.partition(".")
    step = procedure.places.steps.get(owner)
    form = procedure.form_of(step) if step else procedure.application_form
    properties = form.schema.get("properties", {})
    found = properties.get(field) if owner == "application" or step else None
    return found if isinstance(found, dict) else {}


def _offered(schema: Mapping[str, Any]) -> Iterator[Any]:
    kind = schema.get("type")
    if kind == "boolean":
        yield from (True, False)
    elif kind in ("integer", "number"):
        yield from (schema[bound] for bound in ("minimum", "maximum") if bound in schema)
    elif choices := schema.get("enum") or schema.get("oneOf"):
        yield from (each["const"] if isinstance(each, dict) else each for each in choices)
    elif kind == "string":
        yield "khác"


def _near(cell: str) -> Iterator[Any]:
    if cell == ANY:
        return
    for node in ast.walk(check(condition(cell, "0"))):
        if isinstance(node, ast.Constant):
            yield from _around(node.value)


def _around(value: Any) -> Iterator[Any]:
    if isinstance(value, str) and _DAY.fullmatch(value):
        day = date.fromisoformat(value)
        yield from ((day + timedelta(days=n)).isoformat() for n in (-1, 0, 1))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from (value - 1, value, value + 1)
    else:
        yield value


def _allowed(value: Any, schema: Mapping[str, Any], offered: list[Any]) -> bool:
    """Whether a value that a cell names can be one of the fact."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = schema.get("type") in ("integer", "number")
        return number and schema.get("minimum", value) <= value <= schema.get("maximum", value)
    dated = isinstance(value, str) and bool(_DAY.fullmatch(value))
    return dated or value in offered
