"""Spells in groups that do not follow from the log are found."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from engine.commands import course
from engine.commands.acting import Target
from engine.commands.pauses import PauseDossier, pause_dossier
from engine.store import timers
from engine.store.board_tables import spell
from tests.api.lives import LETTER
from tests.integration.lives.tampering import tamper
from tests.processes.walker import Walker

REASON = "Các quãng quá hạn, tạm dừng khác kết quả chạy lại."


@pytest.fixture
def rested(walker: Walker) -> Walker:
    """Someone whose dossier was overdue and is now paused: some spells have ended, one goes on."""
    walker.clock.advance(days=8)
    for _ in range(9):
        with walker.office.database.transaction() as tx:
            for due in timers.claim(tx, walker.clock(), 10):
                course.fire_timer(tx, due, walker.clock())
        walker.clock.advance(minutes=1)
    until = walker.clock() + timedelta(days=9)
    pause = PauseDossier(Target(walker.dossier.code), "khac", "Chờ văn bản", until, LETTER)
    walker.do(pause_dossier, pause, walker.someone("leader1"))
    assert walker.verified() is None
    with walker.office.database.reading() as tx:
        rows = tx.execute(select(spell).order_by(spell.c.seq)).all()
    assert [row.standing for row in rows][-2:] == ["overdue", "paused"]
    assert rows[-2].until == rows[-1].since
    assert rows[-1].until is None
    return walker


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("standing", "near_due"),
        ("competent_agency", "H40.30.02"),
        ("receiving_agency", "H40.30.02"),
    ],
)
def test_a_changed_spell(rested: Walker, name: str, value: str) -> None:
    changed = update(spell).values({name: value})
    assert tamper(rested, lambda tx, _: tx.execute(changed)).reason == REASON


@pytest.mark.parametrize("name", ["since", "until"])
def test_a_spell_at_another_time(rested: Walker, name: str) -> None:
    changed = update(spell).values({name: rested.clock() + timedelta(days=30)})
    assert tamper(rested, lambda tx, _: tx.execute(changed)).reason == REASON


def test_a_spell_that_goes_on(rested: Walker) -> None:
    changed = update(spell).values(until=None)
    assert tamper(rested, lambda tx, _: tx.execute(changed)).reason == REASON


def test_a_removed_spell(rested: Walker) -> None:
    gone = delete(spell).where(spell.c.standing == "overdue")
    assert tamper(rested, lambda tx, _: tx.execute(gone)).reason == REASON


def test_a_spell_that_there_was_not(rested: Walker) -> None:
    row = {"seq": 1, "standing": "overdue", "since": rested.clock(), "until": rested.clock(),
           "competent_agency": "H40.30.01", "receiving_agency": "H40.30.01"}  # fmt: skip
    broken = tamper(rested, lambda tx, id_: tx.execute(insert(spell).values(dossier_id=id_, **row)))
    assert broken.reason == REASON
