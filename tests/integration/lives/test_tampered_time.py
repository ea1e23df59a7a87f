"""Alerts, holdings and dates that do not follow from the log are found."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from engine.commands import course, lateness, tasks
from engine.store import editions, timers
from engine.store.editions import EditionKind
from engine.store.tables import dossier, task
from engine.store.time_tables import alert, holding
from tests.integration.lives.tampering import tamper
from tests.processes.walker import Walker

HOLDINGS, ALERTS = "Sổ trách nhiệm giữ việc khác sổ ghi.", "Danh sách cảnh báo khác sổ ghi."


@pytest.fixture
def late(walker: Walker) -> Walker:
    """Someone whose dossier is late and was warned of: one alert acknowledged, others not; the
    step was held by two people, one after the other."""
    place = next(iter(walker.dossier.tasks))
    worker = walker.someone("office1")
    walker.do(tasks.claim_task, tasks.OnTask(walker.target, place), worker)
    walker.clock.advance(minutes=30)
    other = tasks.HandTask(walker.target, place, walker.someone("second_office1").id)
    walker.do(tasks.delegate_task, other, worker)
    walker.clock.advance(days=3, hours=8)
    _fire(walker)
    walker.clock.advance(days=5)
    _fire(walker)
    live = next(each for each in walker.dossier.alerts if each.live)
    note = lateness.AcknowledgeAlert(walker.target, live.seq, "Đã biết")
    walker.do(lateness.acknowledge_alert, note, walker.someone("leader1"))
    cause = lateness.RecordCause(walker.target, "cham_xu_ly")
    walker.do(lateness.record_cause, cause, walker.someone("leader1"))
    assert walker.verified() is None
    return walker


def _fire(walker: Walker) -> None:
    """Everything that is due, until nothing is."""
    while True:
        with walker.office.database.transaction() as tx:
            claimed = timers.claim(tx, walker.clock(), 10)
        if not claimed:
            return
        for due in claimed:
            with walker.office.database.transaction() as tx:
                fired = course.fire_timer(tx, due, walker.clock())
            walker.dossier = fired or walker.dossier


def value_of(walker: Walker, value: object) -> object:
    return walker.clock() + timedelta(days=30) if value == "later" else value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subject", "pause"),
        ("place", 999),
        ("level", "notice"),
        ("due_at", "later"),
        ("raised_at", "later"),
        ("live", False),
        ("rung", 0),
        ("agency", "H40.30.02"),
        ("unit", "ECONOMY"),
        ("role", "leader"),
        ("holder", 1),
        ("acknowledged_at", "later"),
        ("acknowledged_by", 1),
    ],
)
def test_a_changed_alert(late: Walker, name: str, value: object) -> None:
    seq = max(each.seq for each in late.dossier.alerts if each.live and each.rung)
    one = alert.c.seq == seq
    changed = {name: value_of(late, value)}
    broken = tamper(late, lambda tx, _: tx.execute(update(alert).where(one).values(changed)))
    assert broken.reason in (ALERTS, f"Cảnh báo số {seq} khác kết quả chạy lại.")


def test_an_old_alert_that_lives_again(late: Walker) -> None:
    old = alert.c.live.is_(False)
    broken = tamper(late, lambda tx, _: tx.execute(update(alert).where(old).values(live=True)))
    assert "Cảnh báo số" in broken.reason


@pytest.mark.parametrize("live", [True, False])
def test_a_removed_alert(late: Walker, live: bool) -> None:
    some = alert.c.live.is_(live)
    broken = tamper(late, lambda tx, _: tx.execute(delete(alert).where(some)))
    assert broken.reason == ALERTS


def test_an_alert_that_nobody_raised(late: Walker) -> None:
    broken = tamper(late, lambda tx, id_: _copy(tx, alert, id_, seq=1, place=7))
    assert broken.reason == ALERTS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("place", 999),
        ("step", "sign"),
        ("procedure", "1.001193"),
        ("agency", "H40.30.02"),
        ("unit", "ECONOMY"),
        ("holder", 1),
        ("since", "later"),
        ("until", "later"),
        ("worked", 1),
        ("late", 1),
    ],
)
def test_a_changed_holding(late: Walker, name: str, value: object) -> None:
    changed = {name: value_of(late, value)}
    broken = tamper(late, lambda tx, _: tx.execute(update(holding).values(changed)))
    assert broken.reason == HOLDINGS


def test_a_removed_holding(late: Walker) -> None:
    assert tamper(late, lambda tx, _: tx.execute(delete(holding))).reason == HOLDINGS


def test_a_holding_that_there_was_not(late: Walker) -> None:
    assert tamper(late, lambda tx, id_: _copy(tx, holding, id_, seq=1)).reason == HOLDINGS


def _copy(tx: Connection, table: Table, id_: int, **changes: Any) -> None:
    row = tx.execute(select(table).where(table.c.dossier_id == id_).limit(1)).one()._asdict()
    tx.execute(insert(table).values(row | changes))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("standing", "on_track"),
        ("stage", "signing"),
        ("unit", "ECONOMY"),
        ("holder", 1),
        ("pause_reason", "khac"),
        ("paused_since", "later"),
        ("pause_until", "later"),
        ("overdue_cause", "cong_dan"),
        ("processed_at", "later"),
        ("used", 5),
    ],
)
def test_a_changed_column_of_the_dossier(late: Walker, name: str, value: object) -> None:
    changed = {name: value_of(late, value)}
    broken = tamper(late, lambda tx, _: tx.execute(update(dossier).values(changed)))
    assert f"«{name}»" in broken.reason


@pytest.mark.parametrize("name", ["calendar", "rulebook"])
def test_a_dossier_that_was_moved_to_other_rules(late: Walker, name: str) -> None:
    def change(tx: Connection, _: int) -> None:
        kind = EditionKind(name)
        document = editions.document(tx, kind, getattr(late.dossier, name))
        other = editions.put(tx, kind, {**document, **OTHERWISE[name]})
        tx.execute(update(dossier).values({name: other}))

    assert tamper(late, change).seq >= 1


OTHERWISE: dict[str, dict[str, Any]] = {
    "calendar": {"years": [2015, 2044]},
    "rulebook": {"extension": {"times": 9, "notice": "1 working_days"}},
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("procedure", "1.001193"),
        ("used_at_open", 5),
        ("opened_at", "later"),
        ("name", "Khác"),
        ("stage", "signing"),
    ],
)
def test_a_changed_column_of_an_open_task(late: Walker, name: str, value: object) -> None:
    changed = {name: value_of(late, value)}
    opened = task.c.state == "open"
    broken = tamper(late, lambda tx, _: tx.execute(update(task).where(opened).values(changed)))
    assert broken.reason == "Danh sách việc đang mở khác kết quả chạy lại."
