"""What hangs on the wall of an agency, and until when it should."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from engine.commands.postings import PostProcedures, post_procedures
from engine.queries.postings import Board, board
from engine.store.office_tables import office_event
from tests.clock import FakeClock
from tests.office import COMMUNE_1, Office
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
BIRTH = "1.001193"


def seen(office: Office, clock: FakeClock) -> Board:
    with office.database.reading() as tx:
        return board(tx, COMMUNE_1, office.actor("reception1"), clock())


def test_five_working_days_to_post(office: Office, clock: FakeClock) -> None:
    """Counted from Monday 6 July 2026, when the office learnt of it."""
    birth = next(each for each in seen(office, clock).waiting if each.procedure == BIRTH)
    assert f"{birth.due_at:%Y-%m-%d %H:%M}" == "2026-07-13 17:00"
    assert not birth.late
    clock.advance(timedelta(days=8))
    assert all(each.late for each in seen(office, clock).waiting)
    with office.database.transaction() as tx:
        command = PostProcedures(COMMUNE_1, [birth.id])
        assert post_procedures(tx, command, office.actor("reception1"), clock()) == 1
        assert post_procedures(tx, command, office.actor("reception1"), clock()) == 0
    posted = [each for each in seen(office, clock).items if each.posted_at]
    assert [(each.procedure, each.late) for each in posted] == [(BIRTH, True)]
    assert seen(office, clock).in_time == 0


def test_what_is_ticked_hangs_there(visit: Visit, office: Office, clock: FakeClock) -> None:
    visitor = visit("reception1")
    page = visitor.get("/niem-yet")
    assert "2.000815" in page.text
    first, second, *rest = seen(office, clock).waiting
    answer = visitor.post("/niem-yet", {"decision": [str(first.id), str(second.id)]})
    assert "Đã ghi niêm yết 2 thủ tục." in visitor.said(answer).text
    assert [each.id for each in seen(office, clock).waiting] == [each.id for each in rest]
    with office.database.reading() as tx:
        (event,) = tx.execute(
            select(office_event).where(office_event.c.type == "PROCEDURES_POSTED")
        ).all()
    assert event.after == {"procedures": sorted([first.procedure, second.procedure])}


def test_nothing_strange_is_noted(visit: Visit, office: Office, clock: FakeClock) -> None:
    visitor = visit("reception1")
    visitor.get("/niem-yet")
    before = len(seen(office, clock).waiting)
    for ticked in ([], ["999999"], ["-1"], ["x"], ["9" * 40]):
        assert visitor.post("/niem-yet", {"decision": ticked}).status_code == 303
        assert "Hãy tải lại" in visitor.get("/niem-yet").text, ticked
    assert len(seen(office, clock).waiting) == before
    assert visit("cashier1").get("/niem-yet").status_code == 403
