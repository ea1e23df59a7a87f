"""A dossier, inboxes and the board at moments gone by are what they were at those moments."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bpmn.procedure import procedure_from_sources
from engine.model.standing import Standing
from engine.model.status import Channel
from engine.queries.then import board_then, dossier_then, inbox_then
from engine.store.tables import dossier, task
from engine.store.visibility import workable_tasks
from tests.clock import FakeClock
from tests.diagrams import simple
from tests.integration.lives.tampering import WAY
from tests.office import COMMUNE_1, Office
from tests.processes.walker import Walker

PEOPLE = ("reception1", "office1", "leader1")
_DONE = (Standing.DONE, Standing.DONE_LATE)


@dataclass(frozen=True)
class Seen:
    """What pages showed at a moment: inboxes by person, groups of the board, and each dossier."""

    at: datetime
    inboxes: Mapping[str, list[tuple[Any, ...]]]
    groups: Mapping[str, int]
    dossiers: Mapping[str, tuple[Any, ...]]


def _seen(tx: Connection, office: Office, at: datetime) -> Seen:
    groups = Counter(tx.execute(select(dossier.c.standing)).scalars())
    rows = tx.execute(select(dossier)).all()
    return Seen(
        at,
        {name: _inbox(tx, office, name) for name in PEOPLE},
        {name: count for name, count in groups.items() if name not in _DONE},
        {row.code: (row.seq, row.status, row.standing, row.due_at) for row in rows},
    )


def _inbox(tx: Connection, office: Office, name: str) -> list[tuple[Any, ...]]:
    actor = office.actor(name)
    free = task.c.assignee.is_(None) & workable_tasks(actor)
    query = (
        select(
            dossier.c.code, task.c.place, task.c.assignee, task.c.due_at, task.c.overdue,
            task.c.halted, task.c.name,
        )
        .join(dossier, dossier.c.id == task.c.dossier_id)
        .where(task.c.state == "open", free | (task.c.assignee == actor.id))
        .order_by(task.c.rank, task.c.due_at, dossier.c.code, task.c.place)
    )  # fmt: skip
    return [tuple(row) for row in tx.execute(query)]


def test_what_was_shown_then_can_be_shown_again(office: Office, clock: FakeClock) -> None:
    seen: list[Seen] = []
    for _ in range(3):
        walker = Walker(office, clock, procedure_from_sources(simple()))
        do = walker.do

        def noted(*words: Any, do: Any = do) -> Any:
            result = do(*words)
            with office.database.reading() as tx:
                seen.append(_seen(tx, office, clock()))
            clock.advance(minutes=7)
            return result

        walker.do = noted  # type: ignore[method-assign,assignment]
        walker.walk(Channel.POSTAL, {}, WAY)
        clock.advance(minutes=240)
    assert len(seen) > 9
    auditor = office.actor("auditor")
    with office.database.reading() as tx:
        for then in seen:
            board = board_then(tx, COMMUNE_1, then.at, auditor)
            assert {each.value: n for each, n in board.groups.items()} == then.groups
            for name, shown in then.inboxes.items():
                found = inbox_then(tx, COMMUNE_1, office.actor(name).id, then.at, auditor)
                assert [
                    (t.dossier, t.place, t.assignee, t.due_at, t.overdue, t.halted, t.name)
                    for t in found
                ] == shown
            for code, said in then.dossiers.items():
                one = dossier_then(tx, code, then.at, auditor)
                assert one is not None
                assert (one.seq, one.status, one.standing, one.due_at) == said
