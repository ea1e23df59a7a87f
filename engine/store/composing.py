"""Which announcements hold for which agency, and the calendars that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from engine.deadlines.announcement import compose
from engine.deadlines.edition import Document, standard_document
from engine.store import agencies, announcements, editions
from engine.store.announcements import Kept
from engine.store.editions import EditionKind

Line = tuple[int, ...]
"""Ids of the announcements that hold somewhere, the earliest first."""


@dataclass(frozen=True)
class Office:
    """All agencies, each with the one above it, and all that was announced."""

    parents: Mapping[str, str | None]
    kept: Sequence[Kept]

    @classmethod
    def of(cls, tx: Connection) -> "Office":
        """As things stand in the database."""
        return cls(agencies.parents(tx), announcements.everything(tx))

    @property
    def roots(self) -> list[str]:
        """The agencies that are below no other."""
        return [code for code, parent in self.parents.items() if parent is None]

    def below(self, code: str | None) -> list[str]:
        """An agency and all below it, at any depth; with None every agency."""
        return [other for other in self.parents if code is None or code in self._above(other)]

    def line(self, code: str | None) -> Line:
        """The announcements that hold for an agency; with None the national ones."""
        above = self._above(code) if code is not None else ()
        return tuple(one.id for one in self.kept if one.agency is None or one.agency in above)

    def lines(self, codes: Iterable[str | None]) -> dict[Line, str | None]:
        """The different lines among these agencies, each with the first agency it holds for."""
        found: dict[Line, str | None] = {}
        for code in codes:
            found.setdefault(self.line(code), code)
        return found

    def laid_over(self, line: Line) -> Document:
        """The national calendar of this release with these announcements laid over it."""
        return compose(standard_document(), self._announced(line))

    def calendar(self, code: str | None) -> Document:
        """The calendar of an agency; with None that of the whole country."""
        return self.laid_over(self.line(code))

    def point(self, tx: Connection, codes: Iterable[str]) -> list[tuple[Document, Document]]:
        """Put in force for agencies what holds for them; gives each change, before and after.

        An agency that had no calendar yet is no change: nothing was counted with it.
        """
        digests: dict[Line, str] = {}
        changes: set[tuple[str, str]] = set()
        for code in codes:
            line = self.line(code)
            if line not in digests:
                digests[line] = editions.put_calendar(tx, self._announced(line))
            before, after = editions.in_force(tx, code).calendar, digests[line]
            if before != after:
                editions.point(tx, code, EditionKind.CALENDAR, after)
                changes.add((before, after))
        kind = EditionKind.CALENDAR
        return [
            (editions.document(tx, kind, before), editions.document(tx, kind, after))
            for before, after in changes
            if before
        ]

    def _announced(self, line: Line) -> list[Document]:
        return [self._documents[id_] for id_ in line]

    @cached_property
    def _documents(self) -> dict[int, Document]:
        return {one.id: one.document for one in self.kept}

    def _above(self, code: str) -> tuple[str, ...]:
        return agencies.with_those_above(code, self.parents)
