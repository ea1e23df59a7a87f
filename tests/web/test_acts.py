"""Acts on a dossier through their small forms: done, refused with nothing lost, not for all."""

from collections.abc import Callable

import pytest

from engine.model.dossier import Dossier
from engine.model.status import Status
from tests.api.lives import Lives
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
REASON = "Công dân có đơn đề nghị"
LETTER = {"evidence.document": "15/CAX", "evidence.date": "3/7/2026"}


def _path(dossier: Dossier, act: str = "") -> str:
    return f"/ho-so/{dossier.code}{act}"


ACTS = [
    ("supplementing", "reception1", "nhan-bo-sung", {"note": "Đủ"}, Status.PROCESSING),
    ("obliged", "cashier1", "nghia-vu", {}, Status.PROCESSING),
    ("suspended", "leader1", "tiep-tuc", {"note": "Có văn bản"}, Status.PROCESSING),
    ("asked", "leader1", "duyet-tam-dung", {}, Status.SUSPENDED),
    ("asked", "leader1", "khong-duyet-tam-dung", {"note": "Chưa đủ"}, Status.PROCESSING),
    (
        "accepted",
        "office1",
        "tam-dung",
        {"reason": "lay_y_kien_phoi_hop", **LETTER},
        Status.SUSPENDED,
    ),
    (
        "accepted",
        "office1",
        "de-nghi-tam-dung",
        {"reason": "khac", "until": "20/7/2026 8:00", **LETTER},
        Status.PROCESSING,
    ),
    (
        "accepted",
        "leader1",
        "gia-han",
        {"until": "31/07/2026", "cause": "vu_viec_phuc_tap", "reason": REASON},
        Status.PROCESSING,
    ),
    ("late", "office1", "nguyen-nhan", {"cause": "cham_xu_ly"}, Status.PROCESSING),
    ("accepted", "reception1", "rut", {"reason": REASON}, Status.WITHDRAWAL_REQUESTED),
    ("accepted", "leader1", "dung-xu-ly", {"reason": REASON}, Status.PROCESSING),
]
every_act = pytest.mark.parametrize(
    ("state", "who", "act", "form", "status"), ACTS, ids=[act for _, _, act, *_ in ACTS]
)


@every_act
def test_an_act_is_asked_for_and_done(
    visit: Visit, lives: Lives, state: str, who: str, act: str, form: dict[str, str], status: Status
) -> None:
    dossier, visitor = getattr(lives, state)(), visit(who)
    assert f'href="/ho-so/{dossier.code}/{act}"' in visitor.get(_path(dossier)).text
    page = visitor.get(_path(dossier, f"/{act}"))
    assert page.status_code == 200
    answer = visitor.post(_path(dossier, f"/{act}"), form)
    assert answer.headers["Location"] == _path(dossier)
    after = lives.now(dossier)
    assert after.seq > dossier.seq
    assert after.status is status
    assert 'class="notice ok"' in visitor.said(answer).text


@every_act
def test_an_act_is_not_for_everyone(
    visit: Visit, lives: Lives, state: str, who: str, act: str, form: dict[str, str], status: Status
) -> None:
    dossier, auditor, stranger = getattr(lives, state)(), visit("auditor1"), visit("leader2")
    assert f"/{act}" not in auditor.get(_path(dossier)).text
    led = auditor.said(auditor.get(_path(dossier, f"/{act}")))
    assert "Hiện không làm được việc này" in led.text
    assert auditor.post(_path(dossier, f"/{act}"), form).status_code == 403
    assert stranger.get(_path(dossier, f"/{act}")).status_code == 404
    stranger.get("/tai-khoan-nao-do")
    assert stranger.post(_path(dossier, f"/{act}"), form).status_code in (303, 404)
    assert lives.now(dossier).seq == dossier.seq


@pytest.mark.parametrize(
    ("form", "beside", "word"),
    [
        ({"note": REASON}, "reason", "Thiếu thông tin bắt buộc"),
        ({"reason": "lay_y_kien_phoi_hop", "note": REASON}, "evidence.document", "căn cứ"),
        (
            {"reason": "lay_y_kien_phoi_hop", "evidence.date": "2026-07-03", "note": REASON},
            "evidence.document",
            "số văn bản",
        ),
        (
            {"reason": "kiem_tra_thuc_te_do_dac", "until": "2030-01-01T08:00", "note": REASON},
            "until",
            "Hãy chọn lại",
        ),
        ({"reason": "kiem_tra_thuc_te_do_dac", "until": "hôm nào", "note": REASON}, "until", "Sai"),
    ],
    ids=range(5),
)
def test_a_pause_that_cannot_be_keeps_what_was_typed(
    visit: Visit, lives: Lives, form: dict[str, str], beside: str, word: str
) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    visitor.get(_path(dossier, "/tam-dung"))
    answer = visitor.post(_path(dossier, "/tam-dung"), form)
    assert answer.status_code == 422
    assert REASON in answer.text
    assert f'id="e-{beside}"' in answer.text
    assert word in answer.text
    assert lives.now(dossier).seq == dossier.seq


def test_a_reason_that_others_decide_is_only_offered_for_asking(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("office1")
    assert 'value="khac"' not in visitor.get(_path(dossier, "/tam-dung")).text
    assert 'value="khac"' in visitor.get(_path(dossier, "/de-nghi-tam-dung")).text
    assert 'value="khac"' in visit("leader1").get(_path(dossier, "/tam-dung")).text


def test_who_decides_on_a_pause_reads_what_was_asked_for(visit: Visit, lives: Lives) -> None:
    page = visit("leader1").get(_path(lives.asked(), "/duyet-tam-dung")).text
    assert "Người dùng office1 đề nghị lúc" in page
    assert "Lý do khác" in page
    assert "15/CAX" in page


def test_a_stale_form_says_what_changed_and_keeps_what_was_typed(
    visit: Visit, lives: Lives
) -> None:
    dossier, visitor = lives.accepted(), visit("leader1")
    visitor.get(_path(dossier, "/dung-xu-ly"))
    lives.complete(dossier, "office1", decision="approve")
    form = {"reason": REASON, "revision": str(dossier.seq)}
    answer = visitor.post(_path(dossier, "/dung-xu-ly"), form)
    assert answer.status_code == 412
    assert REASON in answer.text
    assert "Hoàn thành việc: Việc appraise" in answer.text


def test_acts_that_there_are_not(visit: Visit, lives: Lives) -> None:
    dossier, visitor = lives.accepted(), visit("leader1")
    for act in ("/xoa", "/TAM-DUNG", "/viec/1/xoa", "/viec/0", "/viec/99999999999999999999"):
        visitor.get(_path(dossier))
        assert visitor.get(_path(dossier, act)).status_code == 404
        assert visitor.post(_path(dossier, act)).status_code in (404, 405)
