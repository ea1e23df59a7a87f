"""Whoever gets past the triggers and alters a record is found out, with the event named."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from bpmn.procedure import procedure_from_sources
from engine.model.event import EventType
from engine.model.status import Channel
from engine.store import definitions
from engine.store.database import Database
from engine.store.tables import (
    definition,
    dossier,
    dossier_life,
    event,
    event_payload,
    task,
    timer,
)
from engine.verification import Broken, all_codes, verify_all
from tests.clock import FakeClock
from tests.diagrams import simple
from tests.office import Office
from tests.processes.walker import Walker

Tampering = Callable[[Connection, int], object]

WAY = "check_papers=accept appraise=supplement +supplement"
"""Leaves the appraisal open for the second time, the dossier and the step with a due date."""


@pytest.fixture
def walker(office: Office, clock: FakeClock) -> Walker:
    """Someone who has led a dossier of the small procedure along `WAY`."""
    walker = Walker(office, clock, procedure_from_sources(simple()))
    walker.walk(Channel.POSTAL, {}, WAY)
    assert walker.verified() is None
    return walker


def tamper(walker: Walker, tampering: Tampering) -> Broken:
    """What verification says after somebody has altered the tables."""
    with walker.office.database.transaction() as tx:
        _drop_triggers(tx, walker.office.database)
        id_ = tx.execute(
            select(dossier.c.id).where(dossier.c.code == walker.dossier.code)
        ).scalar_one()
        tampering(tx, id_)
    broken = walker.verified()
    assert broken is not None
    assert broken.dossier == walker.dossier.code
    return broken


def _drop_triggers(tx: Connection, database: Database) -> None:
    if database.is_sqlite:
        names = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        suffix = ""
    else:
        names = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        suffix = " ON {table}"
    for name, table in tx.exec_driver_sql(names).all():
        tx.exec_driver_sql(f"DROP TRIGGER {name}{suffix.format(table=table)}")


def at(table: Table, id_: int, seq: int) -> Any:
    """The row of one event."""
    return (table.c.dossier_id == id_) & (table.c.seq == seq)


class TestTheLog:
    """The chain names the first event that is not what it was."""

    @pytest.mark.parametrize(
        "change",
        [
            {"data": {"place": 1, "decision": "refuse"}},
            {"actor": "99"},
            {"at": None},
            {"type": EventType.TASK_CLAIMED.value},
            {"caused_by": 1},
            {"payload_digest": "0" * 64},
            {"hash": "0" * 64},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_a_changed_event(self, walker: Walker, change: dict[str, Any]) -> None:
        seq = _first(walker, EventType.TASK_COMPLETED)
        if "at" in change:
            change = {"at": walker.clock() + timedelta(seconds=1)}
        broken = tamper(
            walker,
            lambda tx, id_: tx.execute(update(event).where(at(event, id_, seq)).values(change)),
        )
        assert broken.seq == seq
        assert "bị sửa" in broken.reason or "đổi chỗ" in broken.reason

    def test_a_type_that_there_is_not(self, walker: Walker) -> None:
        broken = tamper(
            walker,
            lambda tx, id_: tx.execute(update(event).where(at(event, id_, 3)).values(type="X")),
        )
        assert broken.seq == 3

    @pytest.mark.parametrize("seq", [1, 4])
    def test_a_removed_event(self, walker: Walker, seq: int) -> None:
        def remove(tx: Connection, id_: int) -> None:
            tx.execute(delete(event_payload).where(at(event_payload, id_, seq)))
            tx.execute(delete(event).where(at(event, id_, seq)))

        broken = tamper(walker, remove)
        assert (broken.seq, broken.reason) == (seq, f"Thiếu sự kiện số {seq}.")

    def test_a_removed_event_whose_gap_is_closed(self, walker: Walker) -> None:
        def remove(tx: Connection, id_: int) -> None:
            tx.execute(delete(event_payload).where(at(event_payload, id_, 4)))
            tx.execute(delete(event).where(at(event, id_, 4)))
            for seq in range(5, walker.dossier.seq + 1):
                _renumber(tx, id_, seq, seq - 1)

        assert tamper(walker, remove).seq == 4

    def test_two_events_that_changed_places(self, walker: Walker) -> None:
        def swap(tx: Connection, id_: int) -> None:
            for old, new in ((4, 999), (5, 4), (999, 5)):
                _renumber(tx, id_, old, new)

        broken = tamper(walker, swap)
        assert (broken.seq, broken.reason) == (4, "Sự kiện số 4 đã bị sửa hoặc đổi chỗ.")

    def test_an_added_event(self, walker: Walker) -> None:
        last = walker.dossier.seq

        def add(tx: Connection, id_: int) -> None:
            row = tx.execute(select(event).where(at(event, id_, last))).one()._asdict()
            tx.execute(insert(event).values(row | {"seq": last + 1}))

        assert tamper(walker, add).seq == last + 1

    def test_a_tail_that_was_cut_off(self, walker: Walker) -> None:
        last = walker.dossier.seq

        def cut(tx: Connection, id_: int) -> None:
            tx.execute(delete(event_payload).where(event_payload.c.seq > last - 2))
            tx.execute(delete(event).where(event.c.seq > last - 2))

        broken = tamper(walker, cut)
        assert (broken.seq, broken.reason) == (last - 1, f"Thiếu các sự kiện sau số {last - 2}.")

    def test_a_tail_that_was_cut_off_with_head_and_number(self, walker: Walker) -> None:
        last = walker.dossier.seq

        def cut(tx: Connection, id_: int) -> None:
            tx.execute(delete(event_payload).where(event_payload.c.seq > last - 1))
            tx.execute(delete(event).where(event.c.seq > last - 1))
            hash_ = tx.execute(select(event.c.hash).where(at(event, id_, last - 1))).scalar_one()
            tx.execute(update(dossier).values(head=hash_, seq=last - 1))

        assert tamper(walker, cut).seq == last - 1

    def test_everything_removed(self, walker: Walker) -> None:
        def remove(tx: Connection, id_: int) -> None:
            tx.execute(delete(event_payload))
            tx.execute(delete(event))

        assert tamper(walker, remove).seq == 1

    def test_a_replaced_head(self, walker: Walker) -> None:
        broken = tamper(walker, lambda tx, id_: tx.execute(update(dossier).values(head="f" * 64)))
        assert broken.seq == walker.dossier.seq + 1

    @pytest.mark.parametrize("by", [-1, 1])
    def test_a_changed_number_of_events(self, walker: Walker, by: int) -> None:
        last = walker.dossier.seq
        broken = tamper(walker, lambda tx, id_: tx.execute(update(dossier).values(seq=last + by)))
        assert broken.seq == last + 1

    def test_events_moved_to_another_dossier(self, walker: Walker) -> None:
        other = Walker(walker.office, walker.clock, walker.procedure)
        other.walk(Channel.POSTAL, {}, WAY)
        old, new = walker.dossier.code, other.dossier.code

        def swap(tx: Connection, id_: int) -> None:
            for code, then in ((old, "x"), (new, old), ("x", new)):
                tx.execute(update(dossier).where(dossier.c.code == code).values(code=then))

        assert tamper(walker, swap).seq == 1


class TestPayloads:
    """What a person said is covered, though it lies beside the log."""

    def changed(self, walker: Walker, **values: Any) -> Broken:
        seq = _first(walker, EventType.TASK_COMPLETED)
        broken = tamper(
            walker,
            lambda tx, id_: tx.execute(
                update(event_payload).where(at(event_payload, id_, seq)).values(values)
            ),
        )
        assert broken.seq == seq
        return broken

    @pytest.mark.parametrize(
        "values", [{"body": {"form": {"decision": "refuse"}}}, {"body": {}}, {"salt": b"0" * 16}]
    )
    def test_changed(self, walker: Walker, values: dict[str, Any]) -> None:
        assert "Nội dung" in self.changed(walker, **values).reason
        assert "bị sửa" in self.changed(walker, **values).reason

    def test_removed(self, walker: Walker) -> None:
        broken = tamper(
            walker,
            lambda tx, id_: tx.execute(delete(event_payload).where(at(event_payload, id_, 1))),
        )
        assert (broken.seq, broken.reason) == (1, "Nội dung của sự kiện số 1 đã bị xóa.")

    def test_added(self, walker: Walker) -> None:
        row = {"seq": 2, "salt": b"0" * 16, "body": {"note": "x"}}
        broken = tamper(
            walker,
            lambda tx, id_: tx.execute(insert(event_payload).values(row | {"dossier_id": id_})),
        )
        assert (broken.seq, "thêm vào sau" in broken.reason) == (2, True)


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


def test_a_forged_log_is_found_by_doing_it_again(walker: Walker) -> None:
    """Hashes need no secret: who forges the whole chain is found by re-execution."""
    from engine.store.chain import GENESIS, event_hash, payload_digest
    from engine.store.events import log_of

    def forge(tx: Connection, id_: int) -> None:
        head = GENESIS
        for logged in log_of(tx, id_):
            happened, digest = logged.event, logged.payload_digest
            if happened.type is EventType.DOSSIER_RECEIVED:
                data = dict(happened.data) | {"due_at": "2027-01-01T10:00:00+00:00"}
                happened = type(happened)(**vars(happened) | {"data": data})
            if logged.salt is not None:
                digest = payload_digest(logged.salt, happened.payload)
            head = event_hash(head, walker.dossier.code, happened, digest)
            row = {"data": happened.data, "hash": head, "payload_digest": digest}
            tx.execute(update(event).where(at(event, id_, happened.seq)).values(row))
        tx.execute(update(dossier).values(head=head))

    broken = tamper(walker, forge)
    assert broken.seq == _first(walker, EventType.DOSSIER_RECEIVED)
    assert "Chạy lại" in broken.reason


def test_among_many_the_broken_one_is_named(office: Office, clock: FakeClock) -> None:
    procedure = procedure_from_sources(simple())
    codes = []
    for _ in range(5):
        walker = Walker(office, clock, procedure)
        walker.walk(Channel.POSTAL, {}, WAY)
        codes.append(walker.dossier.code)
    with office.database.transaction() as tx:
        tx.execute(update(dossier).where(dossier.c.code == codes[2]).values(owner_name="Khác"))
    found: list[Broken | None] = []
    verify_all(office.database, all_codes(office.database), found.append)
    assert [broken.dossier if broken else None for broken in found] == [
        None,
        None,
        codes[2],
        None,
        None,
    ]


def _first(walker: Walker, type_: EventType) -> int:
    with walker.office.database.reading() as tx:
        query = select(event.c.seq).where(event.c.type == type_).order_by(event.c.seq).limit(1)
        return int(tx.execute(query).scalar_one())


def _renumber(tx: Connection, id_: int, old: int, new: int) -> None:
    payload = tx.execute(select(event_payload).where(at(event_payload, id_, old))).one_or_none()
    tx.execute(delete(event_payload).where(at(event_payload, id_, old)))
    tx.execute(update(event).where(at(event, id_, old)).values(seq=new))
    if payload is not None:
        tx.execute(insert(event_payload).values(payload._asdict() | {"seq": new}))
