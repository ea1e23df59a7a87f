"""`motcua retention`."""

from sqlalchemy import select, update

from engine.store.database import Database
from engine.store.tables import dossier
from engine.wallclock import wall_clock
from tests.cli.conftest import Shell
from tests.clock import FakeClock
from tests.office import Office
from tests.processes.walker import Walker
from tests.processes.ways import WAYS
from tests.samples import shipped

_GROUND = ("--ground", "Quyết định 5/QĐ-UBND")


def test_time_is_over_and_words_go(
    office: Office, database: Database, shell: Shell, clock: FakeClock
) -> None:
    way = WAYS["1_001193"][0]
    walker = Walker(office, clock, shipped("1_001193"))
    walker.walk(way.channel, way.changes, way.steps)
    assert shell("retention", "over", "--json").json == []
    asked = ("retention", "set", "Hộ tịch", "--years", "5", "--from", "2020-01-01", *_GROUND)
    assert "Hộ tịch: 5 năm." in shell(*asked).out
    assert shell("retention", "over", "--json").json[0]["codes"] == []

    _end_ago(database, years=6)
    (over,) = shell("retention", "over", "--json").json
    assert over["codes"] == [walker.dossier.code]
    ran = shell("retention", "mask", walker.dossier.code, *_GROUND)
    assert ran.code == 1
    assert "không còn nguyên vẹn" in ran.err, "the end was put back behind the log's back"
    assert shell("retention", "mask", *_GROUND).code == 2

    forever = ("retention", "set", "Hộ tịch", "--from", "2021-01-01", *_GROUND)
    assert "vĩnh viễn" in shell(*forever).out
    assert shell("retention", "over", "--json").json == []
    assert len(shell("retention", "rules", "--json").json) == 2


def test_one_dossier_is_masked(
    office: Office, database: Database, shell: Shell, clock: FakeClock
) -> None:
    way = WAYS["1_001193"][0]
    walker = Walker(office, clock, shipped("1_001193"))
    walker.walk(way.channel, way.changes, way.steps)
    ran = shell("retention", "mask", walker.dossier.code, *_GROUND)
    assert (ran.code, ran.err) == (0, "")
    assert "Đã che 1 hồ sơ." in ran.out
    with database.reading() as tx:
        assert tx.execute(select(dossier.c.owner_name)).scalar_one() == "(đã xóa)"
    assert walker.verified() is None


def _end_ago(database: Database, years: int) -> None:
    now = wall_clock()
    with database.transaction() as tx:
        tx.execute(update(dossier).values(finished_at=now.replace(year=now.year - years, day=1)))
