"""The page of a task: completed, refused with nothing lost, saved as a draft."""

import re
from collections.abc import Callable

import pytest

from api.web import jsonform
from bpmn.roles import Role
from engine.commands.acting import Target
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import OnTask, claim_task
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.store import users
from tests.api.lives import Lives, place
from tests.office import COMMUNE_1
from tests.samples import answer, application, shipped
from tests.web.visitor import Visitor, once_of

Visit = Callable[[str | None], Visitor]
TYPED = "Thửa đất đang dùng ổn định"


def _path(dossier: Dossier, act: str = "") -> str:
    return f"/ho-so/{dossier.code}/viec/{place(dossier)}{act}"


def test_completing_leads_back_to_the_inbox_with_what_was_done(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    visitor.get(_path(dossier))
    reply = visitor.post(_path(dossier), {"form.decision": "approve", "form.note": TYPED})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/viec")
    page = visitor.get(f"/ho-so/{dossier.code}").text
    assert f'Đã hoàn thành «Việc appraise» của hồ sơ <a href="/ho-so/{dossier.code}">' in page
    after = lives.now(dossier)
    assert after.facts["appraise"] == {"decision": "approve", "note": TYPED}


def test_completing_leads_to_the_next_task_that_is_for_the_same_person(
    visit: Visit, lives: Lives
) -> None:
    dossier = lives.signing()
    dossier = lives.complete(dossier, "leader1", decision="return", reason="Xem lại nguồn gốc")
    visitor = visit("office1")
    visitor.get(_path(dossier))
    assert visitor.post(_path(dossier), {"form.decision": "supplement"}).status_code == 303
    waiting = lives.now(dossier)
    assert waiting.tasks == {}
    reception = visit("reception1")
    reception.get(f"/ho-so/{dossier.code}/nhan-bo-sung")
    received = reception.said(reception.post(f"/ho-so/{dossier.code}/nhan-bo-sung"))
    assert "Đã tiếp nhận giấy tờ bổ sung." in received.text


def test_what_was_typed_wrong_stays_with_a_word_beside_it(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    visitor.get(_path(dossier))
    form = {"form.decision": "nope", "form.reason": TYPED, "form.note": "x" * 201}
    reply = visitor.post(_path(dossier), form)
    assert reply.status_code == 422
    assert TYPED in reply.text
    assert "x" * 201 in reply.text
    assert 'href="#form.note"' in reply.text
    assert "Nội dung quá dài." in reply.text
    assert lives.now(dossier).seq == dossier.seq


def test_fields_of_no_form_are_refused(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    visitor.get(_path(dossier))
    reply = visitor.post(_path(dossier), {"form.decision": "approve", "form.outcome": "delivered"})
    assert reply.status_code == 422
    assert "không thuộc biểu mẫu" in reply.text


def test_a_form_sent_twice_acts_once(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    form = {"form.decision": "approve", "once": once_of(visitor.get(_path(dossier)))}
    first, second = (visitor.post(_path(dossier), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert lives.now(dossier).done_by["appraise"] == lives.office.actor("office1").key


def test_a_stale_page_says_what_changed_and_keeps_what_was_typed(
    visit: Visit, lives: Lives
) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    page = visitor.get(_path(dossier)).text
    lives.act(claim_task, OnTask(Target(dossier.code), place(dossier)), "office1")
    form = {"form.decision": "approve", "form.note": TYPED, "revision": _revision(page)}
    reply = visitor.post(_path(dossier), form)
    assert reply.status_code == 412
    assert TYPED in reply.text
    assert "Trong lúc bạn mở trang, hồ sơ đã thay đổi" in reply.text
    assert "Nhận việc: Việc appraise" in reply.text
    again = visitor.post(_path(dossier), {**form, "revision": _revision(reply.text)})
    assert again.status_code == 303


def test_a_task_that_someone_else_completed_keeps_what_was_typed(
    visit: Visit, lives: Lives
) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    form = {"form.note": TYPED, "revision": _revision(visitor.get(_path(dossier)).text)}
    lives.complete(dossier, "second_office1", decision="approve")
    reply = visitor.post(_path(dossier), form)
    assert reply.status_code == 409
    assert TYPED in reply.text
    assert "Hoàn thành việc: Việc appraise" in reply.text
    assert visitor.get(_path(dossier)).headers["Location"] == f"/ho-so/{dossier.code}"


def test_four_eyes_are_said_plainly(visit: Visit, lives: Lives) -> None:
    database = lives.office.database
    with database.transaction() as tx:
        users.add_grant(tx, lives.office.actor("office1").id, Role.LEADER, COMMUNE_1, None)
    dossier, visitor = lives.signing(), visit("office1")
    page = visitor.get(_path(dossier)).text
    assert "Bạn đã làm bước «Việc appraise» nên người khác phải làm việc này" in page
    assert "data-completes" not in page
    reply = visitor.post(_path(dossier), {"form.decision": "approve"})
    assert reply.status_code == 409
    assert "hai người khác nhau" in reply.text


def test_a_task_of_others_can_be_looked_at(visit: Visit, lives: Lives) -> None:
    dossier = lives.claimed()
    for who, why in (
        ("second_office1", "Người dùng office1 đang giữ việc này"),
        ("reception1", "Việc này dành cho: Chuyên viên"),
    ):
        page = visit(who).get(_path(dossier)).text
        assert why in page
        assert "data-completes" not in page
    assert "Hồ sơ đang tạm dừng" in visit("office1").get(_path(lives.suspended())).text
    assert visit("office2").get(_path(dossier)).status_code == 404


@pytest.mark.parametrize("who", ["second_office1", "reception1"])
def test_nobody_completes_the_task_of_another(visit: Visit, lives: Lives, who: str) -> None:
    dossier, visitor = lives.claimed(), visit(who)
    visitor.get(_path(dossier))
    reply = visitor.post(_path(dossier), {"form.decision": "approve", "form.note": TYPED})
    assert reply.status_code in (403, 409)
    assert TYPED in reply.text
    assert lives.now(dossier).seq == dossier.seq


def test_lateness_asks_for_its_cause_before_the_form_is_done(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.late(), visit("office1")
    page = visitor.get(_path(dossier)).text
    assert 'name="overdue.cause"' in page
    form = {"form.decision": "approve", "form.note": TYPED}
    reply = visitor.post(_path(dossier), form)
    assert reply.status_code == 409
    assert TYPED in reply.text
    assert "Hãy chọn nguyên nhân quá hạn" in reply.text
    done = visitor.post(_path(dossier), {**form, "overdue.cause": "cham_xu_ly"})
    assert done.status_code == 303


def test_a_cause_that_there_is_not_is_refused(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.late(), visit("office1")
    visitor.get(_path(dossier))
    for cause in ("nope", "x" * 5_000, "loi_he_thong"):
        form = {"form.decision": "approve", "overdue.cause": cause, "overdue.outage": "9" * 40}
        reply = visitor.post(_path(dossier), form)
        assert 400 <= reply.status_code < 500
        assert "lần gián đoạn" in reply.text or "Không có nguyên nhân" in reply.text


def test_a_draft_is_saved_offered_again_and_thrown_away(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    visitor.get(_path(dossier))
    typed = {"form.note": TYPED, "form.fast": "?"}
    assert "Đã lưu nháp lúc" in visitor.said(visitor.post(_path(dossier, "/nhap"), typed)).text
    page = visit("office1").get(_path(dossier)).text
    assert TYPED in page
    assert "Đã mở lại bản nháp" in page
    assert TYPED not in visit("second_office1").get(_path(dossier)).text
    gone = visitor.said(visitor.post(_path(dossier, "/bo-nhap")))
    assert TYPED not in gone.text


def test_a_script_is_told_when_a_draft_was_saved_or_why_not(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    visitor.get(_path(dossier))

    def save(who: Visitor, note: str) -> tuple[int, str]:
        data = {"csrf_token": who.csrf, "form.note": note}
        headers = {"Accept": "application/json"}
        reply = who.client.post(_path(dossier, "/nhap"), data=data, headers=headers)
        return reply.status_code, reply.get_json()["message"]

    status, message = save(visitor, TYPED)
    assert status == 200
    assert re.fullmatch(r"Đã lưu nháp \d\d:\d\d", message)
    assert save(visitor, "x" * 70_000)[0] == 422
    other = visit("reception1")
    other.get(_path(dossier))
    assert save(other, TYPED)[0] == 403


def test_a_task_is_taken_put_back_handed_over_and_assigned(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    second = lives.office.actor("second_office1").id
    visitor.get(_path(dossier))
    assert "bạn đang giữ" in visitor.said(visitor.post(_path(dossier, "/nhan"))).text
    assert "chưa ai nhận" in visitor.said(visitor.post(_path(dossier, "/tra-lai"))).text
    visitor.post(_path(dossier, "/nhan"))
    assert "Người dùng second_office1" in visitor.get(_path(dossier, "/uy-quyen")).text
    handed = visitor.said(visitor.post(_path(dossier, "/uy-quyen"), assignee=second, note="Nhờ"))
    assert "Người dùng second_office1 đang giữ" in handed.text
    leader = visit("leader1")
    leader.get(_path(dossier, "/giao"))
    mine = lives.office.actor("office1").id
    assert "Đã giao việc." in leader.said(leader.post(_path(dossier, "/giao"), assignee=mine)).text
    nobody = leader.post(_path(dossier, "/giao"), assignee="", note="Giữ lời nhắn")
    assert nobody.status_code == 422
    assert "Giữ lời nhắn" in nobody.text


def _revision(page: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found
    return found[1]


def test_buttons_for_rows_keep_nothing_and_lose_nothing(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    visitor.get(_path(dossier))
    for button in ({"add": "form.rows"}, {"remove": "form.rows.0"}, {"add": "x" * 5_000}):
        reply = visitor.post(_path(dossier), {"form.note": TYPED, **button})
        assert reply.status_code == 422
        assert TYPED in reply.text
    assert lives.now(dossier).seq == dossier.seq


def test_the_next_task_of_the_dossier_opens_by_itself(visit: Visit, lives: Lives) -> None:
    land = shipped("1_013978")
    command = SubmitDossier(
        land.facts.code, Channel.ONLINE, COMMUNE_1, {"name": "Bưởi"}, application(land)
    )
    dossier = lives.act(submit_dossier, command, "portal")
    visitor = visit("reception1")
    visitor.get(_path(dossier))
    form = jsonform.read(land.form_of(land.places.steps["check_papers"]).schema)
    answered = visitor.post(_path(dossier), jsonform.texts_of(form, answer(land, "check_papers")))
    (task,) = lives.now(dossier).tasks.values()
    assert task.step == "digitise"
    assert answered.headers["Location"] == f"/ho-so/{dossier.code}/viec/{task.place}"
    assert "Đã hoàn thành «Kiểm tra, tiếp nhận hồ sơ»" in visitor.said(answered).text
