"""The supervisors' board, without a browser."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.api.lives import Lives
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
PAGES = (
    "/dieu-hanh",
    "/dieu-hanh/ho-so",
    "/dieu-hanh/tuan?monday=2026-07-06&figure=received",
    "/dieu-hanh/du-bao",
    "/dieu-hanh/quy-trinh",
    "/dieu-hanh/quy-trinh/9.000001",
    "/dieu-hanh/quy-trinh/9.000001?step=appraise&measure=lost&weeks=26",
    "/dieu-hanh/don-doc",
    "/dieu-hanh/giao-viec",
)


def number_on(page: str, name: str) -> int:
    """The figure of a group on the overview."""
    found = re.search(rf'</svg>{name}</span>\s*<span class="matter-number">([\d.]+)<', page)
    assert found, page
    return int(found[1].replace(".", ""))


def codes_in(page: str) -> list[str]:
    """The dossiers that a list shows."""
    return re.findall(r'class="code" href="/ho-so/([^"]+)"', page)


@pytest.mark.parametrize("path", PAGES)
def test_supervisors_only(visit: Visit, lives: Lives, path: str) -> None:
    lives.accepted()
    assert visit("leader1").get(path).status_code == 200
    assert visit("office1").get(path).status_code == 403
    answer = visit(None).get(path)
    assert (answer.status_code, answer.headers["Location"][:10]) == (303, "/dang-nhap")


def test_figures_are_those_of_the_lists(visit: Visit, lives: Lives) -> None:
    for make in (lives.accepted, lives.claimed, lives.suspended, lives.submitted, lives.late):
        make()
    lives.accepted()
    lives.submitted("portal", "H40.30.02")
    for user in ("leader1", "control", "leader2"):
        visitor = visit(user)
        page = visitor.get("/dieu-hanh").text
        links = re.findall(r'href="(/dieu-hanh/ho-so\?[^"]+)"', page)
        assert links
        names = {"Quá hạn": "overdue", "Trong hạn": "on_track", "Đang tạm dừng": "paused",
                 "Chờ tiếp nhận": "intake", "Sắp đến hạn": "near_due"}  # fmt: skip
        for name, standing in names.items():
            listed = codes_in(visitor.get(f"/dieu-hanh/ho-so?standing={standing}&limit=200").text)
            assert number_on(page, name) == len(listed)


def test_every_bar_leads_to_as_many_dossiers_as_it_says(visit: Visit, lives: Lives) -> None:
    for make in (lives.claimed, lives.supplementing, lives.late, lives.signing):
        make()
    lives.accepted()
    visitor = visit("control")
    for by in ("agency", "unit", "holder", "procedure", "stage", "pause_reason", "overdue_cause"):
        page = visitor.get(f"/dieu-hanh?by={by}").text
        bars = re.findall(r'<a href="([^"]+)"><span class="dot [^>]*></span>[^<]* <b>(\d+)', page)
        bars += re.findall(r'bar-line" href="([^"]+)">.*?<b>(\d+)</b>', page, re.DOTALL)
        assert len(bars) > 20
        for link, number in bars:
            listed = codes_in(visitor.get(unescape(link)).text)
            assert len(listed) == int(number), link


def test_nothing_of_others_leaks_in(visit: Visit, lives: Lives) -> None:
    code = lives.claimed().code
    paths = [
        "/dieu-hanh/ho-so?standing=on_track&agency=H40.30.01",
        f"/dieu-hanh/don-doc?dossier={code}",
        f"/dieu-hanh/giao-viec?dossier={code}",
        "/dieu-hanh/quy-trinh/9.000001?step=appraise",
        "/dieu-hanh/du-bao?agency=H40.30.01&within=20",
    ]
    for path in paths:
        assert code in visit("leader1").get(path).text
        answer = visit("leader2").get(path)
        assert answer.status_code == 200
        assert code not in answer.text.replace(f"dossier={code}", "")
    answer = visit("leader2").get("/dieu-hanh/quy-trinh/9.000001?agency=H40.30.01")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/dieu-hanh?by=la",
        "/dieu-hanh/ho-so?standing=la",
        "/dieu-hanh/ho-so?standing=overdue&cursor=gia",
        "/dieu-hanh/ho-so?standing=overdue&holder=99999999999999999999",
        "/dieu-hanh/tuan?monday=hom-nay&figure=received",
        "/dieu-hanh/quy-trinh/9.000001?weeks=0",
        "/dieu-hanh/quy-trinh/9.000001?measure=la",
    ],
)
def test_addresses_that_mean_nothing(visit: Visit, path: str) -> None:
    assert visit("leader1").get(path).status_code == 422


def test_what_does_not_exist(visit: Visit) -> None:
    visitor = visit("leader1")
    for path in ("/0.0", "/9.000001?drawing=la", "/9.000001/ban-ve/la"):
        assert visitor.get(f"/dieu-hanh/quy-trinh{path}").status_code == 404
    answer = visitor.get("/dieu-hanh/quy-trinh/1.001193/ban-ve/shared.receipt")
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")


def test_pressing_many(visit: Visit, lives: Lives) -> None:
    held, waiting = lives.claimed(), lives.supplementing()
    director = visit("director1")
    asked = director.get(f"/dieu-hanh/don-doc?dossier={held.code}&dossier={waiting.code}").text
    assert "Người dùng office1" in asked
    assert "Không có việc đang mở" in asked
    again = director.post("/dieu-hanh/don-doc", dossier=held.code, note=" ")
    assert again.status_code == 422
    assert "Lời đôn đốc" in again.text
    both = {"dossier": [held.code, waiting.code, "\0"], "note": "Làm ngay"}
    done = director.post("/dieu-hanh/don-doc", both).text
    assert "Đã đôn đốc: 1 hồ sơ" in done
    assert "không có việc nào đang mở" in done
    assert "vừa được đôn đốc lúc" in director.post("/dieu-hanh/don-doc", both).text


def test_giving_many_to_someone(visit: Visit, lives: Lives) -> None:
    held, free = lives.claimed(), lives.accepted()
    director = visit("director1")
    ticked = {"dossier": [held.code, free.code]}
    asked = director.get(f"/dieu-hanh/giao-viec?dossier={held.code}&dossier={free.code}").text
    assert "Người dùng second_office1" in asked
    assert "đang giữ 1 việc, 0 quá hạn" in asked
    assert "Người dùng culture1" not in asked
    assert director.post("/dieu-hanh/giao-viec", ticked).status_code == 422
    to = lives.office.actor("second_office1").id
    done = director.post("/dieu-hanh/giao-viec", {**ticked, "assignee": to}).text
    assert "Đã giao: 2 hồ sơ" in done
    assert done.count("Người dùng second_office1") == 2
    listed = director.get(f"/dieu-hanh/ho-so?standing=on_track&holder={to}").text
    assert sorted(codes_in(listed)) == sorted(ticked["dossier"])


def test_auditors_look_but_do_not_touch(visit: Visit, lives: Lives) -> None:
    code = lives.claimed().code
    auditor = visit("auditor1")
    page = auditor.get("/dieu-hanh/ho-so?standing=on_track").text
    assert code in page
    assert "Đôn đốc" not in page
    for path in ("don-doc", "giao-viec"):
        assert auditor.get(f"/dieu-hanh/{path}?dossier={code}").status_code == 403
        form = {"dossier": code, "note": "Làm ngay", "assignee": "1"}
        assert auditor.post(f"/dieu-hanh/{path}", form).status_code == 403


def test_without_the_token_of_the_page(visit: Visit, lives: Lives) -> None:
    code = lives.claimed().code
    director = visit("director1")
    form = {"csrf_token": "", "dossier": code, "note": "Làm ngay"}
    assert director.post("/dieu-hanh/don-doc", form).status_code == 400
