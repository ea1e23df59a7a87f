"""Forms that let one choose among the components of whatever procedure they belong to.

Shared forms know no component. `"x-choices": "components"` in the schema of a value stands for
those that the facts of the procedure list.
"""

from collections.abc import Sequence
from typing import Any

from bpmn.component import Component
from bpmn.forms import Form

KEYWORD = "x-choices"
COMPONENTS = "components"


def offering(form: Form, components: Sequence[Component]) -> Form:
    """The form with the components offered where it asks for them."""
    if not components or not _asks(form.schema):
        return form
    choices = [{"const": each.code, "title": each.name} for each in components]
    return form.saying(_offered(form.schema, choices))


def _asks(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(map(_asks, schema))
    if not isinstance(schema, dict):
        return False
    return schema.get(KEYWORD) == COMPONENTS or any(map(_asks, schema.values()))


def _offered(schema: Any, choices: Sequence[Any]) -> Any:
    if isinstance(schema, list):
        return [_offered(each, choices) for each in schema]
    if not isinstance(schema, dict):
        return schema
    offered = {name: _offered(part, choices) for name, part in schema.items()}
    return {**offered, "oneOf": choices} if schema.get(KEYWORD) == COMPONENTS else offered
