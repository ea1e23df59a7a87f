"""Index 766 on the page of reports, and over REST."""

from collections.abc import Callable

from api.site import Site
from engine.store.database import Database
from notifications.index_days import keep_index
from tests.api.client import Caller, json_of
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1
from tests.web.visitor import Visitor

ASKED = f"kind=766&agency={COMMUNE_1}&first=2026-07-01&last=2026-07-31"


def test_the_page_says_what_would_raise_it(
    visit: Callable[[str | None], Visitor], lives: Lives
) -> None:
    lives.accepted()
    leader = visit("leader1")
    page = leader.get(f"/dieu-hanh/bao-cao?{ASKED}")
    assert page.status_code == 200
    assert "Tăng điểm nhiều nhất: Dịch vụ công trực tuyến có phát sinh hồ sơ" in page.text
    assert "Điểm còn có thể thêm (điểm)" in page.text
    behind = leader.get(f"/dieu-hanh/bao-cao/ho-so?{ASKED}&row=reused&column=missing")
    assert behind.status_code == 200
    assert "H40.30.01-260706-0001" in behind.text
    file = leader.get(f"/dieu-hanh/bao-cao/tep.csv?{ASKED}")
    assert "Điểm đạt (điểm)" in file.text


def test_over_time_on_the_page_and_over_rest(
    database: Database,
    lives: Lives,
    clock: FakeClock,
    site: Site,
    visit: Callable[[str | None], Visitor],
) -> None:
    call = Caller(site.rest)
    asked = f"agency={COMMUNE_1}&from=2026-06-15&to=2026-07-14"
    page = f"/dieu-hanh/bao-cao?kind=766&agency={COMMUNE_1}&first=2026-06-15&last=2026-07-14"
    question = "Điểm đang tăng hay giảm, nhóm nào làm thay đổi?"
    assert question not in visit("leader1").get(page).text
    lives.accepted()
    for day in (7, 8):
        clock.set(f"2026-07-0{day} 02:30")
        keep_index(database, clock)
    found = json_of(call.get("leader1", f"/reports/766/days?{asked}"))["items"]
    assert [each["day"] for each in found] == ["2026-07-06", "2026-07-07"]
    assert sum(found[0]["groups"].values()) == found[0]["points"]
    leader = visit("leader1")
    shown = leader.get(page).text
    assert question in shown
    assert "không đổi từ 06/07/2026" in shown
    assert question not in leader.get(f"{page}&field=X").text
    backwards = f"agency={COMMUNE_1}&from=2026-07-14&to=2026-06-15"
    assert call.get("leader1", f"/reports/766/days?{backwards}").status_code == 422
    assert call.get("leader1", "/reports/766/days?agency=H40.30.02").status_code == 403
