"""A document as the texts that show it in a form: the way back from `enter`."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.web.jsonform.fields import PREFIX, Field, Kind, inside
from api.web.jsonform.texts import text_of


def texts_of(form: Field, document: Mapping[str, Any]) -> dict[str, str]:
    """Texts by the names of fields; what the form does not know is left out."""
    return dict(_texts(form, document, PREFIX))


def _texts(form: Field, value: Any, name: str) -> Iterator[tuple[str, str]]:
    if form.kind is Kind.GROUP:
        for part, each in form.by_segment.items():
            if isinstance(value, Mapping) and each.key in value:
                yield from _texts(each, value[each.key], inside(name, part))
    elif form.kind is Kind.LIST:
        for number, row in enumerate(value if isinstance(value, list) else ()):
            if form.row:
                yield from _texts(form.row, row, inside(name, number))
    else:
        yield name, text_of(form, value)
