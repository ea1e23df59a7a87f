"""The catalogue of procedures is imported: what is new, amended and repealed from a day on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.errors import NotPermitted
from engine.errors.catalogue import CatalogueChanged
from engine.model.actor import Actor, Permission, has
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import definitions, office_log, standings
from engine.store.chain import link
from engine.store.standings import Announced


@dataclass(frozen=True)
class Change:
    """What is new of a procedure, with the files of its standard process; None where it runs on
    its own drawing, or ends."""

    announced: Announced
    sources: Mapping[str, str] | None


@dataclass(frozen=True)
class ImportCatalogue:
    """Changes that hold from a day on; `seen` is what they were compared with
    (`engine.queries.catalogue`)."""

    sources: tuple[str, ...]
    changes: tuple[Change, ...]
    effective_from: date
    seen: int


def import_catalogue(tx: Connection, command: ImportCatalogue, actor: Actor, now: datetime) -> None:
    """Record the changes, and put in force those whose day has come.

    Raises `NotPermitted`, or `CatalogueChanged` when somebody was faster.
    """
    if not has(actor, Permission.PROCEDURE_DEPLOY):
        raise NotPermitted(what="nhập danh mục thủ tục")
    office_log.one_at_a_time(tx)
    if standings.newest(tx) != command.seen:
        raise CatalogueChanged
    if not command.changes:
        return
    definitions.keep(tx, _versions(command.changes), actor.id or None, now)
    announced = [change.announced for change in command.changes]
    standings.record(tx, announced, command.effective_from, actor.key, now)
    standings.bring_into_force(tx, now)
    office_log.record(tx, _event(command, announced), actor.key, now)


def _versions(changes: Iterable[Change]) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for change in changes:
        announced, sources = change.announced, change.sources
        if announced.version is not None and sources is not None:
            yield announced.version, announced.procedure, sources


def _event(command: ImportCatalogue, announced: Iterable[Announced]) -> OfficeEvent:
    """What the log of administration says: how much, and a digest that covers every word."""
    digest, count = "", Counter[str]()
    for each in announced:
        count[each.standing.value] += 1
        digest = link(digest, {"procedure": each.procedure, "row": each.row_digest})
    after = {
        "sources": list(command.sources),
        "effective_from": command.effective_from.isoformat(),
        "digest": digest,
        **count,
    }
    return OfficeEvent(OfficeEventType.CATALOGUE_IMPORTED, None, "catalogue", after=after)
