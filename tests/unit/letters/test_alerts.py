"""Letters about alerts, as people read them."""

import itertools
import re
from dataclasses import replace

import pytest

from engine.letters.alerts import AlertNews, at_once, letter
from engine.model.alert import Level, Rung, Subject
from tests.clock import FakeClock

OVERDUE = AlertNews(
    code="H40.30.01-260828-0007",
    procedure_name="Đăng ký khai sinh",
    seq=9,
    subject=Subject.DOSSIER,
    level=Level.OVERDUE,
    rung=Rung.HOLDER,
    step_name="Thẩm định hồ sơ",
    against=FakeClock().set("2026-09-07 17:00"),
)
EVERY = [
    replace(OVERDUE, subject=subject, level=level, rung=rung)
    for subject, level, rung in itertools.product(Subject, Level, Rung)
]


def test_an_overdue_dossier() -> None:
    written = letter(OVERDUE, "Nguyễn Văn Ân")
    assert written.subject == "Quá hạn: hồ sơ H40.30.01-260828-0007"
    assert written.path == "/dossiers/H40.30.01-260828-0007"
    assert written.body == (
        "Kính gửi Nguyễn Văn Ân,\n"
        "\n"
        "Hồ sơ H40.30.01-260828-0007 đã quá hạn trả kết quả: 17:00 ngày 07/09/2026.\n"
        "Thủ tục: Đăng ký khai sinh.\n"
        "\n"
        "Đề nghị giải quyết ngay và ghi nguyên nhân quá hạn.\n"
        "\n"
        "Ông/bà nhận thư này vì việc đang do ông/bà giữ hoặc chờ ông/bà nhận.\n"
    )


def test_a_step_that_nobody_took_for_the_head_of_the_unit() -> None:
    news = replace(OVERDUE, subject=Subject.UNASSIGNED, rung=Rung.UNIT_HEAD)
    written = letter(news, "Lê Thị Bưởi")
    assert written.subject == "Chưa có người nhận: hồ sơ H40.30.01-260828-0007"
    assert "Việc «Thẩm định hồ sơ» của hồ sơ H40.30.01-260828-0007 chưa có người nhận" in (
        written.body
    )
    assert "Đề nghị nhận việc hoặc phân công người xử lý." in written.body
    assert "phụ trách bộ phận" in written.body


def test_without_a_step() -> None:
    written = letter(replace(OVERDUE, subject=Subject.STEP, step_name=None), "Ân")
    assert "Việc đang mở của hồ sơ" in written.body


@pytest.mark.parametrize("news", EVERY, ids=lambda news: f"{news.subject}-{news.level}-{news.rung}")
def test_every_alert_has_words(news: AlertNews) -> None:
    written = letter(news, "Ân")
    assert news.code in written.subject
    assert news.code in written.body
    assert "17:00 ngày 07/09/2026" in written.body
    assert not re.search(r"[{}]|None", written.subject + written.body)


def test_names_bring_no_lines_of_their_own() -> None:
    news = replace(OVERDUE, subject=Subject.STEP, step_name="Ký\r\nBcc: x", procedure_name="{a}\nb")
    written = letter(news, "Ân\r\nBcc: người.lạ@example.vn")
    assert "Kính gửi Ân Bcc: người.lạ@example.vn,\n" in written.body
    assert "Việc «Ký Bcc: x»" in written.body
    assert "Thủ tục: {a} b.\n" in written.body
    assert "\r" not in written.body


def test_few_letters() -> None:
    alone = {(n.subject, n.level) for n in EVERY if n.rung is Rung.HOLDER and at_once(n)}
    late = {Level.DUE, Level.OVERDUE}
    matters = {
        *(Subject.DOSSIER, Subject.STEP, Subject.PAUSE, Subject.INTAKE, Subject.OBLIGATION),
    }
    assert alone == {(s, level) for s in matters for level in late} | {
        (subject, level) for subject in (Subject.UNASSIGNED, Subject.PRESS) for level in Level
    }


def test_every_escalation_is_told() -> None:
    assert all(at_once(news) for news in EVERY if news.rung > Rung.HOLDER)
