"""Messages that do not arrive come back to the counter, and go out again to the right address."""

from pathlib import Path

import pytest

from engine.commands.acting import Target
from engine.commands.contacts import (
    CorrectContact,
    SendAgain,
    Undelivered,
    correct_contact,
    note_undelivered,
    send_again,
)
from engine.errors import DossierUnknown, NotPermitted
from engine.errors.contacts import NoAddress, NoticeUnknown, NoticeWaiting, PartyUnknown
from engine.model.alert import Subject
from engine.model.channel import Channel
from engine.model.contact import Contact, Means, Party
from engine.queries.alerts import AlertFilter, list_alerts
from engine.queries.paging import Slice
from engine.queries.unreached import UnreachedItem, count_unreached, list_unreached
from engine.settings import Settings, SettingsError
from notifications.bounces import Bounces, read_report, take_bounces
from notifications.channels.mail import message_id
from notifications.dispatcher import dispatch
from tests.clock import FakeClock
from tests.integration.messages.outbox import HEAD
from tests.integration.messages.outbox import post as carrier
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
from tests.processes.walker import Walker
from tests.smtp import Mailroom

NEW = "binh.moi@example.vn"


def correct(walker: Walker, by: str = "reception1", party: str = "owner", **contact: str) -> None:
    command = CorrectContact(Target(walker.dossier.code), Party(party), Contact(**contact))
    walker.do(correct_contact, command, walker.office.actor(by))


def die(office: Office, clock: FakeClock, key: str, channel: Channel) -> None:
    with office.database.transaction() as tx:
        note_undelivered(tx, Undelivered(key, channel, "refused", "không có thuê bao"), clock())


def to_find(office: Office, who: str = "reception1") -> list[UnreachedItem]:
    with office.database.reading() as tx:
        found = list_unreached(tx, Slice(10), office.actor(who)).items
        assert count_unreached(tx, office.actor(who)) == len(found)
        return found


def rings(office: Office, who: str = "reception1") -> list[str]:
    with office.database.reading() as tx:
        chosen = AlertFilter(subject=Subject.CONTACT)
        return [
            each.dossier for each in list_alerts(tx, Slice(10), chosen, office.actor(who)).items
        ]


def test_a_refused_address_is_put_right_and_the_mail_arrives(
    office: Office, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    walker = walked(office, clock, RECEIVED, email=MAIL)
    code = walker.dossier.code
    clock.advance(minutes=5)
    post(office, clock)
    mailroom.recipients[MAIL] = "550 5.1.1 No such user"
    dispatch(office.database, clock, carrier(port))
    post(office, clock)
    (item,) = to_find(office)
    ((missed),) = item.unreached
    assert (item.dossier, missed.party, missed.means, missed.why) == (
        code, Party.OWNER, Means.MAIL, "refused",
    )  # fmt: skip
    assert rings(office) == [code]
    assert not to_find(office, "reception2")
    assert not rings(office, "office1")
    assert names(walker) == [("Đã tiếp nhận, hẹn ngày trả", "failed")]
    assert walker.verified() is None
    correct(walker, email=NEW)
    assert not to_find(office)
    assert not rings(office)
    post(office, clock)
    dispatch(office.database, clock, carrier(port))
    (mail,) = mailroom.mails
    assert mail["To"].addresses[0].addr_spec == NEW
    assert names(walker) == [("Đã tiếp nhận, hẹn ngày trả", "sent")]
    assert walker.verified() is None


def test_who_has_no_zalo_gets_an_sms_and_nobody_is_looked_for(
    office: Office, clock: FakeClock
) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    clock.advance(minutes=5)
    (zalo,) = post(office, clock)
    die(office, clock, zalo.key, Channel.ZALO)
    (sms,) = post(office, clock)
    assert (sms.channel, sms.address) == ("sms", PHONE)
    assert to_find(office) == []
    die(office, clock, sms.key, Channel.SMS)
    die(office, clock, sms.key, Channel.SMS)
    assert post(office, clock) == []
    assert len(to_find(office)) == 1
    assert walker.verified() is None


def test_who_has_nothing_gets_nothing_more(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    clock.advance(minutes=5)
    (sms,) = post(office, clock, {Channel.SMS})
    die(office, clock, sms.key, Channel.SMS)
    post(office, clock)
    correct(walker)
    walker.take("appraise=supplement")
    walker.take("send_supplement_request")
    clock.advance(minutes=5)
    assert post(office, clock) == to_find(office) == []
    assert names(walker) == [("Đã tiếp nhận, hẹn ngày trả", "dropped")]
    assert walker.verified() is None


def test_what_waits_goes_to_the_new_number(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    correct(walker, phone="0987654321")
    clock.advance(minutes=5)
    (sms,) = post(office, clock, {Channel.SMS})
    assert sms.address == "0987654321"


def test_an_old_failure_says_nothing_of_a_new_number(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    clock.advance(minutes=5)
    (sms,) = post(office, clock, {Channel.SMS})
    correct(walker, phone="0987654321")
    die(office, clock, sms.key, Channel.SMS)
    post(office, clock)
    assert to_find(office) == []


def test_nobody_looks_for_whom_the_result_has_reached(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, f"{ISSUED} deliver", phone=PHONE)
    clock.advance(minutes=5)
    (sms,) = post(office, clock, {Channel.SMS})
    assert "danh gia" in sms.body
    die(office, clock, sms.key, Channel.SMS)
    post(office, clock)
    assert to_find(office) == []
    assert names(walker)[-1] == ("Đã trả kết quả, mời đánh giá", "failed")


def test_sent_again(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    code = walker.dossier.code

    def again(number: int, by: str = "reception1") -> None:
        with office.database.transaction() as tx:
            send_again(tx, SendAgain(code, number), office.actor(by), clock())

    (notice,) = told(walker)
    with pytest.raises(NoticeWaiting):
        again(notice.id)
    clock.advance(minutes=5)
    post(office, clock, {Channel.SMS})
    with pytest.raises(NotPermitted):
        again(notice.id, "office1")
    with pytest.raises(DossierUnknown):
        again(notice.id, "reception2")
    with pytest.raises(NoticeUnknown):
        again(notice.id + 99)
    again(notice.id)
    (sms,) = post(office, clock, {Channel.SMS})
    assert sms.address == PHONE
    again(notice.id)
    assert len(post(office, clock, {Channel.SMS})) == 1
    correct(walker)
    with pytest.raises(NoAddress, match="số điện thoại"):
        again(notice.id)


def test_only_the_counter_puts_contacts_right(office: Office, clock: FakeClock) -> None:
    walker = walked(office, clock, RECEIVED, phone=PHONE)
    with pytest.raises(NotPermitted):
        correct(walker, by="office1", phone="0987654321")
    with pytest.raises(DossierUnknown):
        correct(walker, by="reception2", phone="0987654321")
    with pytest.raises(PartyUnknown):
        correct(walker, party="submitter", phone="0987654321")


def bounced(box: Path, key: str, address: str, action: str = "failed") -> None:
    report = f"""\
From: MAILER-DAEMON@mail.example.vn
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.vn

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id(key, HEAD)}
--b--
"""
    (box / "new" / f"{len(list((box / 'new').iterdir()))}.mail").write_text(report)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "tra-lai" / name).mkdir(parents=True)
    return tmp_path / "tra-lai"


def test_a_mail_that_came_back(office: Office, clock: FakeClock, box: Path) -> None:
    walker = walked(office, clock, ASKED, email=MAIL)
    clock.advance(minutes=5)
    (mail,) = post(office, clock)
    bounces = Bounces(box, HEAD)
    bounced(box, "notice:1:guessed", MAIL)
    bounced(box, mail.key, "somebody.else@example.vn")
    bounced(box, mail.key, MAIL, "delayed")
    (box / "new" / "large").write_bytes(b"x" * 2_000_001)
    (box / "new" / "strange").write_bytes(b"Content-Type: multipart/report\n\n\xff")
    assert take_bounces(office.database, clock, bounces) == 0
    assert len(list((box / "cur").iterdir())) == 5
    bounced(box, mail.key, MAIL)
    assert take_bounces(office.database, clock, bounces) == 1
    assert list((box / "new").iterdir()) == []
    post(office, clock)
    ((missed),) = to_find(office)[0].unreached
    assert missed.why == "bounced"
    assert walker.verified() is None


def test_a_report_without_an_original_reports_nothing() -> None:
    assert read_report(b"") == read_report(b"Subject: x\n\nhello") == []


@pytest.mark.parametrize("url", ["imap://x", "maildir:relative", "maildir:///nicht/da"])
def test_a_mailbox_that_is_none(url: str) -> None:
    with pytest.raises(SettingsError, match="MOTCUA_BOUNCES_URL"):
        Bounces.of(Settings(bounces_url=url, mail_from="a@b.vn"))
    assert Bounces.of(Settings()) is None
