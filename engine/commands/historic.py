"""Results of before are taken into the vault, line by line of a list, with their files (R38).

They make no dossiers and are counted as none. What was taken in is left alone when the list is
given again, so that a run that broke off goes on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from engine.commands.signatures import House
from engine.deadlines.calendar import local
from engine.errors import EngineError, NotPermitted
from engine.errors.vault import HistoricLineInvalid
from engine.files.antivirus import require_clean
from engine.files.inspection import Limits, inspect
from engine.files.names import cleaned
from engine.model.actor import Actor, Permission, may_at
from engine.model.document import FileFacts
from engine.model.historic import HistoricLine, HistoricResult, read_line
from engine.store import agencies, historic, office_log

AT_ONCE = 50
"""So many results share a transaction and an entry of the log of administration."""


class Taken(StrEnum):
    """What became of a line."""

    TAKEN = "taken"
    THERE = "there"
    LEFT = "left"


@dataclass(frozen=True)
class LineOutcome:
    """A line of the list by its number, and why it was left, where it was."""

    number: int
    taken: Taken
    reason: str | None = None


@dataclass(frozen=True)
class TakeIn:
    """A list of results of an agency, whose files lie in a folder; with `trial` nothing is kept."""

    agency: str
    folder: Path
    trial: bool = False


Lines = Iterable[tuple[int, dict[str, str]]]


def take_in(house: House, command: TakeIn, lines: Lines, actor: Actor) -> Iterator[LineOutcome]:
    """Take lines in, telling of each what became of it; raises `NotPermitted`, `AgencyUnknown`."""
    with house.database.reading() as tx:
        _require_allowed(tx, command.agency, actor)
    waiting: list[tuple[int, HistoricResult]] = []
    seen: set[HistoricLine] = set()
    for number, said in lines:
        try:
            line = read_line(said, local(house.clock()).date())
            if line in seen or _is_kept(house, line):
                yield LineOutcome(number, Taken.THERE)
                continue
            result = HistoricResult(line, _file(house, command, line.file))
        except EngineError as refused:
            yield LineOutcome(number, Taken.LEFT, refused.message)
            continue
        seen.add(line)
        waiting.append((number, result))
        if len(waiting) == AT_ONCE:
            yield from _kept(house, command, waiting, actor)
            waiting = []
    yield from _kept(house, command, waiting, actor)


def _require_allowed(tx: Connection, agency: str, actor: Actor) -> None:
    agencies.level_of(tx, agency)
    if not may_at(actor, Permission.VAULT_IMPORT, agency):
        raise NotPermitted(what=f"đưa kết quả cũ vào kho của cơ quan {agency}")


def _is_kept(house: House, line: HistoricLine) -> bool:
    with house.database.reading() as tx:
        return historic.is_kept(tx, line)


def _file(house: House, command: TakeIn, said: str) -> FileFacts:
    """The file of a line, looked at as whatever is sent from outside; kept unless it is a trial."""
    name = cleaned(said)
    path = command.folder / name
    if not path.is_file():
        raise HistoricLineInvalid(reason=f"không có tệp «{name}» trong thư mục")
    with path.open("rb") as file:
        require_clean(file, name, house.settings.clamd)
        content = inspect(file, name, Limits.of(house.settings))
        if command.trial:
            return FileFacts("", 0, content.pages, content.media_type)
        stored = house.files.put(file)
    return FileFacts(stored.digest, stored.size, content.pages, content.media_type)


def _kept(
    house: House, command: TakeIn, waiting: list[tuple[int, HistoricResult]], actor: Actor
) -> Iterator[LineOutcome]:
    """Keep what nobody else has kept meanwhile."""
    there: set[int] = set()
    if waiting and not command.trial:
        with house.database.transaction() as tx:
            office_log.one_at_a_time(tx)
            there = {n for n, each in waiting if historic.is_kept(tx, each.line)}
            fresh = [each for n, each in waiting if n not in there]
            if fresh:
                historic.take_in(tx, command.agency, fresh, actor.key, house.clock())
    for number, _ in waiting:
        yield LineOutcome(number, Taken.THERE if number in there else Taken.TAKEN)
