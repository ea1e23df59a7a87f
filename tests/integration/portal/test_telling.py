"""What is written for the portal, act by act, in the transaction of the act."""

from typing import Any

import orjson
import pytest
from sqlalchemy import select

from engine.commands.acting import Target
from engine.commands.pauses import PauseDossier, pause_dossier
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import OnTask, claim_task, release_task
from engine.errors import RevisionStale
from engine.model.status import Channel
from engine.portal.schema import faults
from engine.store.database import Database
from engine.store.outbox_tables import message
from tests.clock import FakeClock
from tests.integration.portal.expected import check_told, expected_code
from tests.integration.portal.telling import should_show, use_portal
from tests.office import COMMUNE_1, Office
from tests.processes.going import SIGNED
from tests.processes.walker import Walker
from tests.processes.ways import A_FEW, WAYS
from tests.samples import application, shipped

TO_SUPPLEMENT = "check_papers=accept digitise appraise=supplement send_supplement_request"
FROM_SUPPLEMENT = f"+supplement appraise=approve draft_certificate collect_fee {SIGNED}"


class Watched(Walker):
    """Checks after every act what the portal was told last."""

    seen: set[int]

    def do(self, *act: Any) -> None:
        super().do(*act)
        with self.office.database.reading() as tx:
            check_told(tx, self.dossier)
        self.seen.add(expected_code(self.dossier))


def bodies(database: Database) -> list[dict[str, Any]]:
    """Everything written for the portal, in order."""
    query = select(message.c.body).where(message.c.channel == "portal").order_by(message.c.id)
    with database.reading() as tx:
        return [orjson.loads(body) for body in tx.execute(query).scalars()]


@pytest.fixture
def walker(office: Office, database: Database, clock: FakeClock) -> Watched:
    """Someone who leads dossiers of household businesses along ways, watched."""
    use_portal(database)
    walker = Watched(office, clock, shipped("1_001612"))
    walker.seen = set()
    return walker


def test_every_code_is_told_where_it_is_due(
    office: Office, database: Database, clock: FakeClock
) -> None:
    """Together the ways of the drawn procedures come through all ten; 5, 6 and 8 are never 9."""
    use_portal(database)
    seen: set[int] = set()
    for folder in A_FEW:
        for way in {way.end: way for way in WAYS[folder]}.values():
            walker = Watched(office, clock, shipped(folder))
            walker.seen = seen
            walker.walk(way.channel, way.changes, way.steps)
    assert seen == set(range(1, 11))
    told = bodies(database)
    numbers: dict[str, list[int]] = {}
    for body in told:
        assert list(faults(body)) == []
        numbers.setdefault(body["MaHoSo"], []).append(body["SoThuTu"])
    assert all(each == list(range(1, len(each) + 1)) for each in numbers.values())


def test_an_organisation_is_known_by_its_tax_code(
    office: Office, database: Database, clock: FakeClock
) -> None:
    use_portal(database)
    procedure = shipped("1_001612")
    command = SubmitDossier(
        procedure=procedure.facts.code,
        channel=Channel.ONLINE,
        receiving_agency=COMMUNE_1,
        owner={"name": "Hợp tác xã Mai Lâm", "tax_code": "0101234567"},
        application=application(procedure),
    )
    with database.transaction() as tx:
        submit_dossier(tx, command, office.actor("portal"), clock())
    part = bodies(database)[-1]["HoSo"]
    assert (part["LoaiDoiTuong"], part["MaDoiTuong"]) == ("2", "0101234567")
    assert part["DinhDanhCHS"] == [{"LoaiDinhDanh": "2", "SoDinhDanh": "0101234567"}]


def test_a_whole_life_in_messages(walker: Watched, database: Database) -> None:
    walker.walk(Channel.POSTAL, {}, TO_SUPPLEMENT)
    walker.clock.advance(days=1)
    for step in FROM_SUPPLEMENT.split():
        walker.take(step)
    *_, last = told = bodies(database)
    part = last["HoSo"]
    assert [part[name] for name in ("MaTTHC", "MaLinhVuc", "KenhThucHien", "ChuHoSo")] == [
        *("1.001612", "HO_KINH_DOANH", "3", "Nguyễn Văn Bình"),
    ]
    assert part["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": "042090001234"}]
    assert part["NgayNopHoSo"] == "20260706080000"
    assert part["NgayTra"] is not None
    assert part["NgayTuChoi"] is None
    [supplement] = part["DanhSachHoSoBoSung"]
    assert supplement["NoiDung"].startswith("Bản sao có chứng thực")
    assert supplement["NguoiYeuCau"] == "Người dùng reception1"
    assert supplement["NgayTiepNhanBoSung"] > supplement["NgayBoSung"]
    assert supplement["NgayHenTraMoi"] > supplement["NgayHenTraTruoc"]
    [result] = part["DanhSachGiayToKetQua"]
    assert result["MaGiayToKetQua"] == "KQ.G12.001041"
    assert result["DuongDanTepTinKetQua"].endswith("/file")
    assert part["TaiLieuNop"][0]["DuocSoHoa"] == "1"
    steps = [step for body in told for step in body["TienTrinh"]]
    assert steps == should_show(database, last["MaHoSo"])["TienTrinh"]
    assert [step["TrangThai"] for step in steps[:3]] == ["2", "4", "4"]
    assert steps[0]["PhongBanXuLy"] == "Ủy ban nhân dân xã số 1"
    assert steps[0]["ChucDanh"] == "Bộ phận Một cửa"


def test_what_does_not_matter_is_not_told(walker: Watched, database: Database) -> None:
    walker.submit(Channel.DIRECT, {}, "check_papers=accept")
    before = len(bodies(database))
    task = next(iter(walker.dossier.tasks.values()))
    worker = walker.worker_for(task)
    walker.do(claim_task, OnTask(walker.target, task.place), worker)
    walker.do(release_task, OnTask(walker.target, task.place), worker)
    assert len(bodies(database)) == before == 2


def test_a_pause_that_someone_orders(walker: Watched) -> None:
    walker.submit(Channel.DIRECT, {}, "check_papers=accept")
    command = PauseDossier(walker.target, "kiem_tra_thuc_te_do_dac")
    walker.do(pause_dossier, command, walker.someone("leader1"))
    assert expected_code(walker.dossier) == 4


def test_nothing_is_written_where_the_portal_is_not_used(
    office: Office, database: Database, clock: FakeClock
) -> None:
    walker = Walker(office, clock, shipped("1_001193"))
    walker.submit(Channel.DIRECT, {}, "check_papers=accept")
    assert bodies(database) == []


def test_a_refused_act_tells_nothing(walker: Watched, database: Database) -> None:
    walker.submit(Channel.DIRECT, {}, "check_papers=accept")
    before = bodies(database)
    stale = PauseDossier(Target(walker.dossier.code, 1), "kiem_tra_thuc_te_do_dac")
    with pytest.raises(RevisionStale):
        walker.do(pause_dossier, stale, walker.someone("leader1"))
    assert bodies(database) == before
