"""What a citizen was told, on pages: seen, put right, sent again."""

from collections.abc import Callable

from engine.commands.contacts import Undelivered, note_undelivered
from engine.commands.notices import Posting
from engine.model.channel import Channel
from engine.queries.dossiers import find
from engine.queries.notices import notices_of
from engine.store import notices
from notifications.notices import post_ready
from tests.api.lives import Lives
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
SMS = Posting(frozenset({Channel.SMS}))


def unreached(lives: Lives) -> tuple[str, int]:
    """A dossier whose owner was not reached, and the notice that did not arrive."""
    database, clock = lives.office.database, lives.clock
    dossier = lives.complete(lives.submitted(phone="0912345678"), "reception1", decision="accept")
    clock.advance(minutes=5)
    post_ready(database, clock, SMS)
    with database.transaction() as tx:
        (key,) = notices.messages_to(tx, "0912345678")
        note_undelivered(tx, Undelivered(key, Channel.SMS, "refused", "no such number"), clock())
    post_ready(database, clock, SMS)
    with database.reading() as tx:
        (notice,) = notices_of(tx, find(tx, dossier.code, lives.office.actor("reception1")))
    return dossier.code, notice.id


def test_a_contact_is_found_and_put_right(visit: Visit, lives: Lives) -> None:
    code, _ = unreached(lives)
    visitor = visit("reception1")
    assert "Liên hệ cần xác minh: 1" in visitor.get("/viec?view=mine").text
    assert f"/ho-so/{code}/tin-bao" in visitor.get("/lien-he").text
    assert "Liên hệ cần xác minh" in visitor.get("/chuong").text
    page = visitor.get(f"/ho-so/{code}/tin-bao").text
    assert "không đến" in page
    assert "0912345678" in page
    here = f"/ho-so/{code}/lien-he/owner"
    assert 'value="0912345678"' in visitor.get(here).text
    wrong = visitor.post(here, phone="09x")
    assert wrong.status_code == 422
    assert "Số điện thoại không đúng." in wrong.text
    said = visitor.said(visitor.post(here, phone="0987654321", note="Hỏi lại tại quầy"))
    assert "Tin nào chưa đến sẽ được gửi lại." in said.text
    assert "chờ gửi" in said.text
    assert "Liên hệ cần xác minh: 1" not in visitor.get("/viec?view=mine").text
    assert visitor.get(f"/ho-so/{code}/lien-he/submitter").status_code == 404


def test_a_notice_is_sent_again(visit: Visit, lives: Lives) -> None:
    code, notice = unreached(lives)
    visitor = visit("reception1")
    visitor.get(f"/ho-so/{code}/tin-bao")
    said = visitor.said(visitor.post(f"/ho-so/{code}/tin-bao/{notice}/gui-lai"))
    assert "Tin sẽ được gửi lại" in said.text
    assert "Gửi lại" not in visit("office1").get(f"/ho-so/{code}/tin-bao").text


def test_a_message_leads_to_the_look_up_with_its_code(visit: Visit) -> None:
    page = visit(None).get("/tra-cuu?ma=H40.30.01-261126-0001").text
    assert 'value="H40.30.01-261126-0001"' in page
