"""Words of people go, and the dossier still proves what happened."""

from typing import Any

import pytest
from sqlalchemy import select, update

from engine.errors import DossierUnknown, EngineError, NotPermitted
from engine.errors.letters import LetterErased
from engine.errors.retention import AlreadyMasked, FileDestroyed, NotIntact, StillRunning
from engine.model.masking import MASK, masked
from engine.queries import documents
from engine.queries.dossiers import find
from engine.queries.letter_log import letter_log
from engine.replay import replay
from engine.retention.masking import MaskDossier, mask_dossier
from engine.store.database import Database
from engine.store.letter_tables import letter
from engine.store.schema import metadata
from engine.store.tables import dossier, event_payload
from engine.verification import findings
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.integration.lives.tampering import drop_triggers
from tests.office import Office
from tests.processes.going import Way
from tests.processes.walker import Walker
from tests.processes.ways import WAYS
from tests.samples import shipped

GROUND = "Quyết định số 12/QĐ-UBND"
_BIRTHS = WAYS["1_001193"]
ENDS = [
    *(("1_001193", way) for way in {way.outcome: way for way in _BIRTHS}.values()),
    *((folder, ways[0]) for folder, ways in WAYS.items() if folder != "1_001193"),
]
BIRTH = _BIRTHS[0]


def mask(walker: Walker, who: str = "administrator1") -> None:
    with walker.office.database.transaction() as tx:
        actor = walker.office.actor(who)
        mask_dossier(tx, MaskDossier(walker.dossier.code, GROUND), actor, walker.clock())


def led(office: Office, clock: FakeClock, folder: str = "1_001193", way: Way = BIRTH) -> Walker:
    walker = Walker(office, clock, shipped(folder), phone="0912345678", email="binh@example.vn")
    walker.go(way)
    return walker


def where(database: Database, word: str) -> set[str]:
    """The tables in which a word stands anywhere."""
    with database.reading() as tx:
        return {
            table.name
            for table in metadata.sorted_tables
            if any(word in str(tuple(row)) for row in tx.execute(select(table)))
        }


@pytest.mark.parametrize(("folder", "way"), ENDS, ids=lambda each: getattr(each, "name", each))
def test_dossiers_of_every_end_are_masked_and_still_proven(
    sqlite_source: SqliteSource, clock: FakeClock, folder: str, way: Way
) -> None:
    with sqlite_source.fresh(FURNISHED) as database:
        walker = led(Office(database), clock, folder, way)
        assert where(database, "Nguyễn Văn Bình")
        mask(walker)
        assert walker.verified() is None
        for word in ("Nguyễn Văn Bình", "nguyen van binh", "042090001234", "0912345678", "binh@"):
            assert where(database, word) == set(), word


def test_the_course_stays(office: Office, clock: FakeClock) -> None:
    walker = led(office, clock)
    before = _course(office, walker)
    mask(walker)
    *after, last = _course(office, walker)
    assert after == before
    assert last == ("PERSONAL_DATA_MASKED", "delivered", ())
    with office.database.reading() as tx:
        assert [*findings(tx, walker.dossier.code)] == []
        found = find(tx, walker.dossier.code, office.actor("auditor"))
        assert found.dossier.masked_at == clock()
        row = tx.execute(select(dossier).where(dossier.c.id == found.id)).one()
        assert (row.owner_name, row.masked_at) == (MASK, clock())


def test_what_is_left_cannot_be_altered(office: Office, clock: FakeClock) -> None:
    walker = led(office, clock)
    mask(walker)
    with office.database.transaction() as tx:
        drop_triggers(tx, office.database)
        first = event_payload.c.seq == 1
        body = tx.execute(select(event_payload.c.body).where(first)).scalar_one()
        named = {**body, "owner": {**body["owner"], "name": "Trần Thị Khác"}}
        tx.execute(update(event_payload).where(first).values(body=named))
    broken = walker.verified()
    assert broken
    assert broken.seq == 1
    assert "đã bị sửa" in broken.reason


def test_files_and_letters_are_given_out_no_more(office: Office, clock: FakeClock) -> None:
    walker = led(office, clock)
    mask(walker)
    code, auditor = walker.dossier.code, office.actor("auditor1")
    with office.database.reading() as tx:
        found = find(tx, code, auditor)
        for number, document in found.dossier.documents.items():
            if document.kind == "component":
                with pytest.raises(FileDestroyed):
                    documents.file_of(tx, code, number, auditor)
            else:
                assert documents.file_of(tx, code, number, auditor)
        issued = select(letter.c.seq).where(letter.c.dossier_id == found.id)
        for seq in tx.execute(issued).scalars().all():
            with pytest.raises(LetterErased):
                letter_log(tx, found, seq)


def test_what_is_not_masked(office: Office, clock: FakeClock) -> None:
    walker = Walker(office, clock, shipped("1_001193"))
    walker.walk(BIRTH.channel, BIRTH.changes, "check_papers=accept digitise")
    _refused(walker, StillRunning)
    walker = led(office, clock)
    _refused(walker, NotPermitted, "leader1")
    _refused(walker, DossierUnknown, "administrator2")
    mask(walker)
    _refused(walker, AlreadyMasked)


def test_a_dossier_that_was_altered_is_not_masked(office: Office, clock: FakeClock) -> None:
    walker = led(office, clock)
    with office.database.transaction() as tx:
        drop_triggers(tx, office.database)
        tx.execute(update(dossier).values(outcome="refused"))
    _refused(walker, NotIntact)
    assert "event_payload" in where(office.database, "Nguyễn Văn Bình")


def test_choices_stay_and_words_go() -> None:
    said: dict[str, Any] = {
        "owner": {"name": "binh", "category": "ho_ngheo", "personal_id": "042090001234"},
        "application": {"copies": 3, "late": False, "born_on": "2020-02-29", "sex": "female"},
        "components": [{"code": "KQ.G15.000031", "note": "ok"}],
        "nothing": None,
    }
    assert masked(said) == {
        "owner": {"name": MASK, "category": "ho_ngheo", "personal_id": MASK},
        "application": {"copies": 3, "late": False, "born_on": MASK, "sex": "female"},
        "components": [{"code": "KQ.G15.000031", "note": MASK}],
        "nothing": None,
    }


def _refused(walker: Walker, error: type[EngineError], who: str = "administrator1") -> None:
    with pytest.raises(error):
        mask(walker, who)


def _course(office: Office, walker: Walker) -> list[Any]:
    with office.database.reading() as tx:
        moments = replay(tx, walker.dossier.code)
    return [(m.act.type.value, m.status.value, m.tasks) for m in moments]
