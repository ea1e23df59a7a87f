"""What leaves the house for a citizen, when, and together."""

import json

import pytest

from engine.model.channel import Channel
from engine.store import notices
from engine.store.notice_tables import NO_CHANNEL, STALE
from tests.clock import FakeClock
from tests.integration.notices.telling import (
    ASKED,
    ISSUED,
    MAIL,
    PHONE,
    RECEIVED,
    names,
    post,
    told,
    walked,
)
from tests.office import Office


def test_received_by_zalo_and_mail(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, "check_papers=accept", phone=PHONE, email=MAIL)
    assert post(office, clock) == []
    clock.advance(minutes=5)
    zalo, mail = sorted(post(office, clock), key=lambda row: row.address)
    code = walker.dossier.code
    assert (zalo.channel, zalo.address, mail.channel, mail.address) == (
        "zalo", PHONE, "mail", MAIL,
    )  # fmt: skip
    assert json.loads(zalo.body)["params"]["ma_ho_so"] == code
    assert mail.subject == f"Hồ sơ {code} đã được tiếp nhận"
    assert (mail.path, mail.agency, mail.name) == (
        f"/tra-cuu?ma={code}", "H40.30.01", f"Người nộp hồ sơ {code}",
    )  # fmt: skip
    assert "Bình" not in mail.body + zalo.body
    assert post(office, clock) == []
    assert walker.verified() is None


def test_nobody_is_told_who_cannot_be_or_does_not_wish_to_be(
    office: Office, clock: FakeClock
) -> None:
    assert told(walked(office, clock, RECEIVED)) == []


def test_at_night_telephones_wait_for_the_morning_and_get_one_message(
    office: Office, clock: FakeClock
) -> None:
    clock.set("2026-07-06 20:40")
    walker = walked(office, clock, RECEIVED, phone=PHONE, email=MAIL)
    clock.set("2026-07-06 20:58")
    walker.take("appraise=supplement")
    walker.take("send_supplement_request")
    clock.set("2026-07-06 21:30")
    assert {row.channel for row in post(office, clock)} == {"mail"}
    clock.set("2026-07-07 06:59")
    assert post(office, clock) == []
    clock.set("2026-07-07 07:00")
    (sms,) = post(office, clock, {Channel.SMS})
    code = walker.dossier.code
    assert sms.body.count(f"ho so {code}") == 2
    assert "da duoc tiep nhan" in sms.body
    assert "can bo sung giay to" in sms.body


def test_what_is_true_no_more_in_the_morning_is_not_said(office: Office, clock: FakeClock) -> None:
    clock.set("2026-07-06 20:40")
    walker = walked(office, clock, f"{ASKED} +supplement", phone=PHONE)
    clock.set("2026-07-07 07:00")
    (sms,) = post(office, clock, {Channel.SMS})
    assert "can bo sung" not in sms.body
    assert "duoc giai quyet tiep" in sms.body
    assert names(walker)[-2:] == [
        ("Yêu cầu bổ sung", "dropped"), ("Được giải quyết tiếp", "leaving"),
    ]  # fmt: skip


def test_two_dossiers_of_one_person_are_one_message(office: Office, clock: FakeClock) -> None:
    first = walked(office, clock, RECEIVED, phone=PHONE)
    second = walked(office, clock, "check_papers=accept", phone=PHONE)
    clock.advance(minutes=5)
    (sms,) = post(office, clock, {Channel.SMS})
    assert first.dossier.code in sms.body
    assert second.dossier.code in sms.body
    assert sms.dossier_id is None
    assert sms.agency == "H40.30.01"


@pytest.mark.parametrize("used", [set(), {Channel.MAIL}])
def test_a_house_without_messages_to_telephones_says_so(
    office: Office, clock: FakeClock, used: set[Channel]
) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    clock.advance(minutes=5)
    assert post(office, clock, used) == []
    (notice,) = told(walker)
    assert notice.why == NO_CHANNEL


def test_nobody_is_told_old_news(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    clock.advance(days=4)
    assert post(office, clock) == []
    assert told(walker)[0].why == STALE


def test_a_result_is_reminded_of_until_it_is_fetched(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, ISSUED, phone=PHONE)
    clock.advance(minutes=5)
    (sms,) = post(office, clock, {Channel.SMS})
    assert sms.body.endswith(
        "da co ket qua. Moi den nhan, mang giay hen va giay to tuy than."
        " https://motcua.example.vn/tra-cuu"
    )
    clock.advance(days=7)
    (reminder,) = post(office, clock, {Channel.SMS})
    assert "dang cho ong/ba den nhan" in reminder.body
    walker.take("deliver")
    clock.advance(minutes=5)
    (thanks,) = post(office, clock, {Channel.SMS})
    assert "danh gia muc do hai long" in thanks.body
    clock.advance(days=60)
    assert post(office, clock, {Channel.SMS}) == []
    assert names(walker)[-2:] == [
        ("Nhắc nhận kết quả", "dropped"), ("Đã trả kết quả, mời đánh giá", "leaving"),
    ]  # fmt: skip


def test_what_was_told_is_forgotten_with_the_messages(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    clock.advance(minutes=5)
    post(office, clock)
    clock.advance(days=91)
    with office.database.transaction() as tx:
        assert notices.forget(tx, clock()) == 1
    assert told(walker) == []
