"""The pages of a dossier: what each shows, and who may see it."""

from collections.abc import Callable

import pytest

from engine.model.dossier import Dossier
from tests.api.lives import Lives
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
TABS = ("", "/giay-to", "/phi", "/thoi-han", "/lich-su")
STATES = ("submitted", "accepted", "supplementing", "obliged", "suspended", "asked", "late")


def _path(dossier: Dossier, tab: str = "") -> str:
    return f"/ho-so/{dossier.code}{tab}"


@pytest.mark.parametrize("state", STATES)
def test_every_tab_in_every_state(visit: Visit, lives: Lives, state: str) -> None:
    dossier = getattr(lives, state)()
    leader = visit("leader1")
    for tab in TABS:
        page = leader.get(_path(dossier, tab))
        assert page.status_code == 200
        assert "Nguyễn Văn Bình" in page.text
        assert dossier.code in page.text


def test_a_dossier_of_others_is_not_found(visit: Visit, lives: Lives) -> None:
    dossier = lives.accepted()
    for tab in (*TABS, "/so-do/procedure", "/tam-dung"):
        assert visit("leader2").get(_path(dossier, tab)).status_code == 404


def test_nobody_looks_without_signing_in(visit: Visit, lives: Lives) -> None:
    answer = visit(None).get(_path(lives.accepted()))
    assert answer.headers["Location"].startswith("/dang-nhap")


def test_the_one_button_is_what_is_to_be_done(visit: Visit, lives: Lives) -> None:
    dossier = lives.accepted()
    assert 'class="button primary"' not in visit("auditor1").get(_path(dossier)).text
    page = visit("office1").get(_path(dossier)).text
    assert page.count('class="button primary"') == 1
    assert f'href="/ho-so/{dossier.code}/viec/{next(iter(dossier.tasks))}"' in page


def test_the_history_tells_what_was_done_and_what_came_of_it(visit: Visit, lives: Lives) -> None:
    page = visit("office1").get(_path(lives.signing(), "/lich-su")).text
    assert "Hoàn thành việc: Việc appraise – Đồng ý" in page
    assert "Người dùng office1" in page
    assert "Mở việc: Việc sign" in page


def test_the_due_date_explains_itself(visit: Visit, lives: Lives) -> None:
    page = visit("office1").get(_path(lives.accepted(), "/thoi-han")).text
    assert "Ngày bắt đầu, không tính" in page


def test_the_diagram_is_that_of_the_dossier(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.signing(), visit("office1")
    page = visitor.get(_path(dossier)).text
    assert f'data-diagram="/ho-so/{dossier.code}/so-do/procedure"' in page
    assert "&#34;current&#34;: [&#34;sign&#34;]" in page
    answer = visitor.get(_path(dossier, "/so-do/procedure"))
    assert answer.mimetype == "application/xml"
    assert visitor.get(_path(dossier, "/so-do/facts.toml")).status_code == 404


def test_what_the_citizen_wrote_is_text_and_nothing_else(visit: Visit, lives: Lives) -> None:
    hostile = '<script>alert("x")</script>'
    dossier = lives.complete(lives.accepted(), "office1", decision="approve", note=hostile)
    page = visit("office1").get(_path(dossier, "/lich-su")).text
    assert hostile not in page
    assert "&lt;script&gt;" in page
