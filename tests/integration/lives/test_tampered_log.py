"""An event or payload that is not what it was is found and named."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from engine.model.event import EventType
from engine.model.status import Channel
from engine.store.tables import (
    dossier,
    event,
    event_payload,
)
from engine.verification.finding import Broken
from tests.integration.lives.tampering import WAY, at, first, renumber, tamper
from tests.processes.walker import Walker


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
        seq = first(walker, EventType.TASK_COMPLETED)
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
                renumber(tx, id_, seq, seq - 1)

        assert tamper(walker, remove).seq == 4

    def test_two_events_that_changed_places(self, walker: Walker) -> None:
        def swap(tx: Connection, id_: int) -> None:
            for old, new in ((4, 999), (5, 4), (999, 5)):
                renumber(tx, id_, old, new)

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
        seq = first(walker, EventType.TASK_COMPLETED)
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
    assert broken.seq == first(walker, EventType.DOSSIER_RECEIVED)
    assert "Chạy lại" in broken.reason
