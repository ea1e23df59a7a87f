"""Dossiers that rested before spells knew the reason get the one that their log has."""

from alembic import command
from sqlalchemy import select, text

from engine.store.board_tables import spell
from engine.store.database import Database
from engine.store.migrate import config
from engine.verification import verify_dossier
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office

BEFORE, STEP = "0034", "0035"


def test_reasons_of_old_spells_come_from_the_log(database: Database, office: Office) -> None:
    lives = Lives(office, FakeClock())
    codes = [lives.suspended().code, lives.supplementing().code]
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE spell DROP COLUMN reason"))
        tx.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": BEFORE})
        command.upgrade(config(tx), STEP)
    with database.reading() as tx:
        reasons = tx.execute(select(spell.c.reason).order_by(spell.c.dossier_id)).scalars().all()
        assert reasons == ["khac", "bo_sung_ho_so"]
        assert [verify_dossier(tx, code) for code in codes] == [None, None]
