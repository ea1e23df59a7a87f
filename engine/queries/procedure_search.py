"""Finding a procedure among thousands in a few keystrokes.

Every process keeps an index of the catalogue in memory, and makes it anew when the catalogue's
state says that something else is in force: asking costs one row of the database.
"""

import heapq
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection, func, select

from engine.model.actor import Actor
from engine.model.plain_text import plain
from engine.store import agencies
from engine.store.catalogue_state import catalogue_state
from engine.store.tables import dossier
from engine.store.tables import procedure as table

MOST_WORDS = 12
RECENT = 200
"""How many of somebody's latest dossiers say what they usually receive."""
_ADJACENT = 2
"""Points for two words that stand together in the name as well."""
_INITIALS = 3
"""From so many letters on, a word may be the initials of a name (`dkks`)."""


@dataclass(frozen=True)
class ProcedureMatch:
    """A procedure that was found; `here` says that an agency like the one asking decides on it."""

    code: str
    name: str
    field: str
    level: str
    here: bool


@dataclass(frozen=True)
class _Entry:
    """A procedure with its words between blanks: ` thu tuc dang ky khai sinh `."""

    code: str
    name: str
    field: str
    level: str
    levels: frozenset[str]
    words: str
    field_words: str
    initials: str


_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
_indexes: dict[str, tuple[_Entry, ...]] = {}


def find_procedures(
    tx: Connection, text: str, agency: str, actor: Actor, most: int = 10
) -> list[ProcedureMatch]:
    """At most so many procedures that fit the text, the likeliest first.

    Words may be cut short, out of order and without diacritics; they may be in the code, the
    name or the field. Those come first on which an agency like this decides, then those that
    the actor receives most. Without words: what the actor receives most. Raises `AgencyUnknown`.
    """
    level, usual, words = agencies.level_of(tx, agency), _received(tx, actor), _words(text)

    def rank(scored: tuple[int, _Entry]) -> tuple[bool, int, int, int, str]:
        score, entry = scored
        often = usual.get(entry.code, 0)
        return level not in entry.levels, -score, -often, len(entry.name), entry.code

    wanted = words[:MOST_WORDS]
    scored = ((_score(entry, wanted, usual), entry) for entry in _index(tx))
    found = heapq.nsmallest(most, (each for each in scored if each[0]), key=rank)
    return [ProcedureMatch(e.code, e.name, e.field, e.level, level in e.levels) for _, e in found]


def find_for_everyone(tx: Connection, text: str, most: int) -> list[ProcedureMatch]:
    """The same for somebody from outside: whatever the agency, and nothing without words."""
    wanted = _words(text)[:MOST_WORDS]
    scored = ((_score(entry, wanted, {}), entry) for entry in _index(tx))
    found = heapq.nsmallest(
        most,
        (each for each in scored if each[0]),
        key=lambda each: (-each[0], len(each[1].name), each[1].code),
    )
    return [ProcedureMatch(e.code, e.name, e.field, e.level, False) for _, e in found]


def _received(tx: Connection, actor: Actor) -> Mapping[str, int]:
    """How often each procedure occurs among the actor's latest dossiers."""
    latest = (
        select(dossier.c.procedure)
        .where(dossier.c.submitted_by == actor.id)
        .order_by(dossier.c.id.desc())
        .limit(RECENT)
        .subquery()
    )
    query = select(latest.c.procedure, func.count()).group_by(latest.c.procedure)
    return {row[0]: row[1] for row in tx.execute(query)}


def _index(tx: Connection) -> tuple[_Entry, ...]:
    state = catalogue_state(tx)
    if state not in _indexes:
        columns = (table.c.code, table.c.name, table.c.field, table.c.level, table.c.also_at)
        query = select(*columns).where(table.c.repealed_on.is_(None))
        entries = tuple(_entry(*row) for row in tx.execute(query))
        _indexes.clear()
        _indexes[state] = entries
        return entries
    return _indexes[state]


def _entry(code: str, name: str, field: str, level: str, also_at: str) -> _Entry:
    words, levels = _words(name), frozenset((level, *also_at.split()))
    initials = "".join(word[0] for word in words)
    told = (_between(words), _between(_words(field)), initials)
    return _Entry(code, name, field, level, levels, *told)


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def _between(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _score(entry: _Entry, words: Sequence[str], usual: Mapping[str, int]) -> int:
    """How well all words fit, 0 when one does not; without words how usual it is."""
    if not words:
        return usual.get(entry.code, 0)
    total = 0
    for word in words:
        points = _points(entry, word)
        if not points:
            return 0
        total += points
    return total + sum(_ADJACENT for a, b in pairwise(words) if f" {a} {b}" in entry.words)


def _points(entry: _Entry, word: str) -> int:
    if entry.code.startswith(word):
        return 8
    if f" {word}" in entry.words:
        return 6 if f" {word} " in entry.words else 4
    if len(word) >= _INITIALS and word in entry.initials:
        return 3
    return 1 if f" {word}" in entry.field_words or word in entry.code else 0
