"""Requests and connectors on pages: watched, answered by hand, sent again, given up."""

import re
from collections.abc import Callable

import pytest

from tests.api.conftest import SETTINGS
from tests.clock import FakeClock
from tests.connected import PERSON, Connected
from tests.office import PROVINCE, Office
from tests.web.visitor import Visitor, once_of

Visit = Callable[[str | None], Visitor]
TERMS = {
    "title": "Hệ thống hộ tịch",
    "base_url": "https://ho-tich.example.vn",
    "operations": "register_birth: Đăng ký khai sinh\n",
    "replies": "callback",
}


@pytest.fixture
def house(office: Office, clock: FakeClock) -> Connected:
    return Connected(office, clock, SETTINGS.secret_key)


def test_an_answer_on_paper_is_entered_on_a_page(visit: Visit, house: Connected) -> None:
    house.connect()
    code = house.dossier().code
    visitor = visit("office1")
    listed = visitor.get("/lien-thong").text
    assert f"/ho-so/{code}/lien-thong" in listed
    assert "Hệ thống thông tin đăng ký, quản lý hộ tịch" in listed
    tab = visitor.get(f"/ho-so/{code}/lien-thong").text
    assert "Đang chờ trả lời" in tab
    assert "Bé An" in tab
    here = f"/ho-so/{code}/lien-thong/1/tra-loi"
    form = {"outcome": "done", "form.personal_id": PERSON["personal_id"], "evidence": "15/CV-TP"}
    page = visitor.get(here)
    name = re.search(r'name="([a-z]+\.personal_id)"', page.text)
    assert name
    form = {"outcome": "done", name[1]: PERSON["personal_id"], "once": once_of(page)}
    refused = visitor.post(here, form)
    assert refused.status_code == 422
    assert PERSON["personal_id"] in refused.text
    said = visitor.said(
        visitor.post(here, {**form, "evidence": "15/CV-TP", "once": once_of(refused)})
    )
    assert "Đã ghi nhận trả lời" in said.text
    assert "Người dùng office1" in said.text
    assert house.steps(code) == ["deliver"]


def test_someone_waits_no_longer_and_nobody_else_may(visit: Visit, house: Connected) -> None:
    house.connect()
    code = house.dossier().code
    clerk = visit("clerk1")
    assert "thu-cong" not in clerk.get(f"/ho-so/{code}/lien-thong").text
    visitor = visit("leader1")
    page = visitor.get(f"/ho-so/{code}/lien-thong")
    said = visitor.said(visitor.post(f"/ho-so/{code}/lien-thong/1/gui-lai", once=once_of(page)))
    assert "gửi lại ngay" in said.text
    form = {"reason": "Bên kia mất kết nối", "once": once_of(said)}
    said = visitor.said(visitor.post(f"/ho-so/{code}/lien-thong/1/thu-cong", form))
    assert "làm thủ công" in said.text
    assert house.steps(code) == ["by_hand"]


def test_a_connector_is_registered_and_its_secret_shown_once(
    visit: Visit, house: Connected
) -> None:
    visitor = visit("administrator")
    page = visitor.get("/quan-tri/ket-noi")
    wrong = {**TERMS, "agency": PROVINCE, "name": "civil_status", "base_url": "ftp://x"}
    refused = visitor.post("/quan-tri/ket-noi", {**wrong, "once": once_of(page)})
    assert refused.status_code == 422
    assert "ftp://x" in refused.text
    good = {**TERMS, "agency": PROVINCE, "name": "civil_status", "once": once_of(refused)}
    shown = visitor.post("/quan-tri/ket-noi", good)
    secret = re.search("whsec_[A-Za-z0-9+/=]+", shown.text)
    assert secret
    here = re.search("/quan-tri/ket-noi/[0-9]+", shown.text)
    assert here
    one = visitor.get(here[0])
    assert secret[0] not in one.text
    revision = re.search('name="revision" value="([0-9]+)"', one.text)
    assert revision
    form = {**TERMS, "revision": revision[1], "once": once_of(one)}
    assert "Đã lưu" in visitor.said(visitor.post(here[0], form)).text
    assert "Đã tắt" in visitor.get("/quan-tri/ket-noi").text
    assert house.steps(house.dossier().code) == ["by_hand"]
    renewed = visitor.post(f"{here[0]}/khoa", once=once_of(visitor.get(here[0])))
    assert "whsec_" in renewed.text
    assert secret[0] not in renewed.text
