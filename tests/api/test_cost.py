"""A completion over HTTP asks the database for one thing more than the command: who calls."""

from collections.abc import Callable

from sqlalchemy import event

from engine.commands.acting import Target
from engine.commands.tasks import OnTask, claim_task, release_task
from engine.store.database import Database
from tests.api.client import Caller, json_of
from tests.api.lives import Lives, place


def _statements(database: Database, work: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)


def test_one_statement_more(call: Caller, lives: Lives, database: Database) -> None:
    dossier = lives.accepted()
    actor = lives.office.actor("office1")
    task = OnTask(Target(dossier.code), place(dossier))
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}"

    def command() -> None:
        with database.transaction() as tx:
            claim_task(tx, task, actor, lives.clock())

    def request() -> None:
        json_of(call.post("office1", f"{path}/claim"))

    def free() -> None:
        with database.transaction() as tx:
            release_task(tx, task, actor, lives.clock())

    alone = _statements(database, command)
    free()
    assert _statements(database, request) == alone + 1
