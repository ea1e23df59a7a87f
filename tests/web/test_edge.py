"""What holds for every page: who is let in, forms of our own only, errors that say what to do."""

from collections.abc import Callable

import pytest

from api.site import Site
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]


def test_without_signing_in_one_is_led_to_the_log_in_and_back(visit: Visit) -> None:
    visitor = visit(None)
    answer = visitor.get("/")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/dang-nhap?tiep=/"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_off_the_site(visit: Visit, elsewhere: str) -> None:
    visitor = visit(None)
    visitor.get("/dang-nhap")
    path = f"/dang-nhap?tiep={elsewhere}"
    answer = visitor.post(path, username="office1", password="mật khẩu của mọi người")
    assert answer.headers["Location"] == "/"


def test_a_form_of_another_site_is_refused(visit: Visit) -> None:
    visitor = visit("office1")
    visitor.csrf = "forged"
    answer = visitor.post("/dang-xuat")
    assert answer.status_code == 400
    assert "quay lại trang trước" in answer.text
    assert visitor.get("/").headers["Location"] != "/dang-nhap?tiep=/"


def test_signing_out_ends_the_session(visit: Visit) -> None:
    visitor = visit("office1")
    visitor.get("/khong-co-trang-nay")
    assert visitor.post("/dang-xuat").headers["Location"] == "/dang-nhap"
    assert visitor.get("/").headers["Location"] == "/dang-nhap?tiep=/"


def test_a_page_that_does_not_exist_says_so(visit: Visit) -> None:
    answer = visit("office1").get("/khong-co-trang-nay")
    assert answer.status_code == 404
    assert "Không có địa chỉ này" in answer.text


@pytest.mark.parametrize("name", ["css/base.css", "js/base.js", "favicon.svg"])
def test_files_are_kept_for_ever_under_a_name_that_changes_with_them(
    visit: Visit, site: Site, name: str
) -> None:
    with site.web.app_context():
        address = site.web.jinja_env.globals["asset"](name)  # type: ignore[operator]
    answer = visit(None).get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("name", ["../app.py", "%2e%2e/app.py", "css/../../app.py", "nowhere.css"])
def test_no_other_file_is_served(visit: Visit, name: str) -> None:
    assert visit(None).get(f"/static/x/{name}").status_code == 404


def test_the_language_is_remembered(visit: Visit) -> None:
    visitor = visit(None)
    visitor.get("/dang-nhap")
    visitor.post("/ngon-ngu", language="en")
    page = visitor.get("/dang-nhap").text
    assert '<html lang="en">' in page
    assert "Sign in" in page


def test_letters_lead_to_the_dossier(visit: Visit) -> None:
    answer = visit(None).get("/dossiers/H40.30.01-260706-0001")
    assert answer.headers["Location"] == "/ho-so/H40.30.01-260706-0001"


def test_news_for_the_bell_do_not_bring_back_an_older_cookie(visit: Visit) -> None:
    """A script's request may overtake a page's: what was just said to a person would be lost."""
    visitor = visit("leader1")
    visitor.get("/viec")
    assert "Set-Cookie" not in visitor.get("/chuong/moi").headers
