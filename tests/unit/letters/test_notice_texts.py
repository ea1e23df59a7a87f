"""Notices as people read them, and how long they are."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from engine.letters.notice_rules import rules_on
from engine.letters.notice_texts import (
    MOST_PARTS,
    MOST_ZALO,
    OF_SEVERAL,
    ONE_PART,
    Notice,
    parts,
    written,
)
from engine.model.channel import Channel
from tests.clock import FakeClock

RULES = rules_on(date(2026, 11, 26))
BASE = "https://motcua.tinh.gov.vn"
CODE = "H40.30.01-261126-0001"
DUE = FakeClock().set("2026-12-08 17:00")
EVERY = [
    Notice(number, rule, CODE, "UBND xã Mai Lâm", DUE, DUE, "EP123456789VN")
    for number, rule in enumerate(RULES.notices.values(), start=1)
]
RECEIVED = EVERY[0]


def only(channel: Channel, *notices: Notice) -> str:
    ((_, letter),) = written(channel, notices, RULES, BASE)
    return letter.body


def test_a_mail() -> None:
    ((told, letter),) = written(Channel.MAIL, [RECEIVED], RULES, BASE)
    assert list(told) == [RECEIVED]
    assert letter.subject == f"Hồ sơ {CODE} đã được tiếp nhận"
    assert letter.path == f"/tra-cuu?ma={CODE}"
    assert letter.body == (
        "Kính gửi ông/bà,\n\n"
        f"UBND xã Mai Lâm đã tiếp nhận hồ sơ {CODE}. Hẹn trả kết quả: 17:00 ngày 08/12/2026."
        " Giấy tiếp nhận và hẹn trả kết quả, và việc hồ sơ đang ở đâu: xem ở trang tra cứu.\n"
    )


def test_an_sms() -> None:
    assert only(Channel.SMS, RECEIVED) == (
        f"UBND xa Mai Lam: ho so {CODE} da duoc tiep nhan,"
        " hen tra 17:00 ngay 08/12/2026. https://motcua.tinh.gov.vn/tra-cuu"
    )


def test_a_zalo_message() -> None:
    assert json.loads(only(Channel.ZALO, RECEIVED)) == {
        "template": "tiep_nhan",
        "params": {
            "ma_ho_so": CODE,
            "hen_tra": "17:00 ngày 08/12/2026",
            "co_quan": "UBND xã Mai Lâm",
        },
    }


@pytest.mark.parametrize("notice", EVERY, ids=lambda notice: notice.rule.code)
@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.SMS, Channel.ZALO])
def test_every_notice_has_words(notice: Notice, channel: Channel) -> None:
    bare = replace(notice, due=None, until=None, number=None)
    for each in (notice, bare):
        ((_, letter),) = written(channel, [each], RULES, BASE)
        assert CODE in letter.body
        assert "None" not in letter.body + letter.subject
        if channel is not Channel.ZALO:
            assert not re.search("[{}]", letter.body + letter.subject)


@pytest.mark.parametrize("notice", EVERY, ids=lambda notice: notice.rule.code)
def test_an_sms_takes_one_part_and_at_worst_two(notice: Notice) -> None:
    usual = only(Channel.SMS, notice)
    assert usual.isascii()
    assert (len(usual), parts(usual)) <= (ONE_PART, 1)
    long = replace(notice, code=CODE * 2, agency="Ủy ban nhân dân phường Đông Hưng Thuận" * 2)
    assert parts(only(Channel.SMS, long)) <= 2


def test_the_listed_notices_name_nobody_and_no_matter() -> None:
    for notice in EVERY:
        said = {*re.findall("{([a-z]*)}", notice.rule.text + notice.rule.sms + notice.rule.subject)}
        assert said <= {"code", "agency", "due", "until", "number"}


def many(number: int) -> list[Notice]:
    return [replace(EVERY[n % len(EVERY)], id=n, code=f"{CODE[:-4]}{n:04}") for n in range(number)]


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.ZALO, Channel.MAIL])
@pytest.mark.parametrize("number", [2, 10, 40])
def test_several_are_told_once_each_and_cut_off_nowhere(channel: Channel, number: int) -> None:
    notices = many(number)
    messages = list(written(channel, notices, RULES, BASE))
    assert [each.id for told, _ in messages for each in told] == list(range(number))
    for told, letter in messages:
        assert all(each.code in letter.body for each in told)
        if channel is Channel.SMS:
            assert len(letter.body) <= OF_SEVERAL * MOST_PARTS
        if channel is Channel.ZALO:
            texts = json.loads(letter.body)["params"].values()
            assert max(map(len, texts)) <= MOST_ZALO
    if channel is Channel.MAIL:
        ((_, letter),) = messages
        assert letter.subject == f"{number} tin về hồ sơ của ông/bà"
        assert letter.path == "/tra-cuu"


def test_without_an_address_of_our_own_there_is_no_link() -> None:
    ((_, letter),) = written(Channel.SMS, [RECEIVED], RULES, "")
    assert "/tra-cuu" not in letter.body
