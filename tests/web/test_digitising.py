"""The desk of digitising without a browser: what is ordered, shown, signed, looked up, refused."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from api.services import Services, provide
from api.site import Site
from engine.files import FileStore
from engine.model.document import Capacity
from engine.model.dossier import Dossier
from engine.store import dossiers
from tests.api.lives import Lives, place
from tests.clock import FakeClock
from tests.office import COMMUNE_1, Office
from tests.papers import paper, pdf
from tests.pki import PASSPHRASE, Authority
from tests.samples import shipped
from tests.scanned import COMPONENT, Scanner
from tests.signing_office import RECEPTION, SigningOffice
from tests.web.counter import ACCEPTANCE, Counter, declared
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
OBTAINABLE = "B"


@pytest.fixture
def scanner(lives: Lives, files: FileStore, monkeypatch: pytest.MonkeyPatch) -> Scanner:
    """Without OCR."""
    monkeypatch.setenv("PATH", "/nowhere")
    return Scanner(lives, files)


def _desk(dossier: Dossier, act: str = "") -> str:
    return f"/ho-so/{dossier.code}/so-hoa{act}"


def _order(visitor: Visitor, dossier: Dossier, **body: Any) -> TestResponse:
    visitor.get(_desk(dossier))
    headers = {"X-CSRFToken": visitor.csrf}
    return visitor.client.post(_desk(dossier), json=body, headers=headers)


def test_a_document_is_ordered_and_its_state_is_shown(
    visit: Visit, lives: Lives, scanner: Scanner
) -> None:
    dossier, visitor = lives.accepted(), visit("reception1")
    upload = scanner.bring(dossier)
    assert upload in visitor.get(_desk(dossier)).text, "it lies on the desk"
    pages = [{"upload": upload, "page": 0, "rotation": 90, "crop": None}]
    assert _order(visitor, dossier, component=COMPONENT, pages=pages).status_code == 202
    assert upload not in visitor.get(_desk(dossier)).text
    assert "Đang chờ tạo tài liệu (1 trang)" in visitor.get(_desk(dossier, "/tinh-trang")).text
    scanner.work()
    state = visitor.get(_desk(dossier, "/tinh-trang")).text
    assert "Tài liệu 1 · 1 trang" in state
    assert "không có lớp văn bản" in state
    assert "chỉ 60 điểm/inch, quy định từ 200" in state


def test_what_could_not_be_made_is_said_and_arranged_anew(
    visit: Visit, lives: Lives, scanner: Scanner
) -> None:
    dossier, visitor = lives.accepted(), visit("reception1")
    job = scanner.scan(dossier, b"\xff\xd8\xff and nothing more")
    scanner.work()
    assert "tệp ảnh bị hỏng" in visitor.get(_desk(dossier)).text
    reply = visitor.said(visitor.post(_desk(dossier, f"/{job.id}/bo")))
    assert "Đã bỏ. Các trang lại nằm trên bàn để sắp xếp." in reply.text
    assert scanner.jobs(dossier) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"component": COMPONENT, "pages": []}, 422),
        ({"component": "nothing", "pages": [{"upload": "f" * 32}]}, 422),
        ({"component": COMPONENT, "pages": [{"upload": "f" * 32}]}, 404),
        ({"component": COMPONENT, "pages": [{"upload": "../../etc/passwd"}]}, 422),
        ({"component": COMPONENT, "pages": [{"upload": "f" * 32, "rotation": 45}]}, 422),
    ],
)
def test_nonsense_is_refused_with_a_sentence(
    visit: Visit, lives: Lives, body: dict[str, Any], status: int
) -> None:
    reply = _order(visit("reception1"), lives.accepted(), **body)
    assert reply.status_code == status
    assert reply.get_json()["message"]


def test_who_brings_no_papers_has_no_desk(visit: Visit, lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    upload = scanner.bring(dossier)
    assert visit("clerk1").get(_desk(dossier)).status_code == 403
    assert visit("reception2").get(_desk(dossier)).status_code == 404
    colleague = visit("second_reception1")
    assert colleague.get(_desk(dossier, f"/anh/{upload}/1")).status_code == 404


def test_pages_are_pictures(visit: Visit, lives: Lives, scanner: Scanner) -> None:
    dossier, visitor = lives.accepted(), visit("reception1")
    upload = scanner.bring(dossier, pdf(*[paper(resolution=40)] * 2), "application/pdf", pages=2)
    number = scanner.document(dossier)
    document = f"/ho-so/{dossier.code}/tai-lieu/{number}"
    for path in (_desk(dossier, f"/anh/{upload}/2"), f"{document}/trang/1?rong=small"):
        reply = visitor.get(path)
        assert (reply.status_code, reply.mimetype) == (200, "image/webp")
        assert "private" in reply.headers["Cache-Control"]
        assert Image.open(BytesIO(reply.data)).height > 300
    assert visitor.get(_desk(dossier, f"/anh/{upload}/3")).status_code == 409
    assert visitor.get(f"{document}/trang/9").status_code == 409
    page = visitor.get(f"{document}/xem").text
    assert f'src="{document}/trang/1?' in page
    assert "Trang 1/1" in page
    assert visit("reception2").get(f"{document}/trang/1").status_code == 404


def test_what_a_database_has_is_looked_up_and_not_asked_for(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("reception1")
    visitor.get(_desk(dossier))
    path = _desk(dossier, f"/khai-thac/{OBTAINABLE}")
    assert "Hãy ghi đã tra cứu được gì" in _told(visitor, visitor.post(path, looked_up=" "))
    visitor.post(path, looked_up="Giấy chứng sinh số 12/2026")
    papers = visitor.get(f"/ho-so/{dossier.code}/giay-to").text
    assert "đã khai thác dữ liệu" in papers
    history = visitor.get(f"/ho-so/{dossier.code}/lich-su").text
    assert "Khai thác dữ liệu thay giấy tờ: Giấy chứng sinh – Cơ sở dữ liệu giấy" in history
    refused = visitor.post(_desk(dossier, f"/khai-thac/{COMPONENT}"), looked_up="abc")
    assert "Thủ tục không nêu cơ sở dữ liệu nào có «Tờ khai»" in _told(visitor, refused)


def _told(visitor: Visitor, answer: TestResponse) -> str:
    """The page to which an answer leads in the end."""
    while answer.status_code == 303:
        answer = visitor.said(answer)
    return answer.text


def test_the_papers_page_says_plainly_what_is_missing(visit: Visit, lives: Lives) -> None:
    papers = visit("reception1").get(f"/ho-so/{lives.accepted().code}/giay-to").text
    assert "Còn thiếu 1 giấy tờ phải có." in papers
    assert "Tờ khai (nộp 1 bản chính)" in papers


def test_looking_up_at_the_counter(visit: Visit, lives: Lives) -> None:
    counter = Counter(visit("reception1"), "1.001193", COMMUNE_1)
    counter.send("nguoi-nop", submitter__name="Trần Thị Hà", submitter__phone="0912345678")
    counter.send("giay-to", paper__birth_notice__looked_up="Số 12/2026, Bệnh viện tỉnh")
    counter.send_all("to-khai", declared(shipped("1_001193")))
    assert "Chưa tra cứu" in counter.text("quyet-dinh"), "of other papers"
    reply = counter.send_all("quyet-dinh", ACCEPTANCE)
    code = reply.headers["Location"].split("?")[0].rpartition("/")[2]
    with lives.office.database.reading() as tx:
        obtained = dossiers.read(tx, code).dossier.obtained["birth_notice"]
    assert obtained.source == "Cơ sở dữ liệu giấy chứng sinh điện tử"
    assert obtained.by == lives.office.actor("reception1").key


def test_asking_for_what_a_database_has_needs_a_reason_of_its_own(
    visit: Visit, lives: Lives
) -> None:
    counter = Counter(visit("reception1"), "1.001193", COMMUNE_1)
    counter.send("nguoi-nop", submitter__name="Trần Thị Hà", submitter__phone="0912345678")
    counter.send("giay-to")
    counter.send_all("to-khai", declared(shipped("1_001193")))
    demand = {
        "form.papers_sufficient": "false",
        "form.identity_verified": "true",
        "form.decision": "supplement",
        "form.supplement_items": "Giấy chứng sinh",
        "form.reason": "Chưa nộp",
        "form.supplement_components.0.component": "birth_notice",
    }
    counter.send_all("quyet-dinh", demand)
    assert "Không yêu cầu người dân nộp" in counter.text("quyet-dinh", "?kiem=1")
    reason = {"form.supplement_components.0.reason": "Tra cứu ngày 06/07/2026 không có dữ liệu"}
    reply = counter.send_all("quyet-dinh", demand | reason)
    assert "/phieu-hen/" in reply.headers["Location"]


def test_one_act_signs_all_that_was_digitised(
    site: Site, visit: Visit, office: Office, clock: FakeClock, tmp_path: Path
) -> None:
    desk = SigningOffice(office, clock, tmp_path, Authority())
    desk.deploy()
    desk.enrol(desk.authority.issue(RECEPTION), RECEPTION)
    for app in (site.rest, site.web):
        provide(app, Services(desk.house.settings, office.database, clock, desk.house.files))
    dossier, visitor = desk.received(), visit(RECEPTION)
    page = visitor.get(f"/ho-so/{dossier.code}/viec/{place(dossier)}").text
    assert "Ký số 1 tài liệu" in page
    wrong = visitor.said(
        visitor.post(_desk(dossier, "/ky"), {"document": "1", "signing.passphrase": "sai"})
    )
    assert "Đã ký số" not in wrong.text
    visitor.get(_desk(dossier))
    visitor.post(_desk(dossier, "/ky"), {"document": "1", "signing.passphrase": PASSPHRASE})
    assert "Đã ký số 1 tài liệu." in visitor.get(_desk(dossier)).text
    (document,) = Lives(office, clock).now(dossier).documents.values()
    assert document.signed_as(Capacity.RECEPTION)
