"""The pages of moments gone by, and the search among readings, asked without a browser."""

from collections.abc import Callable

import pytest

from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
PAGE = "/kiem-tra/khi-ay"


def test_how_it_stood(visit: Visit, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.claimed()
    code, then = dossier.code, f"{clock():%Y-%m-%dT%H:%M:%S}"
    clock.advance(days=1)
    lives.complete(dossier, "office1", decision="approve")
    auditor = visit("auditor")
    board = auditor.get(f"{PAGE}?agency={COMMUNE_1}&at={then}").text
    assert "Hồ sơ chưa xong lúc ấy: 1" in board
    assert f"/ho-so/{code}/dien-bien?su-kien=" in board
    assert "Tại thời điểm" in board
    assert code not in auditor.get(f"{PAGE}?agency={COMMUNE_1}&at={then}&standing=overdue").text
    inbox = f"{PAGE}/viec?agency={COMMUNE_1}&person=office1"
    assert code in auditor.get(f"{inbox}&at={then}").text
    assert code not in auditor.get(f"{inbox}&at={clock():%Y-%m-%dT%H:%M:%S}").text
    answer = auditor.get(f"{PAGE}/ho-so?code={code}&at={then}")
    one = auditor.said(answer).text
    assert "Người dùng office1" in one
    assert f"/ho-so/{code}/dien-bien?su-kien=" in one
    before = auditor.get(f"{PAGE}/ho-so/{code}?at=2020-01-01T08:00").text
    assert "Lúc ấy hồ sơ chưa được nộp." in before
    empty = auditor.get(f"{PAGE}?agency={COMMUNE_1}&at=2020-01-01T08:00").text
    assert "không có hồ sơ nào chưa xong" in empty


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (f"?agency={COMMUNE_1}&at=2030-01-01T08:00", "Thời điểm này chưa đến."),
        (f"?agency={COMMUNE_1}&at=hôm kia", 'aria-invalid="true"'),
        (f"/viec?agency={COMMUNE_1}&person=zzz&at=2026-07-01T08:00", "Không có ai tên như vậy"),
        ("/ho-so?code=H40-KHONG-CO&at=2026-07-01T08:00", "H40-KHONG-CO"),
    ],
)
def test_what_makes_no_sense(visit: Visit, asked: str, said: str) -> None:
    answer = visit("auditor").get(PAGE + asked)
    assert answer.status_code == 422
    assert said in answer.text


def test_who_may_not(visit: Visit, lives: Lives) -> None:
    code, clerk = lives.accepted().code, visit("clerk1")
    for path in ("", "/viec", "/ho-so", f"/ho-so/{code}"):
        assert clerk.get(PAGE + path).status_code == 403, path
    at = "at=2026-07-06T08:00"
    leader = visit("leader2")
    assert leader.get(f"{PAGE}?agency={COMMUNE_1}&{at}").status_code == 403
    assert leader.get(f"{PAGE}/ho-so/{code}?{at}").status_code == 404


def test_searching_who_looked(visit: Visit, lives: Lives, clock: FakeClock) -> None:
    first, second = lives.accepted().code, lives.accepted().code
    for user, code in (("office1", first), ("clerk1", second)):
        assert visit(user).get(f"/ho-so/{code}").status_code == 200
        clock.advance(days=1)
    auditor = visit("auditor")

    def found(query: str) -> set[str]:
        text = auditor.get(f"/kiem-tra/luot-xem?{query}").text
        return {code for code in (first, second) if f"/ho-so/{code}/luot-xem" in text}

    assert found("") == {first, second}
    assert found("person=office1") == {first}
    assert found(f"dossier={second}") == {second}
    assert found("seen_to=2026-07-06") == {first}
    assert found("seen_from=2026-07-07&person=office1") == set()
    assert found("limit=1") == {second}
    choices = auditor.get("/kiem-tra/luot-xem?person=nguoi dung").text
    assert "Bạn muốn xem ai?" in choices
    assert auditor.get("/kiem-tra/luot-xem?dossier=H40-0").status_code == 422
