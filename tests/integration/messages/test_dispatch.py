"""What is in the outbox arrives, once; what cannot stays visible."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store.database import Database
from engine.store.outbox_tables import message
from engine.store.sending import LEASE, MAX_ATTEMPTS, STALE_AFTER, back_off
from notifications.dispatcher import STALE, DispatchReport, Round, claim, dispatch
from notifications.recording import Outcome
from tests.clock import FakeClock
from tests.integration.messages.outbox import fill, post
from tests.integration.messages.people import rows
from tests.smtp import TAKEN, Mailroom, serving, text_of, wire


def test_what_arrives(database: Database, clock: FakeClock, mailroom: Mailroom, port: int) -> None:
    fill(database, 1, clock())
    clock.advance(minutes=1)
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=1)
    (envelope,), (mail,) = mailroom.envelopes, mailroom.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "motcua@mailam.example.vn", ["1@xa.example.vn"],
    )  # fmt: skip
    assert mail["From"].addresses[0].display_name == "Một cửa xã Mai Lâm"
    assert mail["To"].addresses[0].display_name == "Nguyễn Văn Ân"
    assert mail["To"].addresses[0].addr_spec == "1@xa.example.vn"
    assert mail["Subject"] == "Quá hạn: hồ sơ H40.1"
    assert mail["Date"] == "Mon, 06 Jul 2026 08:01:00 +0700"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Type"] == 'text/plain; charset="utf-8"'
    assert text_of(mail) == (
        "Kính gửi Ân,\n\nHồ sơ đã quá hạn.\n\n"
        "Xem tại: https://motcua.example.vn/dossiers/H40.1\n\n"
        "-- \nThư tự động của hệ thống Một Cửa. Xin không trả lời thư này.\n"
    )
    (row,) = rows(database)
    assert (row["sent_at"], row["attempts"], row["next_attempt_at"]) == (clock(), 1, None)
    assert dispatch(database, clock, post(port)) == DispatchReport()


def test_only_ascii_on_the_wire(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 1, clock(), Letter("Thủ tục " + "rất dài " * 40, "ữ" * 5000 + "\n.\n", "/"))
    dispatch(database, clock, post(port))
    content = wire(mailroom.envelopes[0])
    assert content.isascii()
    assert max(map(len, content.splitlines())) <= 78
    assert mailroom.mails[0]["Subject"] == "Thủ tục " + " ".join(["rất dài"] * 40)
    assert text_of(mailroom.mails[0]).startswith("ữ" * 5000 + "\n.\n")


def test_no_line_of_a_name_becomes_a_header(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    evil = "An\r\nBcc: la@example.com\r\n\r\nXin chào"
    fill(database, 2, clock(), Letter(evil, f"{evil}\r\n.\r\nQUIT\r\n", "/"))
    with database.transaction() as tx:
        tx.execute(update(message).where(message.c.id == 2).values(address="a@b.vn>\r\nDATA"))
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=1, refused=1)
    (mail,) = mailroom.mails
    assert mail["Bcc"] is None
    assert mailroom.envelopes[0].rcpt_tos == ["1@xa.example.vn"]
    assert mail["Subject"] == "An Bcc: la@example.com Xin chào"
    assert "\n.\nQUIT\n" in text_of(mail)


def test_a_refused_recipient_is_final_and_visible(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 3, clock())
    mailroom.recipients["2@xa.example.vn"] = "550 5.1.1 No such user"
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=2, refused=1)
    refused = rows(database)[1]
    assert (refused["next_attempt_at"], refused["sent_at"]) == (None, None)
    assert refused["last_error"] == "550 5.1.1 No such user"
    clock.advance(days=1)
    assert dispatch(database, clock, post(port)) == DispatchReport()


def test_a_recipient_for_later(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 2, clock())
    mailroom.recipients["1@xa.example.vn"] = "450 4.2.1 Mailbox busy"
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=1, postponed=1)
    del mailroom.recipients["1@xa.example.vn"]
    assert dispatch(database, clock, post(port)) == DispatchReport()
    clock.advance(minutes=1.5)
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=1)
    assert rows(database)[0]["last_error"] is None


def test_a_refused_text_is_final(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 1, clock())
    mailroom.answer = "554 5.7.1 Looks like spam"
    assert dispatch(database, clock, post(port)) == DispatchReport(refused=1)
    mailroom.answer = TAKEN
    clock.advance(days=1)
    assert dispatch(database, clock, post(port)) == DispatchReport()


def test_down_then_up(database: Database, clock: FakeClock, port: int) -> None:
    fill(database, 5, clock())
    down = DispatchReport(unreachable=1, returned=2)
    assert dispatch(database, clock, post(port), batch=3) == down
    assert "ConnectionRefusedError" in str(rows(database)[0]["last_error"])
    assert [row["attempts"] for row in rows(database)] == [1, 0, 0, 0, 0]
    clock.advance(minutes=2)
    room = Mailroom()
    with serving(room, port):
        assert dispatch(database, clock, post(port)) == DispatchReport(sent=5)
    assert len({mail["Message-ID"] for mail in room.mails}) == 5


def test_given_up_in_the_end(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 1, clock())
    mailroom.answer = "451 4.3.0 Try later"
    start, attempts = clock(), 0
    while rows(database)[0]["next_attempt_at"]:
        attempts += dispatch(database, clock, post(port)).postponed
        clock.advance(minutes=10)
    assert attempts == rows(database)[0]["attempts"] == MAX_ATTEMPTS
    assert timedelta(days=2.5) < clock() - start < timedelta(days=4)


def test_pauses_grow_and_differ() -> None:
    pauses = [back_off("k:1", attempts) for attempts in range(1, MAX_ATTEMPTS)]
    assert timedelta(seconds=60) <= pauses[0] <= timedelta(seconds=84)
    assert timedelta(minutes=60) <= pauses[-1] <= timedelta(minutes=84)
    assert len({back_off(f"k:{n}", 1) for n in range(100)}) > 90


def test_what_nobody_sent_for_days_is_not_sent_at_all(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 1, clock())
    clock.advance(STALE_AFTER + timedelta(seconds=1))
    assert dispatch(database, clock, post(port)) == DispatchReport()
    assert mailroom.mails == []
    assert rows(database)[0]["last_error"] == STALE


def test_two_at_once(database: Database, clock: FakeClock, mailroom: Mailroom, port: int) -> None:
    fill(database, 60, clock())

    def work(_: int) -> DispatchReport:
        return dispatch(database, clock, post(port), batch=7)

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(work, range(4)))
    assert sum(report.sent for report in reports) == 60
    assert len({mail["Message-ID"] for mail in mailroom.mails}) == len(mailroom.mails) == 60


def test_a_clock_that_jumps_ahead_and_back(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 1, clock())
    start = clock()
    clock.advance(hours=1)
    (claimed,) = claim(database, clock, Channel.MAIL)
    clock.set(start)
    # Its claimer was killed. Nobody waits for an hour until this lease ends.
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=1)
    assert claimed.fence == 1


def test_written_while_the_clock_was_a_day_ahead(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 1, clock() + timedelta(days=1))
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=1)


def test_a_late_sender_finds_it_claimed(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 1, clock())
    late = claim(database, clock, Channel.MAIL)
    clock.advance(LEASE)
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=1)
    round_ = Round(database, clock, post(port), lambda: True)
    assert list(round_.send(late)) == [Outcome.LOST]
    assert len(mailroom.mails) == 1


def test_told_to_stop(database: Database, clock: FakeClock, mailroom: Mailroom, port: int) -> None:
    fill(database, 3, clock())
    answers = iter([True, True, False, False, False])
    report = dispatch(database, clock, post(port), go_on=lambda: next(answers))
    assert report == DispatchReport(sent=1, returned=2)
    assert [row["attempts"] for row in rows(database)] == [1, 0, 0]
    assert dispatch(database, clock, post(port)) == DispatchReport(sent=2)
