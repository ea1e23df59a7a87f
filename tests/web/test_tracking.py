"""The citizen's pages: nobody signs in, nothing wrong tells anything, nothing secret is shown."""

from collections.abc import Callable
from typing import Any

import pytest

from api.limits import LIMITS
from engine.model.slip_link import slip_key, slip_path
from tests.clock import FakeClock
from tests.integration.tracking.people import OWNER, SECRET, SUBMITTER, led
from tests.office import Office
from tests.processes.walker import Walker
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
DELIVERED = "digitise appraise=approve enter_register sign=approve seal deliver"


@pytest.fixture
def walker(office: Office, clock: FakeClock) -> Walker:
    """A birth registration in work."""
    return led(office, clock, "digitise", late_registration=False)


@pytest.fixture
def delivered(office: Office, clock: FakeClock) -> Walker:
    """A birth registration at its end."""
    return led(office, clock, DELIVERED, late_registration=False)


@pytest.fixture
def citizen(visit: Visit) -> Visitor:
    """Someone with the form open."""
    visitor = visit(None)
    assert visitor.get("/tra-cuu").status_code == 200
    return visitor


def test_by_code_and_number(citizen: Visitor, walker: Walker) -> None:
    answer = citizen.post("/tra-cuu", code=walker.dossier.code.lower(), factor="+84 912 345 678")
    assert answer.status_code == 200
    assert "Đang giải quyết" in answer.text
    assert "Bạn chưa phải làm gì thêm." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_by_slip(visit: Visit, walker: Walker) -> None:
    answer = visit(None).get(slip_path(SECRET, walker.dossier.code))
    assert answer.status_code == 200
    assert walker.dossier.code in answer.text


def test_nothing_personal_stands_on_the_page(visit: Visit, walker: Walker) -> None:
    page = visit(None).get(slip_path(SECRET, walker.dossier.code)).text
    said = [*OWNER.values(), *SUBMITTER.values(), "0912345678"]
    assert [value for value in said if value in page] == []


def test_a_wrong_slip(visit: Visit, walker: Walker) -> None:
    other = slip_key(SECRET, "H40.30.01-260706-9999")
    for path in ("", "?k=", f"?k={other}", "?k=%00", f"?k={'k' * 5000}"):
        answer = visit(None).get(f"/tra-cuu/{walker.dossier.code}{path}")
        assert answer.status_code == 404
        assert "Liên kết không đúng" in answer.text
        assert "Đang giải quyết" not in answer.text


def test_wrong_code_and_wrong_number_look_alike(citizen: Visitor, walker: Walker) -> None:
    code = walker.dossier.code
    pages = [
        citizen.post("/tra-cuu", code=asked, factor="0900000000").text.replace(asked, "…")
        for asked in (code, code[:-1] + "9")
    ]
    assert "Không tìm thấy hồ sơ" in pages[0]
    assert pages[0] == pages[1]


def test_what_was_typed_stays(citizen: Visitor, walker: Walker) -> None:
    answer = citizen.post("/tra-cuu", code=walker.dossier.code, factor="")
    assert answer.status_code == 422
    assert f'value="{walker.dossier.code}"' in answer.text


def test_too_many_tries(citizen: Visitor, walker: Walker) -> None:
    code = walker.dossier.code
    for _ in range(LIMITS["tracking_pair"].tries):
        assert citizen.post("/tra-cuu", code=code, factor="0900000000").status_code == 422
    answer = citizen.post("/tra-cuu", code=code, factor="0912345678")
    assert answer.status_code == 429
    assert "quét mã QR" in answer.text
    assert citizen.get(slip_path(SECRET, code)).status_code == 200


@pytest.mark.parametrize(
    "code", ["", "<script>alert(1)</script>", "A" * 500, "'; DROP TABLE", "\0"]
)
def test_hostile_input(citizen: Visitor, walker: Walker, code: str) -> None:
    answer = citizen.post("/tra-cuu", code=code, factor="<b>")
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text


def test_rating(visit: Visit, delivered: Walker, clock: FakeClock) -> None:
    citizen, code = visit(None), delivered.dossier.code
    citizen.get(slip_path(SECRET, code))
    sent: dict[str, Any] = {"code": code, "key": slip_key(SECRET, code), "stars": "2"}
    refused = citizen.post("/tra-cuu/danh-gia", **sent | {"stars": ""}, comment="Chờ <lâu>")
    assert refused.status_code == 422
    assert "Chờ &lt;lâu&gt;" in refused.text
    answer = citizen.post("/tra-cuu/danh-gia", **sent, comment="Chờ <lâu>")
    assert "Cảm ơn bạn đã đánh giá." in answer.text
    assert "«Chờ &lt;lâu&gt;»" in answer.text
    clock.advance(days=1)
    assert "Sửa đánh giá" not in citizen.get(slip_path(SECRET, code)).text
    late = citizen.post("/tra-cuu/danh-gia", **sent)
    assert late.status_code == 409
    forged = citizen.post("/tra-cuu/danh-gia", **sent | {"key": "A" * 22})
    assert forged.status_code == 404


def test_a_rating_needs_the_form_of_ours(visit: Visit, delivered: Walker) -> None:
    citizen, code = visit(None), delivered.dossier.code
    sent: dict[str, Any] = {"code": code, "key": slip_key(SECRET, code), "stars": "5"}
    assert citizen.post("/tra-cuu/danh-gia", **sent).status_code == 400


def test_in_english(citizen: Visitor, walker: Walker) -> None:
    citizen.post("/ngon-ngu", language="en")
    page = citizen.get(slip_path(SECRET, walker.dossier.code)).text
    assert "Being processed" in page
    assert "Where it is" in page
