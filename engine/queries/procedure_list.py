"""Lists of procedures: by words as one types, field, level, state and agency."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, select

from engine.model.actor import Actor
from engine.model.procedure_draft import OPEN_STATES
from engine.queries.paging import Key, Page, Slice, page
from engine.queries.procedure_drafts import in_sight
from engine.queries.procedure_index import Entry, index, score, words_of
from engine.store import standings
from engine.store.procedure_tables import procedure_draft
from engine.store.tables import procedure


class Listed(StrEnum):
    """Which procedures are listed: those that take new dossiers (OPEN), those with a decision for a
    later day, with an open draft, with a process of the agency's own, those that ended, or all."""

    OPEN = "open"
    COMING = "coming"
    DRAFTED = "drafted"
    OWN = "own"
    ENDED = "ended"
    ALL = "all"


LISTED_NAMES = {
    Listed.OPEN: "Đang thực hiện",
    Listed.COMING: "Sắp thay đổi",
    Listed.DRAFTED: "Đang có bản thảo",
    Listed.OWN: "Có quy trình nội bộ",
    Listed.ENDED: "Đã bãi bỏ, thay thế",
    Listed.ALL: "Tất cả",
}


@dataclass(frozen=True)
class ProcedureFilter:
    """Which procedures are wanted; `agency` is the one whose own processes are looked for."""

    text: str = ""
    field: str | None = None
    level: str | None = None
    state: Listed = Listed.OPEN
    agency: str | None = None


@dataclass(frozen=True)
class ProcedureItem:
    """A procedure in the version that new dossiers start on; `coming_on` is the day of the next
    decision, `own` that the agency asked about has a process of its own, `drafts` how many are
    open in sight of who asks."""

    code: str
    name: str
    field: str
    level: str
    version: str
    since: datetime
    repealed_on: date | None
    replaced_by: str | None
    coming_on: date | None
    own: bool
    drafts: int


@dataclass(frozen=True)
class _Around:
    """What is known beside the procedures themselves, by their codes; all of it is little."""

    coming: Mapping[str, date]
    own: frozenset[str]
    drafts: Mapping[str, int]


def list_procedures(
    tx: Connection, wanted: Slice, chosen: ProcedureFilter, actor: Actor, now: datetime
) -> Page[ProcedureItem]:
    """Procedures by code; where words are given, those that fit best first."""
    around = _around(tx, chosen, actor, now)
    words, chosen_of = words_of(chosen.text), _chooser(chosen, around)
    if chosen.text.strip() and not words:
        return Page([], None)
    scored = ((score(e, words) if words else 1, e) for e in index(tx).entries.values())
    keyed = [(_key(points, e, words), e) for points, e in scored if points and chosen_of(e)]
    after = tuple(wanted.after) if wanted.after else ()
    found = sorted((each for each in keyed if each[0] > after), key=lambda each: each[0])
    shown = found[: wanted.limit + 1]
    versions = _versions(tx, [entry.code for _, entry in shown])
    return page(
        shown,
        wanted,
        lambda each: _item(each[1], versions[each[1].code], around),
        lambda each: each[0],
    )


def fields_of_work(tx: Connection) -> list[str]:
    """The fields that procedures belong to, by name."""
    return sorted({entry.field for entry in index(tx).entries.values()})


def _key(points: int, entry: Entry, words: list[str]) -> Key:
    return (-points, len(entry.name), entry.code) if words else (entry.code,)


def _chooser(chosen: ProcedureFilter, around: _Around) -> Callable[[Entry], bool]:
    states: Mapping[Listed, Callable[[Entry], bool]] = {
        Listed.OPEN: lambda e: e.repealed_on is None,
        Listed.COMING: lambda e: e.code in around.coming,
        Listed.DRAFTED: lambda e: e.code in around.drafts,
        Listed.OWN: lambda e: e.code in around.own,
        Listed.ENDED: lambda e: e.repealed_on is not None,
        Listed.ALL: lambda e: True,
    }
    in_state = states[chosen.state]
    return lambda entry: (
        in_state(entry)
        and chosen.field in (None, entry.field)
        and (chosen.level is None or chosen.level in entry.levels)
    )


def _versions(tx: Connection, codes: list[str]) -> Mapping[str, tuple[str, datetime]]:
    """By procedure: the version that new dossiers start on, and since when."""
    columns = (procedure.c.code, procedure.c.version, procedure.c.since)
    query = select(*columns).where(procedure.c.code.in_(codes))
    return {row.code: (row.version, row.since) for row in tx.execute(query)}


def _item(entry: Entry, in_force: tuple[str, datetime], around: _Around) -> ProcedureItem:
    return ProcedureItem(
        entry.code,
        entry.name,
        entry.field,
        entry.level,
        *in_force,
        entry.repealed_on,
        entry.replaced_by,
        around.coming.get(entry.code),
        entry.code in around.own,
        around.drafts.get(entry.code, 0),
    )


def _around(tx: Connection, chosen: ProcedureFilter, actor: Actor, now: datetime) -> _Around:
    return _Around(
        standings.coming(tx, standings.day_of(now)),
        standings.own_processes(tx, chosen.agency, standings.day_of(now)),
        _drafts(tx, in_sight(tx, actor)),
    )


def _drafts(tx: Connection, seen: ColumnElement[bool]) -> Mapping[str, int]:
    code = procedure_draft.c.procedure
    query = select(code, func.count()).where(seen, procedure_draft.c.state.in_(OPEN_STATES))
    return {row[0]: row[1] for row in tx.execute(query.group_by(code))}
