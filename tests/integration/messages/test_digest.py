"""The daily digest: what it says, to whom, when, and how often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest

from bpmn.roles import Role
from engine.model.alert import Level, Subject
from engine.model.standing import Standing
from engine.queries.digest import ROWS_AT_ONCE
from engine.store import errands
from engine.store.database import Database
from notifications.digest import ERRAND, send_digests
from tests.clock import VIETNAM, FakeClock
from tests.integration.messages.dossiers import Shelf
from tests.integration.messages.people import add_person, address_of, give_addresses, rows
from tests.office import COMMUNE_2, Office

AT = time(7)
ROWS = ROWS_AT_ONCE + 10
THEIRS = ("office1", "leader1", "director1", "control1")


def moment(text: str) -> datetime:
    """Vietnamese time in July 2026, e.g. `07 17:00`."""
    return datetime.fromisoformat(f"2026-07-{text}").replace(tzinfo=VIETNAM)


@pytest.fixture
def shelf(office: Office, database: Database, clock: FakeClock) -> Shelf:
    """Wednesday morning, and people who can be written to."""
    give_addresses(database, THEIRS)
    clock.set("2026-07-08 07:00")
    return Shelf(office, database)


def letters(database: Database) -> dict[str, tuple[str, str]]:
    """Who got what: subject and text by user name."""
    return {
        str(row["address"]).partition("@")[0]: (str(row["subject"]), str(row["body"]))
        for row in rows(database)
    }


def filled(shelf: Shelf) -> None:
    """One dossier of each kind."""
    late, today, soon = moment("07 15:00"), moment("08 17:00"), moment("09 10:00")
    shelf.both("A-OVERDUE", Standing.OVERDUE, late, "office1")
    shelf.both("B-TODAY", Standing.ON_TRACK, today, "office1")
    shelf.both("C-NEAR", Standing.NEAR_DUE, soon, "office1")
    shelf.both("D-FAR", Standing.ON_TRACK, moment("20 17:00"), "office1")
    pause = {"pause_reason": "nghia_vu_tai_chinh", "paused_since": moment("01 08:00")}
    shelf.both("E-PAUSED", Standing.PAUSED, late, "office1", **pause, pause_until=soon)
    shelf.both("F-RESTS-LONG", Standing.PAUSED_OVERDUE, late, "office1", **pause, pause_until=late)
    shelf.both("G-FREE", Standing.ON_TRACK, moment("10 17:00"), None)
    intake = shelf.put("H-INTAKE", Standing.INTAKE, None, None, unit=None)
    shelf.alert(intake, Subject.INTAKE, Level.OVERDUE, late)
    shelf.put("I-NEW", Standing.INTAKE, None, None, unit=None)
    shelf.both("J-DONE", Standing.DONE, late, "office1")


def test_what_an_officer_reads(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    filled(shelf)
    send_digests(database, clock, AT)
    subject, body = letters(database)["office1"]
    assert subject == (
        "Tóm tắt ngày 08/07/2026: quá hạn 1, đến hạn hôm nay 1, sắp đến hạn 1,"
        " tạm dừng quá thời hạn 1, chưa có người nhận 1"
    )
    name = "Thủ tục thử"
    assert body.splitlines() == [
        "Kính gửi Người dùng office1,",
        "",
        "Việc của ông/bà:",
        "",
        "QUÁ HẠN (1)",
        f"- A-OVERDUE · {name} · «Thẩm định» · hạn 15:00 ngày 07/07/2026 · quá 2 giờ làm việc",
        "",
        "ĐẾN HẠN HÔM NAY (1)",
        f"- B-TODAY · {name} · «Thẩm định» · hạn 17:00 ngày 08/07/2026 · còn 1 ngày làm việc",
        "",
        "SẮP ĐẾN HẠN (1)",
        f"- C-NEAR · {name} · «Thẩm định» · hạn 10:00 ngày 09/07/2026 · còn 1 ngày 3 giờ làm việc",
        "",
        "TẠM DỪNG QUÁ THỜI HẠN (1)",
        f"- F-RESTS-LONG · {name} · «Thẩm định» · tạm dừng: Thực hiện nghĩa vụ tài chính"
        " · hạn 15:00 ngày 07/07/2026 · quá 2 giờ làm việc",
        "",
        "CHƯA CÓ NGƯỜI NHẬN (1)",
        f"- G-FREE · {name} · «Thẩm định» · hạn 17:00 ngày 10/07/2026 · còn 3 ngày làm việc",
    ]


def test_what_a_leader_reads(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    filled(shelf)
    send_digests(database, clock, AT)
    _, body = letters(database)["leader1"]
    assert body.startswith(
        "Kính gửi Người dùng leader1,\n\nTrong phạm vi ông/bà phụ trách:\n"
        "  Quá hạn: 1\n  Đến hạn hôm nay: 1\n  Sắp đến hạn: 1\n  Tạm dừng quá thời hạn: 1\n"
        "  Chưa trả lời tiếp nhận: 1\n  Chưa có người nhận: 1\n  Đang tạm dừng: 1\n\nQUÁ HẠN (1)\n"
        "- A-OVERDUE · Thủ tục thử · hạn 15:00 ngày 07/07/2026 · quá 2 giờ làm việc"
        " · đang giữ: Người dùng office1\n"
    )
    assert (
        "CHƯA TRẢ LỜI TIẾP NHẬN (1)\n"
        "- H-INTAKE · Thủ tục thử · hạn 15:00 ngày 07/07/2026 · quá 2 giờ làm việc"
        " · đang giữ: chưa có người giữ\n"
    ) in body
    assert "ĐANG TẠM DỪNG (1)\n- E-PAUSED · Thủ tục thử · tạm dừng: Thực hiện" in body
    assert not {code for code in ("D-FAR", "I-NEW", "J-DONE") if code in body}


def test_nobody_is_named_who_is_no_official(
    shelf: Shelf, database: Database, clock: FakeClock
) -> None:
    filled(shelf)
    send_digests(database, clock, AT)
    assert letters(database).keys() == set(THEIRS)
    assert "Công Dân" not in str(letters(database))


def test_each_supervisor_sees_their_own(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    late = moment("07 15:00")
    shelf.both("OFFICE", Standing.OVERDUE, late, "office1")
    shelf.both("ECONOMY", Standing.OVERDUE, late, "economy1", unit="ECONOMY")
    shelf.both("ELSEWHERE", Standing.OVERDUE, late, None, competent_agency=COMMUNE_2)
    add_person(database, "head", Role.UNIT_HEAD, "ECONOMY")
    give_addresses(database, ["control", "leader2"])
    send_digests(database, clock, AT)
    codes = ("OFFICE", "ECONOMY", "ELSEWHERE")
    seen = {who: {c for c in codes if c in body} for who, (_, body) in letters(database).items()}
    assert seen["head"] == {"ECONOMY"}
    assert seen["leader1"] == seen["control1"] == {"OFFICE", "ECONOMY"}
    assert seen["director1"] == seen["control"] == set(codes)
    assert seen["leader2"] == {"ELSEWHERE"}


def test_nothing_to_tell(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    shelf.both("D-FAR", Standing.ON_TRACK, moment("20 17:00"), "office1")
    assert send_digests(database, clock, AT) == 0
    assert rows(database) == []


def test_a_due_date_that_moved(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    id_ = shelf.both("K-MOVED", Standing.ON_TRACK, moment("21 17:00"), "office1")
    holder = shelf.id_of("office1")
    shelf.alert(id_, Subject.CALENDAR, Level.NOTICE, moment("21 17:00"), holder=holder)
    send_digests(database, clock, AT)
    assert "HẠN TRẢ VỪA ĐỔI THEO LỊCH LÀM VIỆC (1)\n- K-MOVED" in letters(database)["office1"][1]


def test_once_a_day(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    filled(shelf)
    clock.set("2026-07-08 06:59")
    assert send_digests(database, clock, AT) is None
    clock.set("2026-07-08 07:00")
    assert send_digests(database, clock, AT) == len(THEIRS)
    clock.advance(hours=1)
    shelf.both("NEW", Standing.OVERDUE, moment("07 17:00"), None)
    assert send_digests(database, clock, AT) is None
    clock.set("2026-07-09 09:30")
    assert send_digests(database, clock, AT) == len(THEIRS)
    assert len(rows(database)) == 2 * len(THEIRS)


@pytest.mark.parametrize("day", ["2026-07-11 09:00", "2026-09-02 07:00", "2026-07-08 17:00"])
def test_not_on_days_off_nor_after_hours(
    shelf: Shelf, database: Database, clock: FakeClock, day: str
) -> None:
    filled(shelf)
    clock.set(day)
    assert send_digests(database, clock, AT) == 0


def test_many_schedulers(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    filled(shelf)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: send_digests(database, clock, AT), range(4)))
    assert sorted(done, key=str) == [len(THEIRS), None, None, None]
    assert len(rows(database)) == len(THEIRS)


def test_after_a_scheduler_was_killed(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    filled(shelf)
    with database.transaction() as tx:
        assert errands.take(tx, ERRAND, clock().date(), clock())
    assert send_digests(database, clock, AT) is None
    clock.advance(errands.LEASE)
    assert send_digests(database, clock, AT) == len(THEIRS)


def test_stopped_and_begun_again(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    filled(shelf)
    assert send_digests(database, clock, AT, go_on=lambda: False) == len(THEIRS)
    clock.advance(timedelta(seconds=30))
    send_digests(database, clock, AT)
    assert len(rows(database)) == len(THEIRS)


def test_every_row_is_there(shelf: Shelf, database: Database, clock: FakeClock) -> None:
    for number in range(ROWS):
        shelf.both(f"N-{number:04}", Standing.OVERDUE, moment("07 15:00"), None)
    send_digests(database, clock, AT)
    for username, title in (("office1", "CHƯA CÓ NGƯỜI NHẬN"), ("leader1", "QUÁ HẠN")):
        subject, body = letters(database)[username]
        assert f"{title} ({ROWS})" in body
        assert {f"N-{number:04}" for number in range(ROWS)} <= set(body.split())
        assert str(ROWS) in subject
    assert address_of("office1") == rows(database)[0]["address"]
