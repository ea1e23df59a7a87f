"""Index 766 on the page of reports, and over REST."""

from collections.abc import Callable

from tests.api.lives import Lives
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
