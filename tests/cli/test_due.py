"""`motcua due`."""

import pytest

from tests.cli.conftest import Shell


@pytest.mark.parametrize(
    ("start", "limit", "rule", "due"),
    [
        ("2026-02-13T09:00", "1 working_days", "NEXT_DAY", "2026-02-23T17:00:00+07:00"),
        ("2026-04-10T09:00+07:00", "15 days", "next_day", "2026-04-28T17:00:00+07:00"),
        ("2026-07-06T02:32+00:00", "8 hours", "INSTANT", "2026-07-07T09:32:00+07:00"),
    ],
)
def test_it_computes_a_due_date(
    bare_shell: Shell, start: str, limit: str, rule: str, due: str
) -> None:
    words = ("due", "--from", start, "--limit", limit, "--rule", rule, "--json")
    assert bare_shell(*words).json["due"] == due


def test_it_explains_every_day(bare_shell: Shell) -> None:
    words = ("due", "--from", "2026-07-03T09:00", "--limit", "1 working_days", "--json")
    assert bare_shell(*words).json["days"] == [
        {"date": "2026-07-03", "counted": False, "why": "Ngày bắt đầu, không tính"},
        {"date": "2026-07-04", "counted": False, "why": "Thứ Bảy"},
        {"date": "2026-07-05", "counted": False, "why": "Chủ Nhật"},
        {"date": "2026-07-06", "counted": True, "why": "Ngày làm việc"},
    ]


def test_an_office_may_have_its_own_hours(bare_shell: Shell) -> None:
    words = ("due", "--from", "2026-07-06T08:00", "--limit", "8 hours")
    own = (*words, "--sessions", "8:00-12:00, 14:00-18:00", "--json")
    assert bare_shell(*own).json["due"] == "2026-07-06T18:00:00+07:00"
    assert "10:00 07/07/2026" in bare_shell(*words, "--sessions", "9:00-11:00,13:00-18:00").out


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "hôm qua", "--limit", "8 hours"),
        ("--from", "2026-07-06", "--limit", "8 weeks"),
        ("--from", "2026-07-06", "--limit", "8 hours", "--sessions", "sáng"),
        ("--from", "2026-07-06", "--limit", "8 hours", "--sessions", "11:00-7:00"),
        ("--from", "2026-07-06", "--limit", "8 hours", "--sessions", "25:00-26:00"),
        ("--from", "9999-12-31", "--limit", "8 hours"),
    ],
)
def test_nonsense_is_refused_in_words(bare_shell: Shell, words: tuple[str, ...]) -> None:
    ran = bare_shell("due", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Lỗi: ")
