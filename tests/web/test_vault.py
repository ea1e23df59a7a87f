"""The vault on pages: seen, opened, taken over; figures with what they are of."""

import re
from collections.abc import Callable

import pytest

from api.web.pages.board.papers import _share
from tests.api.lives import Lives
from tests.api.vault_routes import papers_of
from tests.vaulted import HOA, Papers, signed_file
from tests.web.visitor import Visitor, once_of

Visit = Callable[[str | None], Visitor]


@pytest.fixture
def here(lives: Lives) -> Papers:
    return papers_of(lives)


def test_a_paper_is_taken_over(visit: Visit, here: Papers) -> None:
    here.scan(here.submit(), "PROOF")
    code = here.submit(components=("PROOF",))
    visitor = visit("reception1")
    assert f"/ho-so/{code}/kho" in visitor.get(f"/ho-so/{code}/giay-to").text
    page = visitor.get(f"/ho-so/{code}/kho")
    assert "Giấy chứng minh" in page.text
    assert "Còn hiệu lực" in page.text
    item = here.shelf(code)[0].item
    assert visitor.get(f"/ho-so/{code}/kho/{item}/tep").data == signed_file()
    form = {"component": "PROOF", "once": once_of(page)}
    unclear = visitor.post(f"/ho-so/{code}/kho/{item}", form)
    assert unclear.status_code == 409
    assert 'name="confirmed"' in unclear.text
    form["confirmed"] = "on"
    said = visitor.said(visitor.post(f"/ho-so/{code}/kho/{item}", form))
    assert "Đã lấy giấy tờ từ kho vào hồ sơ, thành tài liệu số 1." in said.text
    assert "Hồ sơ đã lấy" in said.text
    again = visitor.said(visitor.post(f"/ho-so/{code}/kho/{item}", form))
    assert "Không cần lấy lần nữa" in again.text
    here.complete(code, "reception")


def test_a_leader_withdraws_a_paper(visit: Visit, here: Papers) -> None:
    code = here.finished()
    leader, page = visit("leader1"), f"/ho-so/{code}/tai-lieu"
    shown = leader.get(page)
    number = re.search(r"/tai-lieu/(\d+)/thu-hoi", shown.text)
    assert number
    assert "/thu-hoi" not in visit("office1").get(page).text
    address = f"{page}/{number[1]}/thu-hoi"
    assert "ít nhất 5 ký tự" in leader.said(leader.post(address, reason="sai")).text
    said = leader.said(leader.post(address, reason="Cấp nhầm người"))
    assert "kho không cho dùng nữa" in said.text
    assert "Đã thu hồi" in said.text
    assert address not in said.text


def test_what_cannot_be_taken_is_said(visit: Visit, here: Papers) -> None:
    visitor = visit("reception1")
    nobody = visitor.get(f"/ho-so/{here.submit(None)}/kho").text
    assert "không ghi số định danh" in nobody
    code = here.submit(HOA)
    assert "Kho chưa có giấy tờ nào" in visitor.get(f"/ho-so/{code}/kho").text
    said = visitor.said(visitor.post(f"/ho-so/{code}/kho/99", {}))
    assert "không có giấy tờ số 99" in said.text


def test_others_do_not_look(visit: Visit, here: Papers) -> None:
    code = here.submit()
    for person, status in (("leader1", 403), ("auditor1", 403), ("reception2", 404)):
        assert visit(person).get(f"/ho-so/{code}/kho").status_code == status
    assert "/kho" not in visit("leader1").get(f"/ho-so/{code}/giay-to").text


def test_figures_lead_to_dossiers(visit: Visit, here: Papers) -> None:
    first = here.finished()
    code = here.submit(components=("PROOF",))
    here.take(code, here.shelf(code)[1], "PROOF")
    here.submit()
    visitor = visit("control")
    page = visitor.get("/dieu-hanh/giay-to")
    assert "66,67 %" in page.text
    assert "33,33 %" in page.text
    listed = visitor.get("/dieu-hanh/giay-to/ho-so?figure=reusing")
    assert code in listed.text
    assert first not in listed.text
    for by in ("unit", "procedure"):
        assert visitor.get(f"/dieu-hanh/giay-to?by={by}").status_code == 200
    empty = visitor.get("/dieu-hanh/giay-to?first=2020-01-01&last=2020-12-31")
    assert "—" in empty.text
    assert visitor.get("/dieu-hanh/giay-to?first=hom-nay").status_code == 422


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "—"), (0, 3, "0,00 %"), (1, 3, "33,33 %"), (2, 3, "66,67 %"), (3, 3, "100,00 %"),
     (99_999, 100_000, "99,99 %"), (1, 100_000, "0,01 %"), (1, 8, "12,50 %")],
)  # fmt: skip
def test_a_share_is_never_rounded_to_all_or_nothing(part: int, whole: int, said: str) -> None:
    assert _share(part, whole) == said
