"""The page of the national portal: what is not in step, why, and telling it again."""

from collections.abc import Callable

from engine.model.portal import SyncState
from engine.store import portal_syncs
from engine.store.database import Database
from tests.api.lives import Lives
from tests.api.portal_routes import used
from tests.integration.portal.telling import states
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]


def test_what_was_refused_is_seen_and_sent_again(
    visit: Visit, lives: Lives, database: Database
) -> None:
    administrator = visit("administrator1")
    assert "Chưa đồng bộ với Cổng." in administrator.get("/quan-tri/cong").text
    used(lives)
    refused, waiting = lives.submitted().code, lives.accepted().code
    with database.transaction() as tx:
        portal_syncs.refused(tx, 1, "422 <b>MaTTHC</b>")
    page = administrator.get("/quan-tri/cong?state=failed").text
    assert refused in page
    assert waiting not in page
    assert "422 &lt;b&gt;MaTTHC&lt;/b&gt;" in page
    dossier = visit("office1").get(f"/ho-so/{refused}").text
    assert "Cổng Dịch vụ công quốc gia" in dossier
    assert "422 &lt;b&gt;" in dossier
    path = f"/quan-tri/cong/ho-so/{refused}"
    said = administrator.said(administrator.post(path, state="failed")).text
    assert "sẽ được gửi lại ngay" in said
    assert set(states(database).values()) == {SyncState.WAITING}
    every = administrator.said(administrator.post("/quan-tri/cong")).text
    assert "2 hồ sơ sẽ được gửi lại trong ít phút." in every
    assert every.count("sắp gửi lại") == 2


def test_it_is_no_page_for_others(visit: Visit) -> None:
    for path in ("/quan-tri/cong", "/quan-tri/cong/doi-chieu/1"):
        assert visit("office1").get(path).status_code == 403
    assert visit("administrator").get("/quan-tri/cong?state=la").status_code == 200


def test_a_portal_that_takes_nothing_is_an_alarm(visit: Visit, lives: Lives) -> None:
    used(lives)
    lives.submitted()
    assert "Có hồ sơ chờ Cổng" not in visit("administrator1").get("/quan-tri/cong").text
    lives.clock.advance(hours=5)
    page = visit("administrator1").get("/quan-tri/cong").text
    assert "Có hồ sơ chờ Cổng nhận quá 4 giờ" in page
