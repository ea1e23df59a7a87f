"""Many dossiers in one request, each in a transaction of its own: what is refused for one does not
undo what was done for the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.errors import EngineError
from engine.store.database import Database


@dataclass(frozen=True)
class Outcome:
    """What became of one dossier; `problem` and `detail` say why it was refused."""

    dossier: str
    done: bool
    problem: str | None = None
    detail: str | None = None


def each(
    database: Database, codes: Iterable[str], act: Callable[[Connection, str], object]
) -> list[Outcome]:
    """Let an act happen to one dossier after the other; a code that comes twice counts once."""
    return [one(database, code, act) for code in dict.fromkeys(codes)]


def one(database: Database, code: str, act: Callable[[Connection, str], object]) -> Outcome:
    """Let an act happen to one dossier, or say why it is refused."""
    try:
        with database.transaction() as tx:
            act(tx, code)
    except EngineError as error:
        return Outcome(code, False, error.code, error.message)
    return Outcome(code, True)
