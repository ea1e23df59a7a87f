"""Migrations by pages: chosen, mapped, tried, started, stopped, watched."""

import re
from collections.abc import Callable

import pytest

from engine.store import definitions
from tests.api.lives import Lives
from tests.diagrams import CODE
from tests.integration.migrations.planned import Desk
from tests.office import COMMUNE_1
from tests.web.visitor import Visitor

HERE = "/quan-tri/chuyen-phien-ban"
Visit = Callable[[str | None], Visitor]


@pytest.fixture
def desk(lives: Lives) -> Desk:
    """Two dossiers of the old version, and the new one in force."""
    lives.accepted()
    lives.signing()
    return Desk(lives)


def _plan(visitor: Visitor, **said: str) -> str:
    """Choose everything by the form that the page offers; where the answer leads."""
    listed = visitor.get(HERE).text
    (link,) = re.findall(r'href="([^"]*chuyen-phien-ban/moi[^"]*)"', listed)
    shown = visitor.get(link.replace("&amp;", "&")).text
    assert 'id="old-drawing"' in shown
    field = re.search(r'name="(buoc-\d+)" data-step="appraise"', shown)
    assert field
    version = re.findall(r'name="(tu|den)" value="([0-9a-f]{64})"', shown)
    form = {**dict(version), "ground": "QĐ 12/QĐ-UBND", field[1]: "examine", **said}
    answer = visitor.post(f"{HERE}/moi?co-quan={COMMUNE_1}", form)
    assert answer.status_code == (303 if form["ground"].strip() else 422), answer.text
    return answer.headers.get("Location", answer.text)


def test_from_the_list_to_the_last_dossier(visit: Visit, desk: Desk) -> None:
    visitor = visit("administrator1")
    where = _plan(visitor)
    assert "Chưa chạy thử" in visitor.get(where).text
    desk.work()
    tried = visitor.get(where).text
    assert "2 hồ sơ sẽ lần lượt theo phiên bản mới" in tried
    assert visitor.post(f"{where}/bat-dau", {}).status_code == 303
    assert visitor.post(f"{where}/dung", {}).status_code == 303
    assert "Bắt đầu chuyển" in visitor.get(where).text
    visitor.post(f"{where}/bat-dau", {})
    desk.work()
    done = visitor.get(where).text
    assert "Đã chuyển: 2" in done
    assert "Mọi hồ sơ đang giải quyết đều theo phiên bản đang dùng" in visitor.get(HERE).text


def test_what_cannot_be_is_said_where_it_was_typed(visit: Visit, desk: Desk) -> None:
    visitor = visit("administrator1")
    text = _plan(visitor, ground=" ")
    assert "e-ground" in text
    assert re.search(r'value="examine"[^>]* selected', text)
    where = _plan(visitor, **{"received_from": "01/01/2026", "step": "appraise"})
    desk.work()
    assert "Chuyển được: 1" in visitor.get(where).text


def test_others_see_nothing_of_it(visit: Visit, desk: Desk) -> None:
    where = _plan(visit("administrator1"))
    for user, status in (("administrator2", 404), ("auditor1", 404), ("office1", 404)):
        assert visit(user).get(where).status_code == status, user
    assert visit("office1").get(HERE).status_code == 403
    assert visit(None).get(where).status_code == 303
    with desk.database.reading() as tx:
        version = definitions.current_version(tx, CODE)
    drawing = f"{HERE}/ban-ve/{version}/procedure"
    assert "bpmn:definitions" in visit("administrator1").get(drawing).text
    assert visit("office1").get(drawing).status_code == 403
    assert visit("administrator1").get(f"{HERE}/ban-ve/{version}/none").status_code == 404
    assert visit("administrator1").get(f"{HERE}/moi?tu={'0' * 64}").status_code == 404
