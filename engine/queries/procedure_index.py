"""All procedures in memory, ready to be searched as one types.

Every process keeps them, and reads their rows again when the catalogue's state says that something
else is in force: asking costs one row of the database. Of what did not change the words are kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from engine.model.plain_text import plain
from engine.store.catalogue_state import catalogue_state
from engine.store.tables import procedure as table

MOST_WORDS = 12
_ADJACENT = 2
"""Points for two words that stand together in the name as well."""
_INITIALS = 3
"""From so many letters on, a word may be the initials of a name (`dkks`)."""
_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")


@dataclass(frozen=True)
class Entry:
    """A procedure with its words between blanks: ` thu tuc dang ky khai sinh `.

    `repealed_on` and `replaced_by` say that it has ended; `former` are the codes of procedures that
    it replaced.
    """

    code: str
    name: str
    field: str
    level: str
    levels: frozenset[str]
    repealed_on: date | None
    replaced_by: str | None
    words: str
    field_words: str
    initials: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Index:
    """All procedures by code; `open` are those that take new dossiers."""

    entries: Mapping[str, Entry]
    open: tuple[Entry, ...]


_indexes: dict[str, Index] = {}
_known: dict[str, tuple[Any, Entry]] = {}


def index(tx: Connection) -> Index:
    """The procedures as they are now."""
    state = catalogue_state(tx)
    found = _indexes.get(state)
    if found is None:
        columns = (
            table.c.code, table.c.name, table.c.plain_name, table.c.field, table.c.level,
            table.c.also_at, table.c.repealed_on, table.c.replaced_by,
        )  # fmt: skip
        rows = tx.execute(select(*columns).order_by(table.c.code)).all()
        former = _replaced((row.code, row.replaced_by) for row in rows)
        entries = {row.code: _entry(row, former.get(row.code, ())) for row in rows}
        found = Index(entries, tuple(e for e in entries.values() if e.repealed_on is None))
        _indexes.clear()
        _indexes[state] = found
    return found


def forget() -> None:
    """Know nothing, like a process that has just begun."""
    _indexes.clear()
    _known.clear()


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared, at most so many as make sense."""
    return _words(plain(text))[:MOST_WORDS]


def score(entry: Entry, words: Sequence[str]) -> int:
    """How well all words fit, 0 when one does not."""
    total = 0
    for word in words:
        points = _points(entry, word)
        if not points:
            return 0
        total += points
    return total + sum(_ADJACENT for a, b in pairwise(words) if f" {a} {b}" in entry.words)


def _points(entry: Entry, word: str) -> int:
    if entry.code.startswith(word):
        return 8
    if f" {word}" in entry.words:
        return 6 if f" {word} " in entry.words else 4
    if len(word) >= _INITIALS and word in entry.initials:
        return 3
    if any(code.startswith(word) for code in entry.former):
        return 2
    return 1 if f" {word}" in entry.field_words or word in entry.code else 0


def _replaced(pairs: Iterable[tuple[str, str | None]]) -> Mapping[str, tuple[str, ...]]:
    """By procedure: those that it replaced, also through others."""
    into = {code: instead for code, instead in pairs if instead}
    found: dict[str, tuple[str, ...]] = {}
    for code in into:
        for instead in _onward(into, code):
            found[instead] = (*found.get(instead, ()), code)
    return found


def _onward(into: Mapping[str, str], code: str) -> Iterator[str]:
    seen = {code}
    while (instead := into.get(code)) is not None and instead not in seen:
        yield instead
        seen.add(code := instead)


def _entry(row: Any, former: tuple[str, ...]) -> Entry:
    told = (tuple(row), former)
    known = _known.get(row.code)
    if known is None or known[0] != told:
        known = _known[row.code] = (told, _made(row, former))
    return known[1]


def _made(row: Any, former: tuple[str, ...]) -> Entry:
    words = _words(row.plain_name or plain(row.name))
    return Entry(
        row.code,
        row.name,
        row.field,
        row.level,
        frozenset((row.level, *row.also_at.split())),
        row.repealed_on,
        row.replaced_by,
        _between(words),
        _field_words(row.field),
        "".join(word[0] for word in words),
        former,
    )


@lru_cache(maxsize=2_000)
def _field_words(field: str) -> str:
    return _between(_words(plain(field)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _between(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
