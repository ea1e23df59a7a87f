"""What reports count and does not follow from the log is found."""

from datetime import date

import pytest
from sqlalchemy import delete, insert, select, update

from engine.store.report_tables import report_state as table
from tests.integration.lives.tampering import tamper
from tests.processes.walker import Walker

REASON = "Số liệu để lập báo cáo khác kết quả chạy lại."
LONG_AGO = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("due_on", LONG_AGO),
        ("received_on", LONG_AGO),
        ("ended_on", LONG_AGO),
        ("pause", "khac"),
        ("procedure", "9.000009"),
        ("competent_agency", "H40.30.02"),
        ("channel", "online"),
        ("span", 3),
    ],
)
def test_a_changed_state(walker: Walker, name: str, value: object) -> None:
    changed = update(table).values({name: value})
    assert tamper(walker, lambda tx, _: tx.execute(changed)).reason == REASON


def test_a_removed_state(walker: Walker) -> None:
    assert tamper(walker, lambda tx, _: tx.execute(delete(table))).reason == REASON


def test_a_state_that_there_was_not(walker: Walker) -> None:
    with walker.office.database.reading() as tx:
        row = tx.execute(select(table)).first()
    assert row is not None
    more = {**row._mapping, "since_on": LONG_AGO, "until_on": row.since_on, "span": 12}
    assert tamper(walker, lambda tx, _: tx.execute(insert(table).values(more))).reason == REASON
