"""Results and refusals of the shipped procedures are drawn up from what is known of a dossier."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from bpmn.steps import Paper
from engine.commands.drafting import keep
from engine.errors.documents import NotDraftedHere, NoTemplate
from engine.files import FileStore
from engine.model.status import Channel
from engine.printing.press import Press
from engine.queries import dossiers
from engine.queries.drafting import Asked, Material, material
from engine.signatures.places import DATE, NUMBER, places
from engine.signatures.reading import reader_of
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.office import Office
from tests.processes.walker import Walker
from tests.samples import shipped
from tests.signing import text_of

_APPROVED = "check_papers=accept digitise appraise=approve"
WAYS = {
    "1_000656": _APPROVED,
    "1_000894": _APPROVED,
    "1_001193": _APPROVED,
    "1_001612": _APPROVED,
    "1_001731": _APPROVED,
    "1_004873": _APPROVED,
    "1_013225": "check_papers=accept digitise review=approve inspect_site opinion_planning"
    " opinion_fire appraise=approve",
    "2_000635": _APPROVED,
    "2_000815": "check_papers=accept appraise=approve",
    "2_000884": "check_papers=accept appraise=approve",
    "2_000986": _APPROVED,
    "1_013978": "check_papers=accept digitise appraise=approve survey confirm_status"
    " ~public_posting",
}
OWNERS = {
    "1_000656": "Nguyễn Văn Lộc",
    "1_000894": "Trần Thị Thu Hà",
    "1_001193": "Nguyễn Minh Khôi",
    "1_001731": "10.000.000",
    "1_004873": "Chưa đăng ký kết hôn với ai",
    "1_013225": "Nguyễn Văn Bình",
    "2_000635": "Nguyễn Minh Khôi",
    "2_000815": "Bằng tốt nghiệp đại học",
    "2_000884": "Giấy ủy quyền nhận hộ lương hưu",
    "2_000986": "Nguyễn Minh Khôi",
    "1_001612": "Hộ kinh doanh Bếp Ngọc Ánh",
    "1_013978": "Hoàng Đình Lâm",
}
APPRAISED = "check_papers=accept digitise"


@pytest.fixture(scope="module")
def office(sqlite_source: SqliteSource) -> Any:
    with sqlite_source.fresh(FURNISHED) as database:
        yield Office(database)


def drafted(office: Office, folder: str, way: str, asked: dict[str, Any]) -> Material:
    walker = Walker(office, FakeClock(), shipped(folder))
    walker.walk(Channel.DIRECT, {}, way)
    (task,) = walker.dossier.tasks.values()
    paper = asked.get("paper", Paper.RESULT)
    entered = walker.form(f"{task.step}=refuse" if paper is Paper.REFUSAL else task.step)
    with office.database.reading() as tx:
        found = dossiers.find(tx, walker.dossier.code, office.actor("reception1"))
        entered = {**entered, **asked.get("entered", {})}
        return material(tx, found, Asked(task.place, paper, entered, asked.get("signer")))


@pytest.mark.parametrize("folder", WAYS)
def test_every_procedure_has_its_result(
    office: Office, press: Press, files: FileStore, tmp_path: Path, folder: str
) -> None:
    signer = office.actor("leader1").id
    made = drafted(office, folder, WAYS[folder], {"signer": signer})
    pdf = press.draw(made.source, made.values)
    read = text_of(pdf, tmp_path)
    assert OWNERS[folder].upper() in read.upper()
    assert "Người dùng leader1" in read
    assert "Độc lập - Tự do - Hạnh phúc" in read
    assert "……" not in read
    kept = keep(pdf, files)
    assert (kept.pages, kept.media_type) == (1, "application/pdf")
    with pikepdf.open(BytesIO(files.read(kept.digest))) as opened:
        names = {str(field.T) for field in opened.Root.AcroForm.Fields}
    assert names == {NUMBER, DATE, "NguoiCoThamQuyen", "CoQuan"}


def test_what_is_signed_has_room_where_the_paper_says(office: Office, press: Press) -> None:
    made = drafted(office, "1_001193", WAYS["1_001193"], {})
    found = places(reader_of(press.draw(made.source, made.values)), {})
    left, right = found[NUMBER], found[DATE]
    assert left.top == pytest.approx(right.top, abs=20)
    assert found["NguoiCoThamQuyen"].bottom > 30
    assert found["CoQuan"].left > 0


def test_a_refusal_says_why(office: Office, press: Press, tmp_path: Path) -> None:
    entered = {"reason": "Giấy <b>chứng sinh</b> không hợp lệ", "legal_ground": "Điều 15 & 16"}
    asked = {"paper": Paper.REFUSAL, "entered": entered}
    made = drafted(office, "1_001193", APPRAISED, asked)
    read = " ".join(text_of(press.draw(made.source, made.values), tmp_path).split())
    assert "Giấy <b>chứng sinh</b> không hợp lệ" in read
    assert "Căn cứ pháp lý: Điều 15 & 16" in read


def test_nothing_is_drawn_up_elsewhere(office: Office) -> None:
    with pytest.raises(NotDraftedHere):
        drafted(office, "1_001193", APPRAISED, {})


def test_an_unfinished_form_leaves_dots(office: Office, press: Press, tmp_path: Path) -> None:
    blank = {"register_number": None, "register_volume": None}
    made = drafted(office, "1_001193", WAYS["1_001193"], {"entered": blank})
    assert "quyển ……, số ……" in text_of(press.draw(made.source, made.values), tmp_path)


def test_without_a_template_one_uploads(office: Office) -> None:
    bare = shipped("1_001193")
    templates = {k: v for k, v in bare.templates.items() if k != Paper.RESULT}
    assert not type(bare)(bare.sources, bare.facts, bare.diagram, bare.forms, templates).draws_up(
        Paper.RESULT
    )
    assert "tải lên" in NoTemplate(name="Kết quả").message
