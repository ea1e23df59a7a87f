"""From a timer that fires to a mail that arrives, up the ladder, once for each."""

from engine.store.database import Database
from notifications.dispatcher import dispatch
from notifications.tick import tick
from tests.clock import FakeClock
from tests.integration.messages.outbox import post
from tests.integration.messages.people import address_of, give_addresses
from tests.integration.scheduler.lives import submit
from tests.office import Office
from tests.smtp import Mailroom, text_of


def test_a_step_that_nobody_does(
    office: Office, database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    give_addresses(database)
    (dossier,) = submit(office, quiet=False)

    def arrived(moment: str) -> dict[str, str]:
        before = len(mailroom.mails)
        clock.set(moment)
        for _ in range(2):
            tick(database, clock)
            dispatch(database, clock, post(port))
        return {
            mail["To"].addresses[0].addr_spec: text_of(mail) for mail in mailroom.mails[before:]
        }

    assert arrived("2026-07-06 08:50") == {}
    late = arrived("2026-07-06 09:00")
    assert late.keys() == {address_of("office1"), address_of("second_office1")}
    assert (
        f"Việc «Việc appraise» của hồ sơ {dossier.code} đã quá hạn: 09:00 ngày 06/07/2026.\n"
        "Thủ tục: Thủ tục thử.\n"
    ) in late[address_of("office1")]
    assert "Nguyễn Văn Bình" not in str(late)
    # Nobody heads the unit, so that two hours later the next rung is told.
    climbed = arrived("2026-07-06 11:00")
    assert climbed.keys() == {address_of("control1")}
    assert "kiểm soát thủ tục hành chính" in climbed[address_of("control1")]
