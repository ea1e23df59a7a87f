"""What a template draws: fields with their names, texts and errors, and the summary of errors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.web.jsonform.fields import PREFIX, Condition, Field, Kind, Term, inside, segment
from api.web.jsonform.texts import text_of

MOST_RADIOS = 5
"""More choices than these become a list that folds open."""
LONGEST_SHORT, LONGEST_MIDDLE = 13, 60


@dataclass(frozen=True)
class Option:
    """A choice with its name on the page; `id` is that of its radio button."""

    id: str
    text: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """One field as a page shows it.

    `when` is for the script that shows it when it matters, `when_words` for people without it.
    """

    field: Field
    id: str
    name: str
    text: str
    errors: Sequence[str]
    options: Sequence[Option]
    inner: Sequence["Shown"]
    when: str
    when_words: str

    @property
    def kind(self) -> Kind:
        """How it is typed in."""
        return self.field.kind

    @property
    def radios(self) -> bool:
        """Whether all choices stand open."""
        return self.kind is Kind.BOOLEAN or len(self.options) <= MOST_RADIOS

    @property
    def width(self) -> str:
        """How much room an answer needs."""
        if self.kind in (Kind.DATE, Kind.INTEGER, Kind.NUMBER):
            return "short"
        longest = self.field.longest or LONGEST_MIDDLE + 1
        if longest <= LONGEST_SHORT:
            return "short"
        return "middle" if longest <= LONGEST_MIDDLE else "long"

    @property
    def focus(self) -> str:
        """Id of what a link to the field puts the cursor into."""
        return self.options[0].id if self.options and self.radios else self.id


@dataclass(frozen=True)
class Complaint:
    """A line of the summary; `target` is the id that it leads to, empty for the whole form."""

    target: str
    label: str
    message: str


@dataclass(frozen=True)
class ShownForm:
    """A whole form: its fields and what is wrong with them, in the order of the page."""

    fields: Sequence[Shown]
    summary: Sequence[Complaint]


def show(
    form: Field,
    texts: Mapping[str, str],
    errors: Mapping[str, Sequence[str]] | None = None,
    prefix: str = PREFIX,
) -> ShownForm:
    """The form with what was typed and what is wrong (messages by dotted path)."""
    showing = _Showing(texts, errors or {})
    fields = tuple(showing.group(form, prefix, ""))
    told = [complaint for each in fields for complaint in _complaints(each)]
    lost = [m for path, ms in (errors or {}).items() if path not in showing.placed for m in ms]
    return ShownForm(fields, (*(Complaint("", "", message) for message in lost), *told))


class _Showing:
    """Walks fields, texts and errors together; `placed` are the paths that have a field."""

    def __init__(self, texts: Mapping[str, str], errors: Mapping[str, Sequence[str]]) -> None:
        self._texts = texts
        self._errors = errors
        self._rows = _row_counts(texts)
        self.placed: set[str] = set()

    def group(self, form: Field, name: str, path: str) -> Iterator[Shown]:
        beside = {field.key: field for field in form.fields}
        for each in form.deciding_first():
            here = inside(name, segment(each.key))
            yield self.field(each, here, inside(path, each.key), name, beside)

    def field(
        self, form: Field, name: str, path: str, within: str, beside: Mapping[str, Field]
    ) -> Shown:
        self.placed.add(path)
        text, id_ = self._texts.get(name, ""), id_of(name)
        return Shown(
            field=form,
            id=id_,
            name=name,
            text=text,
            errors=[_bare(m, form.label) for m in self._errors.get(path, ())],
            options=_options(form, id_, text),
            inner=tuple(self._inner(form, name, path)),
            when=_when(form.when, within, beside),
            when_words=" ".join(_words(condition, beside) for condition in form.when),
        )

    def _inner(self, form: Field, name: str, path: str) -> Iterator[Shown]:
        if form.kind is Kind.GROUP:
            yield from self.group(form, name, path)
        elif form.row is not None:
            for number in range(max(1, self._rows.get(name, 0))):
                yield self.field(form.row, inside(name, number), inside(path, number), name, {})


def id_of(name: str) -> str:
    """The id of the element that bears a name; other letters than plain ones become numbers."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda found: f"-{ord(found[0]):x}-", name)


def _row_counts(texts: Mapping[str, str]) -> dict[str, int]:
    """How many rows each list has, by its name."""
    counts: dict[str, int] = {}
    for name in texts:
        parts = name.split(".")
        for depth, part in enumerate(parts):
            if part.isascii() and part.isdecimal():
                above = ".".join(parts[:depth])
                counts[above] = max(counts.get(above, 0), int(part) + 1)
    return counts


def _bare(message: str, label: str) -> str:
    """A message without the label that it stands beside."""
    return message.removeprefix(f"{label}: ")


def _options(form: Field, id_: str, text: str) -> tuple[Option, ...]:
    return tuple(
        Option(inside(id_, number), each.text, each.label, each.text == text)
        for number, each in enumerate(form.choices)
    )


def _complaints(shown: Shown) -> Iterator[Complaint]:
    for message in shown.errors:
        yield Complaint(shown.focus, shown.field.label, message)
    for each in shown.inner:
        yield from _complaints(each)


def _when(conditions: Sequence[Condition], within: str, beside: Mapping[str, Field]) -> str:
    """The conditions as the script reads them; empty for none."""
    said = [
        {"expected": each.expected, "terms": [_said(term, within, beside) for term in each.terms]}
        for each in conditions
    ]
    return orjson.dumps(said).decode() if said else ""


def _said(term: Term, within: str, beside: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "name": inside(within, segment(term.key)),
        "texts": [_text(term.key, value, beside) for value in term.values],
        "negated": term.negated,
        "needed": term.needed,
    }


def _text(key: str, value: Any, beside: Mapping[str, Field]) -> str:
    return text_of(beside[key], value) if key in beside else str(value)


def _words(condition: Condition, beside: Mapping[str, Field]) -> str:
    """A condition in words, for those whose browser runs no scripts."""
    terms = " và ".join(_term_words(term, beside) for term in condition.terms)
    return f"{'Khi' if condition.expected else 'Trừ khi'} {terms}."


def _term_words(term: Term, beside: Mapping[str, Field]) -> str:
    field = beside.get(term.key)
    labels = {c.text: c.label for c in field.choices} if field else {}
    texts = [_text(term.key, value, beside) for value in term.values]
    values = " hoặc ".join(f"«{labels.get(text, text)}»" for text in texts)
    return f"«{field.label if field else term.key}» {'không ' if term.negated else ''}là {values}"
