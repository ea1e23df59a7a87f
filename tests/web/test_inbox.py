"""The inbox without a browser: who gets what, repeats, and what was never sent by our pages."""

from collections.abc import Callable

import pytest

from engine.model.dossier import Dossier
from engine.store import dossiers
from engine.store.database import Database
from tests.api.lives import Lives, place
from tests.web.visitor import Visitor, once_of

Visit = Callable[[str | None], Visitor]
NAME = "Nguyễn Văn Bình"


def chosen(dossier: Dossier, revision: int | None = None) -> str:
    return f"{dossier.code}:{place(dossier)}:{revision or dossier.seq}"


def now(database: Database, dossier: Dossier) -> Dossier:
    with database.reading() as tx:
        return dossiers.read(tx, dossier.code).dossier


@pytest.mark.parametrize(
    "path", ["/viec", "/viec/X/1/chuyen", "/tim?q=a", "/chuong", "/chuong/moi"]
)
def test_nobody_without_signing_in(visit: Visit, path: str) -> None:
    answer = visit(None).get(path)
    assert answer.headers["Location"].startswith("/dang-nhap")


@pytest.mark.parametrize(
    "path",
    ["/viec/X/1/nhan", "/viec/X/1/tra", "/viec/X/1/chuyen", "/viec/hang-loat", "/viec/danh-sach",
     "/viec/hang-loat/lam", "/viec/danh-sach/1/xoa", "/chuong/X/1/da-biet"],
)  # fmt: skip
def test_nobody_acts_without_signing_in(visit: Visit, path: str) -> None:
    visitor = visit(None)
    visitor.get("/dang-nhap")
    assert visitor.post(path).headers["Location"].startswith("/dang-nhap")


def test_one_lands_where_there_is_something_to_do(visit: Visit, lives: Lives) -> None:
    visitor = visit("office1")
    assert visitor.get("/viec").headers["Location"] == "/viec?view=mine"
    lives.accepted()
    assert visitor.get("/viec").headers["Location"] == "/viec?view=unassigned"
    lives.claimed()
    assert visitor.get("/viec").headers["Location"] == "/viec?view=mine"


def test_a_colleague_of_another_unit_sees_nothing(visit: Visit, lives: Lives) -> None:
    lives.accepted()
    assert NAME in visit("office1").get("/viec?view=unit").text
    assert NAME not in visit("economy1").get("/viec?view=unit").text


@pytest.mark.parametrize("query", ["view=all", "stage=x", "overdue=2", "cursor=x", "limit=9999"])
def test_addresses_made_up(visit: Visit, query: str) -> None:
    assert visit("office1").get(f"/viec?{query}").status_code == 422


def test_claiming_and_undoing(visit: Visit, lives: Lives, database: Database) -> None:
    dossier = lives.accepted()
    visitor = visit("office1")
    visitor.get("/viec?view=unit")
    path = f"/viec/{dossier.code}/{place(dossier)}"
    visitor.post(f"{path}/nhan")
    assert now(database, dossier).tasks[place(dossier)].assignee is not None
    assert f'<form method="post" action="{path}/tra">' in visitor.get("/viec?view=unit").text
    visitor.post(f"{path}/tra")
    assert now(database, dossier).tasks[place(dossier)].assignee is None


def test_what_is_refused_is_said(visit: Visit, lives: Lives) -> None:
    dossier = lives.claimed()
    visitor = visit("second_office1")
    visitor.get("/viec?view=unit")
    answer = visitor.post(f"/viec/{dossier.code}/{place(dossier)}/nhan")
    assert answer.status_code == 303
    assert "đang do người khác nhận xử lý" in visitor.get("/viec?view=unit").text


def test_handing_over(visit: Visit, lives: Lives, database: Database) -> None:
    dossier = lives.claimed()
    path = f"/viec/{dossier.code}/{place(dossier)}/chuyen"
    colleague = lives.office.actor("second_office1").id
    visitor = visit("office1")
    assert "Người dùng second_office1" in visitor.get(path).text
    assert visitor.post(path, assignee="").status_code == 422
    visitor.post(path, assignee=str(colleague), note="Nhờ giúp")
    assert now(database, dossier).tasks[place(dossier)].assignee == colleague


def test_a_supervisor_gives_what_others_hold(
    visit: Visit, lives: Lives, database: Database
) -> None:
    dossier = lives.claimed()
    path = f"/viec/{dossier.code}/{place(dossier)}/chuyen"
    colleague = lives.office.actor("second_office1").id
    visitor = visit("leader1")
    visitor.get(path)
    visitor.post(path, assignee=str(colleague))
    assert now(database, dossier).tasks[place(dossier)].assignee == colleague
    assert visit("leader2").get(path).status_code == 404


def test_the_list_that_one_came_from_is_on_this_site(visit: Visit, lives: Lives) -> None:
    dossier = lives.claimed()
    path = f"/viec/{dossier.code}/{place(dossier)}/chuyen"
    page = visit("office1").get(f"{path}?tu=https://evil.example/").text
    assert "evil.example" not in page


def test_many_are_planned_before_anything_is_done(
    visit: Visit, lives: Lives, database: Database
) -> None:
    good, stale, other = lives.signing(), lives.signing(), lives.accepted()
    visitor = visit("leader1")
    visitor.get("/viec?view=unit")
    tasks = [chosen(good), chosen(stale, 1), chosen(other)]
    page = visitor.post("/viec/hang-loat", {"task": tasks}, act="decide", decision="approve")
    assert page.status_code == 200
    assert "Sẽ làm (1)" in page.text
    assert "Không làm được (2)" in page.text
    assert "vừa được người khác thay đổi" in page.text
    assert now(database, good) == good
    once = once_of(page)
    sent = {"task": [chosen(good)], "once": once, "act": "decide", "decision": "approve"}
    first = visitor.post("/viec/hang-loat/lam", sent)
    assert "Đã làm 1 trong 1 việc" in first.text
    after = now(database, good)
    assert after.seq > good.seq
    assert visitor.post("/viec/hang-loat/lam", sent).text.count("Đã làm 1 trong 1 việc") == 1
    assert now(database, good) == after


def test_a_plan_shows_nothing_of_what_one_may_not_read(visit: Visit, lives: Lives) -> None:
    dossier = lives.accepted()
    visitor = visit("office2")
    visitor.get("/viec?view=unit")
    page = visitor.post("/viec/hang-loat", {"task": [chosen(dossier)]}, act="claim")
    assert "Không tìm thấy hồ sơ" in page.text
    assert NAME not in page.text


def test_assigning_many(visit: Visit, lives: Lives, database: Database) -> None:
    dossier = lives.signing()
    visitor = visit("leader1")
    visitor.get("/viec?view=unit")
    page = visitor.post("/viec/hang-loat", {"task": [chosen(dossier)]}, act="assign")
    assert "Hãy chọn người nhận" in page.text
    to = str(lives.office.actor("second_leader1").id)
    sent = {"task": [chosen(dossier)], "act": "assign", "assignee": to}
    assert "Giao 1 việc cho Người dùng second_leader1" in visitor.post("/viec/hang-loat", sent).text
    visitor.post("/viec/hang-loat/lam", sent)
    assert now(database, dossier).tasks[place(dossier)].assignee == int(to)


def test_nothing_was_chosen(visit: Visit, lives: Lives) -> None:
    visitor = visit("office1")
    visitor.get("/viec?view=unit")
    visitor.post("/viec/hang-loat", act="claim")
    assert "ít nhất một việc" in visitor.get("/viec?view=unit").text


@pytest.mark.parametrize(
    "form",
    [
        {"act": "burn", "task": ["X:1:1"]},
        {"act": "claim", "task": ["X"]},
        {"act": "claim", "task": ["X:1:-1"]},
        {"act": "claim", "task": [f"X:1:{'9' * 40}"]},
        {"act": "claim", "task": ["X:²:1"]},
        {"act": "claim", "task": [f"{'X' * 500}:1:1"]},
    ],
)
@pytest.mark.parametrize("path", ["/viec/hang-loat", "/viec/hang-loat/lam"])
def test_forms_that_no_page_of_ours_has(visit: Visit, path: str, form: dict[str, object]) -> None:
    visitor = visit("office1")
    visitor.get("/viec?view=unit")
    assert visitor.post(path, form).status_code == 400


def test_no_more_than_two_hundred_at_once(visit: Visit) -> None:
    visitor = visit("office1")
    visitor.get("/viec?view=unit")
    form = {"act": "claim", "task": [f"X:1:{n}" for n in range(1, 202)]}
    visitor.post("/viec/hang-loat", form)
    assert "nhiều nhất 200 việc" in visitor.get("/viec?view=unit").text
    assert visitor.post("/viec/hang-loat/lam", form).status_code == 400


def test_lists_are_kept_and_forgotten(visit: Visit, lives: Lives) -> None:
    visitor = visit("office1")
    visitor.get("/viec?view=unit")
    kept = visitor.post("/viec/danh-sach?view=unit&overdue=true", name="Trễ")
    assert kept.headers["Location"] == "/viec?view=unit&overdue=true"
    page = visitor.get("/viec?view=unit").text
    assert "Đã lưu danh sách «Trễ»." in page
    number = page.split("/viec/danh-sach/")[1].split("/xoa")[0]
    stranger = visit("second_office1")
    stranger.get("/viec?view=unit")
    stranger.post(f"/viec/danh-sach/{number}/xoa")
    assert "Trễ" in visitor.get("/viec?view=unit").text
    visitor.post(f"/viec/danh-sach/{number}/xoa")
    assert f"/viec/danh-sach/{number}/xoa" not in visitor.get("/viec?view=unit").text


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\0b"])
def test_lists_need_a_name(visit: Visit, name: str) -> None:
    visitor = visit("office1")
    visitor.get("/viec?view=unit")
    visitor.post("/viec/danh-sach?view=unit", name=name)
    assert "Hãy đặt tên" in visitor.get("/viec?view=unit").text


def test_search_leads_to_the_one(visit: Visit, lives: Lives) -> None:
    dossier = lives.accepted()
    visitor = visit("office1")
    assert dossier.code in visitor.get("/tim?q=van+binh").text
    assert visitor.get(f"/tim?q={dossier.code}").headers["Location"] == f"/ho-so/{dossier.code}"
    assert "Ô tìm kiếm hiểu" in visitor.get("/tim").text
    assert "&lt;script&gt;" in visitor.get("/tim?q=<script>").text
    assert visitor.get(f"/tim?q={'x' * 5000}").status_code == 200
    assert visitor.get("/tim?q=a&cursor=x").status_code == 422
    assert dossier.code not in visit("office2").get("/tim?q=van+binh").text
    assert visit("administrator1").get("/tim?q=a").status_code == 403


def test_the_bell_is_cheap_to_ask(visit: Visit, lives: Lives) -> None:
    dossier = lives.late()
    visitor = visit("office1")
    first = visitor.get("/chuong/moi")
    assert f'href="/ho-so/{dossier.code}"' in first.text
    tag = {"If-None-Match": first.headers["ETag"]}
    assert visitor.get("/chuong/moi", headers=tag).status_code == 304
    number = first.text.split(f"/chuong/{dossier.code}/")[1].split("/")[0]
    visitor.post(f"/chuong/{dossier.code}/{number}/da-biet")
    assert visitor.get("/chuong/moi", headers=tag).status_code == 200
    assert f"/{number}/da-biet" not in visitor.get("/chuong").text
    assert dossier.code not in visit("office2").get("/chuong/moi").text


def test_a_full_page_is_light(visit: Visit, lives: Lives) -> None:
    for _ in range(31):
        lives.accepted()
    page = visit("office1").get("/viec?view=unit").get_data()
    assert page.count(b"data-task=") == 30
    assert len(page) < 100_000
