"""Several processes find what one finds, and one that is killed is told of."""

from multiprocessing import active_children

import pytest
from sqlalchemy import update

from engine.errors import DossierUnknown
from engine.files import FileStore
from engine.settings import Settings
from engine.signatures.trust import Trust
from engine.store.database import Database
from engine.store.tables import dossier
from engine.verification import all_codes, verify_all
from engine.verification.finding import Broken
from engine.verification.parallel import Done, verify_in_parallel
from tests.databases import FURNISHED, SqliteSource
from tests.integration.scheduler.lives import submit
from tests.office import Office


def _settings(database: Database) -> Settings:
    return Settings(database_url=database.engine.url.render_as_string(hide_password=False))


def test_they_find_what_one_finds(office: Office, database: Database, files: FileStore) -> None:
    code = submit(office, 5)[3].code
    with database.transaction() as tx:
        tx.execute(update(dossier).where(dossier.c.code == code).values(head="f" * 64))
    alone: list[Broken | None] = []
    verify_all(database, files, Trust(), all_codes(database), alone.append)
    together: list[Done] = []
    verify_in_parallel(_settings(database), all_codes(database), 2, together.append, batch=2)
    assert [broken for some in together for broken in some.broken] == [*filter(None, alone)]
    assert sum(len(some.codes) for some in together) == 5
    with pytest.raises(DossierUnknown, match="H40-1"):
        verify_in_parallel(_settings(database), ["H40-1"], 2, together.append)


def test_one_that_is_killed_is_told_of_and_the_rest_done(sqlite_source: SqliteSource) -> None:
    with sqlite_source.fresh(FURNISHED) as database:
        _killed(database, [each.code for each in submit(Office(database), 6)])


def _killed(database: Database, codes: list[str]) -> None:
    told: list[Done] = []

    def done(some: Done) -> None:
        told.append(some)
        if len(told) == 2:
            for process in active_children():
                process.kill()

    verify_in_parallel(_settings(database), codes, 2, done, batch=1)
    assert sorted(code for some in told for code in some.codes) == codes
    lost = [some for some in told if some.lost]
    assert 1 <= len(lost) < len(told)
    assert not any(some.broken for some in told)
