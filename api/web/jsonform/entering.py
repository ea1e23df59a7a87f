"""What a browser sent for a form, as a document of the types that the schema says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from api.web.jsonform.body import Sent, sent
from api.web.jsonform.fields import PREFIX, Field, Kind, inside
from api.web.jsonform.rows import MOST_ROWS
from api.web.jsonform.texts import ABSENT, Mistyped, value_of

_UNKNOWN = "Có trường không thuộc biểu mẫu này: {names}. Hãy tải lại trang."
_TOO_MANY = f"Chỉ ghi được tối đa {MOST_ROWS} dòng."
_MOST_NAMED = 5
_MOST_NAME = 60


@dataclass
class Entry:
    """A document, what was typed by the names of fields, and what is wrong by dotted path.

    `errors` are those of typing alone; whether the document fits is for its `Form` to say.
    """

    document: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)


def enter(form: Field, pairs: Iterable[tuple[str, str]]) -> Entry:
    """Read the fields of a form from the names and texts of a request's body."""
    entry = Entry()
    body, refused = sent(pairs)
    entry.document = _Entering(entry).group(form, body, PREFIX, "")
    if names := [*refused, *body.left_over(PREFIX)]:
        shown = ", ".join(name[:_MOST_NAME] for name in names[:_MOST_NAMED])
        entry.errors["_"] = [_UNKNOWN.format(names=shown)]
    return entry


class _Entering:
    """Walks fields and body together; `name` is where a text goes, `path` where errors do."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    def group(self, form: Field, body: Sent, name: str, path: str) -> dict[str, Any]:
        document = {}
        for part, each in form.by_segment.items():
            value = self.value(each, body, part, inside(name, part), inside(path, each.key))
            if value is not ABSENT:
                document[each.key] = value
        return document

    def value(self, form: Field, body: Sent, part: str, name: str, path: str) -> Any:
        if form.kind is Kind.GROUP:
            document = self.group(form, body.inner(part), name, path)
            return document if document or form.required else ABSENT
        if form.kind is Kind.LIST:
            rows = self.rows(form, body.inner(part), name, path)
            return rows if rows or form.required else ABSENT
        return self.leaf(form, body.text(part), name, path)

    def rows(self, form: Field, body: Sent, name: str, path: str) -> list[Any]:
        if form.row is None:
            return []
        values: list[Any] = []
        for part in body.rows()[:MOST_ROWS]:
            number = len(values)
            wrong = len(self.entry.errors)
            row = self.value(form.row, body, part, inside(name, number), inside(path, number))
            if len(self.entry.errors) > wrong or row not in (ABSENT, {}, []):
                values.append(None if row is ABSENT else row)
        if len(body.rows()) > MOST_ROWS:
            self.entry.errors[path] = [_TOO_MANY]
        return values

    def leaf(self, form: Field, text: str, name: str, path: str) -> Any:
        if text:
            self.entry.texts[name] = text
        try:
            return value_of(form, text)
        except Mistyped as error:
            self.entry.errors[path] = [str(error)]
            return ABSENT
