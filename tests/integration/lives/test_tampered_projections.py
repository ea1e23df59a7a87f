"""State, tasks, timers and dates that do not follow from the log are found."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from bpmn.procedure import procedure_from_sources
from engine.files import FileStore
from engine.model.status import Channel
from engine.signatures.trust import Trust
from engine.store import definitions
from engine.store.tables import (
    definition,
    dossier,
    dossier_life,
    task,
    timer,
)
from engine.verification import all_codes, verify_all
from engine.verification.finding import Broken
from tests.clock import FakeClock
from tests.diagrams import simple
from tests.integration.lives.tampering import WAY, tamper
from tests.office import Office
from tests.processes.walker import Walker


class TestWhatFollowsFromTheLog:
    """State, tasks, timers and dates must be what the acts give when they are done again."""

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("status", "processed"),
            ("submitted_by", 1),
            ("competent_agency", "H40.30.02"),
            ("facts", {"application": {}}),
            ("done_by", {}),
            ("overdue", True),
            ("interruption", "withdrawal_requested"),
            ("state", "{}"),
            ("tasks", []),
            ("outcome", "delivered"),
            ("channel", "online"),
            ("last_at", None),
            ("status", "nonsense"),
            ("clock", None),
            ("clock", {}),
        ],
    )
    def test_a_changed_state(self, walker: Walker, name: str, value: object) -> None:
        broken = self.lived(walker, lambda life: life | {name: value})
        assert broken.seq == walker.dossier.seq

    @pytest.mark.parametrize("life", [{}, [], "x", None, 5])
    def test_a_state_that_is_none(self, walker: Walker, life: object) -> None:
        assert self.lived(walker, lambda _: life).seq == walker.dossier.seq

    def test_a_later_due_date_in_the_state(self, walker: Walker) -> None:
        def later(life: Any) -> Any:
            life["clock"]["due_at"] = "2027-01-01T17:00:00+07:00"
            return life

        broken = self.lived(walker, later)
        assert "«clock»" in broken.reason

    def lived(self, walker: Walker, change: Callable[[Any], Any]) -> Broken:
        def change_it(tx: Connection, id_: int) -> None:
            row = dossier_life.c.dossier_id == id_
            life = tx.execute(select(dossier_life.c.life).where(row)).scalar_one()
            copied = json.loads(json.dumps(life))
            tx.execute(update(dossier_life).where(row).values(life=change(copied)))

        return tamper(walker, change_it)

    def test_no_state_at_all(self, walker: Walker) -> None:
        assert (
            tamper(walker, lambda tx, id_: tx.execute(delete(dossier_life))).seq
            == walker.dossier.seq
        )

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("status", "delivered"),
            ("outcome", "delivered"),
            ("overdue", True),
            ("due_at", "later"),
            ("first_due_at", "later"),
            ("received_at", "later"),
            ("submitted_at", "later"),
            ("finished_at", "later"),
            ("channel", "online"),
            ("procedure", "1.001193"),
            ("receiving_agency", "H40.30.02"),
            ("competent_agency", "H40"),
            ("submitted_by", 1),
            ("owner_name", "Người khác"),
        ],
    )
    def test_a_changed_dossier_row(self, walker: Walker, name: str, value: object) -> None:
        if value == "later":
            value = walker.clock() + timedelta(days=30)
        broken = tamper(walker, lambda tx, id_: tx.execute(update(dossier).values({name: value})))
        assert broken.seq == walker.dossier.seq
        assert f"«{name}»" in broken.reason

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("assignee", 1),
            ("step", "sign"),
            ("role", "leader"),
            ("agency", "H40.30.02"),
            ("unit", "ECONOMY"),
            ("due_at", "later"),
            ("overdue", True),
            ("state", "completed"),
        ],
    )
    def test_a_changed_open_task(self, walker: Walker, name: str, value: object) -> None:
        if value == "later":
            value = walker.clock() + timedelta(days=30)
        still_open = task.c.state == "open"
        broken = tamper(
            walker, lambda tx, id_: tx.execute(update(task).where(still_open).values({name: value}))
        )
        assert broken.seq == walker.dossier.seq
        assert "việc" in broken.reason

    @pytest.mark.parametrize(
        ("name", "value"),
        [("closed_by", "99"), ("closed_at", "later"), ("state", "cancelled"), ("step", "sign")],
    )
    def test_a_changed_closed_task(self, walker: Walker, name: str, value: object) -> None:
        if value == "later":
            value = walker.clock() + timedelta(days=30)
        closed = task.c.state != "open"
        broken = tamper(
            walker, lambda tx, id_: tx.execute(update(task).where(closed).values({name: value}))
        )
        assert "việc" in broken.reason

    @pytest.mark.parametrize("state", ["open", "completed"])
    def test_a_removed_task(self, walker: Walker, state: str) -> None:
        broken = tamper(
            walker, lambda tx, id_: tx.execute(delete(task).where(task.c.state == state))
        )
        assert "việc" in broken.reason

    def test_a_removed_timer(self, walker: Walker) -> None:
        broken = tamper(walker, lambda tx, id_: tx.execute(delete(timer)))
        assert "hẹn giờ" in broken.reason

    def test_a_later_timer(self, walker: Walker) -> None:
        later = walker.clock() + timedelta(days=30)
        broken = tamper(walker, lambda tx, id_: tx.execute(update(timer).values(due_at=later)))
        assert "hẹn giờ" in broken.reason

    def test_another_version_of_the_procedure(self, walker: Walker) -> None:
        other = procedure_from_sources(simple() | {"forms/unused.json": "{}"})

        def change(tx: Connection, id_: int) -> None:
            definitions.put(tx, other, None, walker.clock())
            tx.execute(update(dossier).values(version=other.digest))

        assert "«version»" in tamper(walker, change).reason

    @pytest.mark.parametrize("text", ["<x/>", None])
    def test_a_changed_version_of_the_procedure(
        self, walker: Walker, monkeypatch: pytest.MonkeyPatch, text: str | None
    ) -> None:
        monkeypatch.setattr(definitions, "_cache", {})
        sources = simple()
        diagram = text or sources["procedure.bpmn"].replace("Việc sign", "Việc khác")

        def change(tx: Connection, id_: int) -> None:
            row = definition.c.digest == walker.dossier.version
            tx.execute(
                update(definition).where(row).values(sources=sources | {"procedure.bpmn": diagram})
            )

        assert tamper(walker, change).seq in {1, walker.dossier.seq}


def test_among_many_the_broken_one_is_named(
    office: Office, clock: FakeClock, files: FileStore
) -> None:
    procedure = procedure_from_sources(simple())
    codes = []
    for _ in range(5):
        walker = Walker(office, clock, procedure)
        walker.walk(Channel.POSTAL, {}, WAY)
        codes.append(walker.dossier.code)
    with office.database.transaction() as tx:
        tx.execute(update(dossier).where(dossier.c.code == codes[2]).values(owner_name="Khác"))
    found: list[Broken | None] = []
    verify_all(office.database, files, Trust(), all_codes(office.database), found.append)
    assert [broken.dossier if broken else None for broken in found] == [
        None,
        None,
        codes[2],
        None,
        None,
    ]
