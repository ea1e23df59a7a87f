"""Sessions, the password and leave, as their owner sees them."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from api.site import Site
from engine.store.database import Database
from engine.store.sign_in_tables import web_session
from engine.store.tables import user
from tests.api.client import Caller
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import PASSWORD, Office
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
NEW = "trâu ăn cỏ bên bờ sông"


def is_in(visitor: Visitor) -> bool:
    """Whether somebody is still signed in."""
    return visitor.get("/tai-khoan").status_code == 200


def count(database: Database) -> int:
    """How many sessions there are."""
    with database.reading() as tx:
        return tx.execute(select(func.count()).select_from(web_session)).scalar_one()


def test_a_session_lasts_while_it_is_used(visit: Visit, clock: FakeClock) -> None:
    visitor = visit("office1")
    for _ in range(6):
        clock.advance(minutes=119)
        assert is_in(visitor)
    clock.advance(minutes=120)
    assert not is_in(visitor)


def test_what_scripts_fetch_does_not_keep_it_alive(visit: Visit, clock: FakeClock) -> None:
    visitor = visit("office1")
    clock.advance(minutes=90)
    fetched = visitor.get("/tai-khoan", headers={"Sec-Fetch-Mode": "cors"})
    assert fetched.status_code == 200
    clock.advance(minutes=30)
    assert not is_in(visitor)


def test_no_session_lasts_for_ever(visit: Visit, clock: FakeClock) -> None:
    visitor = visit("office1")
    for _ in range(11):
        clock.advance(hours=1)
        assert is_in(visitor)
    clock.advance(hours=1)
    assert not is_in(visitor)


def test_sessions_that_are_over_go(visit: Visit, clock: FakeClock, database: Database) -> None:
    for _ in range(3):
        visit("office1")
    clock.advance(hours=12)
    visit("leader1")
    assert count(database) == 1


def test_another_browser_is_signed_out(visit: Visit) -> None:
    here, there = visit("office1"), visit("office1")
    page = here.get("/tai-khoan").text
    (path,) = set(re.findall(r"/tai-khoan/phien/[0-9a-f]{64}/ket-thuc", page))
    assert "Đã đăng xuất trình duyệt đó" in here.said(here.post(path)).text
    assert not is_in(there)
    assert is_in(here)
    assert here.post(path).status_code == 303
    assert "Hãy tải lại trang" in here.get("/tai-khoan").text


def test_all_other_browsers_are_signed_out(visit: Visit) -> None:
    here, *others = (visit("office1") for _ in range(3))
    stranger = visit("leader1")
    here.get("/tai-khoan")
    here.said(here.post("/tai-khoan/phien/ket-thuc"))
    assert [is_in(each) for each in (here, *others, stranger)] == [True, False, False, True]


def test_nobody_ends_sessions_of_others(visit: Visit) -> None:
    victim, other = visit("office1"), visit("leader1")
    visit("office1")
    (path,) = set(
        re.findall(r"/tai-khoan/phien/[0-9a-f]{64}/ket-thuc", victim.get("/tai-khoan").text)
    )
    other.get("/tai-khoan")
    other.post(path)
    assert "Đăng xuất nơi này" in victim.get("/tai-khoan").text


def test_the_cookie_says_nothing_and_is_new_after_signing_in(visit: Visit) -> None:
    visitor = visit(None)
    visitor.get("/dang-nhap")
    before = visitor.client.get_cookie("motcua")
    answer = visitor.sign_in("office1")
    header = next(h for h in answer.headers.getlist("Set-Cookie") if h.startswith("motcua="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in header.split(";")}
    after = visitor.client.get_cookie("motcua")
    assert before
    assert after
    assert before.value != after.value
    planted = visit(None)
    planted.client.set_cookie("motcua", before.value)
    assert not is_in(planted)


def test_a_made_up_cookie_is_nobody(visit: Visit, site: Site) -> None:
    for value in ("x", "e30.x.y", "a" * 3000):
        visitor = visit(None)
        visitor.client.set_cookie("motcua", value)
        visitor.client.set_cookie("motcua_device", value)
        assert not is_in(visitor)
        assert visitor.get("/dang-nhap").status_code == 200


def test_signing_in_without_the_token_of_the_form(visit: Visit) -> None:
    answer = visit(None).post("/dang-nhap", username="office1", password=PASSWORD)
    assert answer.status_code == 400


def change(visitor: Visitor, current: str, new: str, again: str | None = None) -> str:
    """Change the password; gives the page that follows."""
    visitor.get("/tai-khoan")
    answer = visitor.post(
        "/tai-khoan/mat-khau", current=current, password=new, again=new if again is None else again
    )
    return visitor.said(answer).text if answer.status_code == 303 else answer.text


def test_a_new_password_ends_everything_else(
    visit: Visit, office: Office, site: Site, clock: FakeClock
) -> None:
    call = Caller(site.rest)
    here, there = visit("office1"), visit("office1")
    assert call.get("office1", "/users/me").status_code == 200
    assert "Đã đổi mật khẩu" in change(here, PASSWORD, NEW)
    assert is_in(here)
    assert not is_in(there)
    assert call.get("office1", "/users/me").status_code == 401
    assert there.sign_in("office1").status_code == 422
    assert there.sign_in("office1", NEW).status_code == 303
    events = call.get("auditor1", "/office-events").get_json()["items"]
    assert [(e["type"], e["actor_name"]) for e in events] == [
        ("PASSWORD_SET", "Người dùng office1")
    ]


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("sai", NEW, NEW, "Mật khẩu hiện nay chưa đúng"),
        (PASSWORD, NEW, NEW + "!", "không giống nhau"),
        (PASSWORD, "ngắn", "ngắn", "Phải có từ 10 đến 200 ký tự"),
        ("", "", "", "Thiếu thông tin bắt buộc"),
    ],
)
def test_a_password_that_is_not_changed(
    visit: Visit, current: str, new: str, again: str, said: str
) -> None:
    visitor, other = visit("office1"), visit("office1")
    page = change(visitor, current, new, again)
    assert said in page
    assert NEW not in page
    assert is_in(other)


def test_guessing_the_present_password_is_slowed_down(visit: Visit) -> None:
    visitor = visit("office1")
    for _ in range(5):
        change(visitor, "sai", NEW)
    assert "Hãy đợi 5 phút" in change(visitor, PASSWORD, NEW)


def test_who_has_no_password_here_changes_none(visit: Visit, database: Database) -> None:
    visitor = visit("office1")
    with database.transaction() as tx:
        tx.execute(update(user).where(user.c.username == "office1").values(password_hash=None))
    assert "không có mật khẩu ở đây" in visitor.get("/tai-khoan").text
    assert "hãy đổi mật khẩu ở nơi bạn đăng nhập" in change(visitor, PASSWORD, NEW)


def test_a_token_is_revoked(visit: Visit, site: Site) -> None:
    visitor = visit("office1")
    (path,) = set(re.findall(r"/tai-khoan/ma/[0-9a-f]{64}/huy", visitor.get("/tai-khoan").text))
    visitor.said(visitor.post(path))
    assert Caller(site.rest).get("office1", "/users/me").status_code == 401
    assert is_in(visitor)


def test_a_leave_and_the_banner(visit: Visit, lives: Lives) -> None:
    visitor, colleague = visit("office1"), visit("culture1")
    assert "Đang làm thay" not in colleague.get("/tai-khoan").text
    visitor.get("/tai-khoan")
    answer = visitor.post(
        "/tai-khoan/nghi",
        substitute=str(lives.office.actor("culture1").id),
        first_day="2026-07-06",
        last_day="2026-07-10",
        reason="Nghỉ phép năm",
    )
    page = visitor.said(answer).text
    assert "Đã cử người làm thay" in page
    assert "06/07/2026 – 10/07/2026" in page
    assert "standing-in" in colleague.get("/tai-khoan").text
    (path,) = re.findall(r"/tai-khoan/nghi/\d+/ket-thuc", page)
    visitor.said(visitor.post(path))
    assert "standing-in" not in colleague.get("/tai-khoan").text


def test_a_leave_that_makes_no_sense_is_shown_again(visit: Visit, office: Office) -> None:
    visitor = visit("office1")
    visitor.get("/tai-khoan")
    answer = visitor.post(
        "/tai-khoan/nghi",
        substitute=str(office.actor("culture1").id),
        first_day="2026-07-10",
        last_day="2026-07-06",
        reason="Nghỉ <phép>",
    )
    assert answer.status_code == 422
    assert "ngày cuối trước ngày đầu" in answer.text
    assert 'value="Nghỉ &lt;phép&gt;"' in answer.text
