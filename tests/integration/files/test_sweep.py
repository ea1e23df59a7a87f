"""What was sent and not taken goes after a day; what anything names stays."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from sqlalchemy import func, select

from engine import store
from engine.files import FileStore
from engine.store.file_names import NAMING
from engine.store.paper_tables import document
from engine.store.schema import metadata
from engine.store.upload_tables import upload, upload_piece
from engine.store.vault_tables import historic_result
from notifications.uploads import sweep
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office
from tests.sent import pdf
from tests.uploading import filed, sent, uploaded

LATER = datetime(2100, 1, 4, 8, tzinfo=UTC)
"""Files have the age that the wall clock gives them; this is after it."""


@pytest.fixture
def lives(office: Office, clock: FakeClock, files: FileStore) -> Lives:
    """Makes dossiers, with a store of both kinds."""
    return Lives(office, clock, files)


def test_what_nobody_took_goes(lives: Lives, files: FileStore) -> None:
    kept = filed(lives, lives.accepted(), pdf(pages=2)).file.digest
    sent(lives, "reception1", bytes(9))
    uploaded(lives, "reception1", pdf())
    uploaded(lives, "reception1", pdf(pages=2))
    assert sweep(lives.office.database, files, lives.clock) == 0
    lives.clock.set(LATER)
    assert sweep(lives.office.database, files, lives.clock) == 4
    with lives.office.database.reading() as tx:
        for table in (upload, upload_piece):
            assert tx.execute(select(func.count()).select_from(table)).scalar_one() == 0
    assert [each.digest for each in files.held()] == [kept]
    assert files.staging.forget(LATER + timedelta(days=9)) == 0


def test_every_table_that_names_files_is_asked() -> None:
    """Documents are named by their dossier's log as well, historic results by the vault."""
    for module in iter_modules(store.__path__):
        import_module(f"{store.__name__}.{module.name}")
    naming = {table.name for table in metadata.sorted_tables if "file" in table.c}
    assert naming == {table.name for table in (*NAMING, document, historic_result)}
