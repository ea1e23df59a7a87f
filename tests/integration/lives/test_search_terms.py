"""What dossiers are found by follows from what was handed in, and goes with it."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from engine.store.database import Database
from engine.store.inbox_tables import search_term
from engine.store.tables import event_payload
from tests.integration.lives.tampering import Tampering, tamper
from tests.processes.walker import Walker


def _terms(database: Database, *where: object) -> set[tuple[object, ...]]:
    with database.reading() as tx:
        return {tuple(row) for row in tx.execute(select(search_term).where(*where))}  # type: ignore[arg-type]


def test_erasing_what_was_said_leaves_the_code_alone(walker: Walker, database: Database) -> None:
    assert _terms(database, search_term.c.personal)
    public = _terms(database, ~search_term.c.personal)
    with database.transaction() as tx:
        tx.execute(delete(event_payload).where(event_payload.c.seq > 1))
    assert _terms(database, search_term.c.personal)
    with database.transaction() as tx:
        tx.execute(delete(event_payload))
    assert _terms(database) == public
    assert public


def _made_up(tx: Connection, id_: int) -> None:
    agency = tx.execute(select(search_term.c.agency)).scalars().first()
    row = {"dossier_id": id_, "rank": -id_, "agency": agency, "personal": True}
    tx.execute(insert(search_term).values(row | {"term": "ai do"}))


@pytest.mark.parametrize(
    "tampering",
    [
        lambda tx, _: tx.execute(delete(search_term)),
        lambda tx, _: tx.execute(update(search_term).values(personal=False)),
        lambda tx, _: tx.execute(update(search_term).values(agency="H40.30.02")),
        lambda tx, _: tx.execute(update(search_term).values(rank=0)),
        _made_up,
    ],
    ids=["none", "for good", "elsewhere", "first", "made up"],
)
def test_verification_finds_other_terms(walker: Walker, tampering: Tampering) -> None:
    assert "Từ khóa tìm kiếm" in tamper(walker, tampering).reason


def _step() -> ModuleType:
    (path,) = Path("migrations/versions").glob("*_search_and_saved_views.py")
    spec = spec_from_file_location("step", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_migration_finds_what_lies_there_already(walker: Walker, database: Database) -> None:
    before = _terms(database)
    with database.transaction() as tx:
        tx.execute(delete(search_term))
        _step()._carry_over(tx)
    assert _terms(database) == before
