"""Letters, the register and templates on pages."""

from collections.abc import Callable
from html import unescape

import pytest

from engine.model.dossier import Dossier
from engine.printing.templates import shipped
from tests.api.lives import Lives
from tests.office import COMMUNE_1
from tests.reading import text_of
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
TEMPLATE = "/quan-tri/mau-giay-to/appointment"


@pytest.fixture
def received(lives: Lives) -> Dossier:
    """A dossier with its slip."""
    return lives.accepted()


def test_a_letter_is_shown_as_it_is_on_paper(visit: Visit, received: Dossier) -> None:
    visitor = visit("reception1")
    page = visitor.said(visitor.get(f"/phieu-hen/{received.code}"))
    path = f"/phieu-hen/{received.code}/{received.seq}"
    assert page.text.count(f"{path}/trang/") == 2
    picture = visitor.get(f"{path}/trang/1")
    assert (picture.mimetype, picture.status_code) == ("image/webp", 200)
    assert visitor.get(f"{path}/trang/3").status_code == 409
    file = visitor.get(f"{path}/tep")
    assert "Liên: Giao" in text_of(file.data)
    assert "inline" in file.headers["Content-Disposition"]


def test_the_dossier_lists_its_letters(visit: Visit, received: Dossier) -> None:
    page = unescape(visit("office1").get(f"/ho-so/{received.code}/giay-to").text)
    assert f"/phieu-hen/{received.code}/{received.seq}" in page
    assert f"/ho-so/{received.code}/phieu-kiem-soat" in page


def test_a_refusal_is_put_up_for_signature(visit: Visit, lives: Lives) -> None:
    dossier = lives.submitted()
    refused = lives.complete(dossier, "reception1", decision="refuse", reason="Sai nơi nộp")
    path = f"/phieu-hen/{dossier.code}/{refused.seq}"
    visitor = visit("reception1")
    assert "Đưa vào hồ sơ để ký" in unescape(visitor.get(path).text)
    page = unescape(visitor.said(visitor.post(f"{path}/ky")).text)
    assert "chờ ký" in page
    assert "Đưa vào hồ sơ để ký" not in page


def test_the_register(visit: Visit, received: Dossier) -> None:
    visitor = visit("clerk1")
    page = unescape(visitor.get("/so-theo-doi").text)
    assert received.code in page
    wrong = "/so-theo-doi?since=01/01/2026&until=01/01/2025"
    assert visitor.get(wrong).status_code == 422
    assert "Nguyễn Văn Bình" in text_of(visitor.get("/so-theo-doi/pdf").data)
    assert received.code in visitor.get("/so-theo-doi/csv").text
    assert visit("office1").get("/so-theo-doi").status_code == 403


def test_a_template_is_seen_before_it_is_in_force(visit: Visit, lives: Lives) -> None:
    visitor = visit("administrator1")
    assert "mẫu có sẵn" in unescape(visitor.get(f"/quan-tri/mau-giay-to?co-quan={COMMUNE_1}").text)
    visitor.get(TEMPLATE)
    body = shipped("appointment").replace("Nội dung yêu cầu giải quyết", "Về việc")
    form = {"body": body, "effective_from": "06/07/2026", "reason": "Quyết định 12/QĐ-UBND"}
    unseen = visitor.post(TEMPLATE, {**form, "act": "publish"})
    assert "data:image/webp" in unseen.text
    assert "mẫu riêng" not in unescape(visitor.get(TEMPLATE).text)
    seen = unseen.text.split('name="seen" value="')[1].split('"')[0]
    page = visitor.said(visitor.post(TEMPLATE, {**form, "act": "publish", "seen": seen}))
    assert "mẫu riêng" in unescape(page.text)
    back = visitor.post(TEMPLATE, {**form, "act": "product"})
    assert "mẫu có sẵn" in unescape(visitor.said(back).text)


def test_a_faulty_template_names_its_line(visit: Visit) -> None:
    visitor = visit("administrator1")
    visitor.get(TEMPLATE)
    form = {"body": "<p>\n{{ ''.__class__ }}</p>", "act": "trial"}
    answer = visitor.post(TEMPLATE, form)
    assert answer.status_code == 422
    assert "ở dòng 2" in unescape(answer.text)


def test_templates_are_for_administrators(visit: Visit) -> None:
    assert visit("leader1").get(TEMPLATE).status_code == 403
