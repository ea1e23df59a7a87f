"""Which version of a procedure a dossier that is handed in now runs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.promises import broken_promises
from engine.errors import ProcedureUnknown
from engine.errors.catalogue import ProcedureRepealed, ProcedureReplaced
from engine.model.procedure_life import Decided, holding, own_process
from engine.store import agencies, definitions, standings


@dataclass(frozen=True)
class Counter:
    """Where a dossier is received, and who decides on it."""

    receiving: str
    competent: str


def open_version(tx: Connection, code: str, now: datetime, counter: Counter | None = None) -> str:
    """The version on which dossiers that are handed in now start, even where nobody has yet put
    it in force whose day has come: an agency's own process where it both receives and decides,
    else that of the catalogue.

    An own process is left aside while the catalogue promises something else than it does. Raises
    `ProcedureUnknown`, `ProcedureRepealed` or `ProcedureReplaced`.
    """
    decided = standings.decided(tx, code, standings.day_of(now))
    held = holding(each for each in decided if each.agency is None)
    if held.ended:
        raise _ended(held.ended)
    if held.version is None:
        raise ProcedureUnknown(procedure=code)
    own = _own(tx, decided, counter) if counter else None
    return own if own and keeps_promises(tx, own, held.version) else held.version


def in_its_place(tx: Connection, code: str, now: datetime) -> str:
    """The procedure that takes the dossiers of one which was replaced; else that one itself."""
    decided = standings.decided(tx, code, standings.day_of(now))
    ended = holding(each for each in decided if each.agency is None).ended
    return in_its_place(tx, ended.replaced_by, now) if ended and ended.replaced_by else code


def keeps_promises(tx: Connection, own: str, catalogue: str) -> bool:
    """Whether a version tells whoever hands in the same as the catalogue's."""
    return not broken_promises(definitions.version(tx, own), definitions.version(tx, catalogue))


def _own(tx: Connection, decided: Sequence[Decided], counter: Counter) -> str | None:
    ours = [each for each in decided if each.agency is not None]
    if not ours:
        return None
    parents = agencies.parents(tx)
    deciding = agencies.with_those_above(counter.competent, parents)
    line = agencies.with_those_above(counter.receiving, parents)
    return own_process(ours, [agency for agency in line if agency in deciding])


def _ended(ended: Decided) -> ProcedureRepealed | ProcedureReplaced:
    day = f"{ended.effective_from:%d/%m/%Y}"
    if ended.replaced_by:
        return ProcedureReplaced(procedure=ended.procedure, replaced_by=ended.replaced_by, day=day)
    return ProcedureRepealed(procedure=ended.procedure, day=day)
