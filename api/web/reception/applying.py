"""Which fields of a form matter as it is typed so far: the server's view of what the script shows.

A field that does not matter is not sent, for the browser disables it; a draft keeps it all the
same, should it matter again.
"""

from collections.abc import Mapping

from api.web.jsonform import Field, Kind
from api.web.jsonform.fields import PREFIX, Condition, Term, inside, segment
from api.web.jsonform.texts import text_of

_ROUNDS = 10
"""A field that comes in may bring in others: as often as the script looks again."""


def applying(form: Field, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of those fields that matter."""
    left = dict(texts)
    for _round in range(_ROUNDS):
        away = {_name(f) for f in form.fields if f.when and not _holds_any(f.when, form, left)}
        kept = {name: text for name, text in texts.items() if not _within(name, away)}
        if kept == left:
            return kept
        left = kept
    return left


def kept_unsent(form: Field, before: Mapping[str, str], sent: Mapping[str, str]) -> dict[str, str]:
    """Texts typed before into fields that may have been away, and so were not sent."""
    may_be_away = {_name(f) for f in form.fields if f.when and f.kind is not Kind.AFFIRMATION}
    unsent = {name for name in may_be_away if not any(_within(each, {name}) for each in sent)}
    return {name: text for name, text in before.items() if _within(name, unsent)}


def _name(field: Field) -> str:
    return inside(PREFIX, segment(field.key))


def _within(name: str, names: set[str]) -> bool:
    return name in names or any(name.startswith(f"{each}.") for each in names)


def _holds_any(conditions: tuple[Condition, ...], form: Field, texts: Mapping[str, str]) -> bool:
    return any(
        all(_holds(term, form, texts) for term in each.terms) is each.expected
        for each in conditions
    )


def _holds(term: Term, form: Field, texts: Mapping[str, str]) -> bool:
    text = texts.get(inside(PREFIX, segment(term.key)), "")
    if not text:
        return not term.needed
    asked = form.by_segment.get(segment(term.key))
    values = [text_of(asked, value) if asked else str(value) for value in term.values]
    return (text in values) is not term.negated
