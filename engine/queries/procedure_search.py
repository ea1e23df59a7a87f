"""Finding a procedure among thousands in a few keystrokes."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from engine.model.actor import Actor
from engine.queries.procedure_index import Entry, index, score, words_of
from engine.store import agencies
from engine.store.tables import dossier

RECENT = 200
"""How many of somebody's latest dossiers say what they usually receive."""


@dataclass(frozen=True)
class ProcedureMatch:
    """A procedure that was found; `here` says that an agency like the one asking decides on it."""

    code: str
    name: str
    field: str
    level: str
    here: bool


def find_procedures(
    tx: Connection, text: str, agency: str, actor: Actor, most: int = 10
) -> list[ProcedureMatch]:
    """At most so many procedures that fit the text, the likeliest first.

    Words may be cut short, out of order and without diacritics; they may be in the code, the
    name or the field, or be the code of a procedure that this one replaced. Those come first on
    which an agency like this decides, then those that the actor receives most. Without words: what
    the actor receives most. Raises `AgencyUnknown`.
    """
    level, usual, words = agencies.level_of(tx, agency), _received(tx, actor), words_of(text)

    def rank(scored: tuple[int, Entry]) -> tuple[bool, int, int, int, str]:
        points, entry = scored
        often = usual.get(entry.code, 0)
        return level not in entry.levels, -points, -often, len(entry.name), entry.code

    def points_of(entry: Entry) -> int:
        return score(entry, words) if words else usual.get(entry.code, 0)

    scored = ((points_of(entry), entry) for entry in index(tx).open)
    found = heapq.nsmallest(most, (each for each in scored if each[0]), key=rank)
    return [ProcedureMatch(e.code, e.name, e.field, e.level, level in e.levels) for _, e in found]


def find_for_everyone(tx: Connection, text: str, most: int) -> list[ProcedureMatch]:
    """The same for somebody from outside: whatever the agency, and nothing without words."""
    words = words_of(text)
    scored = ((score(entry, words), entry) for entry in index(tx).open)
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
