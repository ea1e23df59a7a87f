"""Petitions on pages: written without an account, dealt with on the board, read by everybody."""

import re
from collections.abc import Callable

from engine.model.slip_link import slip_path
from engine.store.database import Database
from notifications.petitions import watch_petitions
from tests.api.conftest import SETTINGS
from tests.api.lives import Lives
from tests.api.petition_routes import SENDER, TEXT
from tests.clock import FakeClock
from tests.office import COMMUNE_1
from tests.web.visitor import Visitor, once_of

Visit = Callable[[str | None], Visitor]
BOX = {"kind": "conduct", "agency": COMMUNE_1, "text": TEXT, "name": SENDER.name}


def test_a_petition_goes_its_way(
    visit: Visit, lives: Lives, database: Database, clock: FakeClock
) -> None:
    citizen, code = visit(None), lives.claimed().code
    slip = citizen.get(slip_path(SETTINGS.secret_key, code)).text
    link = re.search(r'href="(/phan-anh\?[^"]+)"', slip)
    assert link
    form = citizen.get(link[1].replace("&amp;", "&")).text
    assert f'<option value="{COMMUNE_1}" selected>' in form
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key
    sent = {**BOX, "dossier": code, "key": key[1]}
    refused = citizen.post("/phan-anh", sent)
    assert refused.status_code == 422
    assert "số điện thoại hoặc thư điện tử" in refused.text
    assert TEXT in refused.text
    own = citizen.said(citizen.post("/phan-anh", sent, phone=SENDER.phone))
    assert "Mới tiếp nhận" in own.text
    found = re.search(r"PA-26-\d{5}", own.text)
    assert found
    petition = found[0]

    clock.set("2026-07-08 17:30")
    assert watch_petitions(database, clock) == 1
    leader, here = visit("control1"), f"/dieu-hanh/phan-anh/{petition}"
    assert petition in leader.get("/chuong/moi").text
    assert TEXT in leader.get("/dieu-hanh/phan-anh").text
    assert here in leader.get(f"/ho-so/{code}").text
    assert "Quá hạn" in leader.get("/dieu-hanh").text
    page = leader.get(here)
    assert SENDER.phone in page.text
    handler = re.search(r'<option value="(\d+)"[^>]*>Người dùng control1', page.text)
    assert handler
    form_of = {"revision": "2", "once": once_of(page), "handler": handler[1]}
    page = leader.said(leader.post(f"{here}/giao", form_of))
    answer = {"revision": "2", "once": once_of(page), "text": "Đã nhắc nhở cán bộ."}
    stale = leader.post(f"{here}/tra-loi", answer)
    assert stale.status_code == 412
    assert answer["text"] in stale.text
    page = leader.said(
        leader.post(f"{here}/tra-loi", {**answer, "revision": "3", "once": once_of(stale)})
    )
    public = {"question": f"Của {SENDER.name}", "answer": "Đã nhắc nhở.", "once": once_of(page)}
    refused = leader.post(f"{here}/cong-khai", public)
    assert "còn thông tin cá nhân: họ tên" in refused.text
    public |= {"question": "Bị hẹn nhiều lần", "once": once_of(refused)}
    assert "Đã công khai" in leader.said(leader.post(f"{here}/cong-khai", public)).text
    assert "Bị hẹn nhiều lần" in citizen.get("/phan-anh/cong-khai").text

    claim = {"code": petition, "factor": SENDER.phone}
    assert citizen.post("/phan-anh/tra-cuu", {**claim, "factor": "0900000000"}).status_code == 404
    own = citizen.post("/phan-anh/tra-cuu", claim)
    mine = re.search(r'name="key" value="([^"]+)"', own.text)
    assert mine
    rated = {"code": petition, "key": mine[1], "stars": "2", "comment": "Chậm"}
    assert "2/5" in citizen.said(citizen.post("/phan-anh/danh-gia", rated)).text
    assert "Chậm" in leader.get(here).text


def test_staff_take_down_what_came_by_telephone(visit: Visit, lives: Lives) -> None:
    desk = visit("reception1")
    page = desk.get("/tiep-nhan/phan-anh")
    said = {**BOX, "name": "", "source": "hotline", "external": "X", "once": once_of(page)}
    refused = desk.post("/tiep-nhan/phan-anh", said)
    assert (refused.status_code, TEXT in refused.text) == (422, True)
    kept = desk.post("/tiep-nhan/phan-anh", {**said, "external": "", "once": once_of(refused)})
    assert "PA-26-00001" in desk.said(kept).text
    assert visit("office1").get("/tiep-nhan/phan-anh").status_code == 403
    assert desk.get("/dieu-hanh/phan-anh/PA-26-00001").status_code == 404
