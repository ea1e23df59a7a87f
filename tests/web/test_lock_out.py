"""Guessing is slowed down, and cannot be used to keep others out."""

from collections.abc import Callable

import pytest

from api.limits import LIMITS
from api.web import device
from tests.clock import FakeClock
from tests.office import PASSWORD
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
TRIES = LIMITS["sign_in"].tries
EVERYWHERE = LIMITS["sign_in_address"].tries


def guess(visitor: Visitor, username: str, times: int, address: str = "") -> str:
    """Try wrong passwords; gives the last page."""
    visitor.get("/dang-nhap")
    page = ""
    for number in range(times):
        form = {"csrf_token": visitor.csrf, "username": username, "password": f"sai {number}"}
        page = visitor.client.post(
            "/dang-nhap", data=form, environ_overrides={"REMOTE_ADDR": address}
        ).text
    return page


def test_guessing_is_slowed_down(visit: Visit, clock: FakeClock) -> None:
    visitor = visit(None)
    assert "Sai tên đăng nhập hoặc mật khẩu" in guess(visitor, "office1", TRIES)
    answer = visitor.sign_in("office1")
    assert answer.status_code == 422
    assert "Hãy đợi 5 phút" in answer.text
    clock.advance(minutes=5)
    assert visitor.sign_in("office1").status_code == 303


def test_nobody_keeps_a_colleague_out_of_their_own_browser(visit: Visit) -> None:
    """Even from the same address, and however many names are tried."""
    colleague, attacker = visit("office1"), visit(None)
    colleague.get("/tai-khoan")
    colleague.post("/dang-xuat")
    guess(attacker, "office1", TRIES + 1)
    for number in range(EVERYWHERE):
        guess(attacker, f"nobody{number}", 1)
    assert attacker.sign_in("leader1").status_code == 422
    assert colleague.sign_in("office1").status_code == 303


def test_another_address_has_tries_of_its_own(visit: Visit) -> None:
    visitor = visit(None)
    guess(visitor, "office1", TRIES + 1, "10.0.0.1")
    assert visitor.sign_in("office1").status_code == 303


def test_a_browser_that_knows_a_name_guesses_no_more_often(visit: Visit) -> None:
    visitor = visit("office1")
    assert "Sai tên đăng nhập" in guess(visitor, "office1", TRIES)
    assert "Đã thử sai quá nhiều lần" in guess(visitor, "office1", 1)
    assert "Đã thử sai quá nhiều lần" not in guess(visitor, "leader1", 1)


def test_a_cookie_is_good_for_its_names_only(visit: Visit) -> None:
    """Of a browser used by many, those who came last."""
    names = [f"{name}1" for name in ("office", "leader", "clerk", "cashier", "culture", "economy")]
    names += ["reception1", "centre1", "director1"]
    visitor = visit(None)
    for name in names:
        assert visitor.sign_in(name).status_code == 303
        visitor.get("/tai-khoan")
        visitor.post("/dang-xuat")
    guess(visit(None), "leader1", TRIES)
    guess(visit(None), "office1", TRIES)
    assert len(names) == device.MOST + 1
    assert visitor.sign_in("office1").status_code == 422
    assert visitor.sign_in("leader1").status_code == 303


@pytest.mark.parametrize("cookie", ["x", "e30.forged", '{"a": "b"}'])
def test_a_forged_cookie_is_none(visit: Visit, cookie: str) -> None:
    visitor = visit(None)
    guess(visit(None), "office1", TRIES)
    visitor.client.set_cookie(device.COOKIE, cookie)
    assert visitor.sign_in("office1", PASSWORD).status_code == 422
