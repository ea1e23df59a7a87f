"""Pages of channels, of messages that did not arrive, and of webhooks."""

import re

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store import breakers, messages, sending
from engine.store.messages import Draft
from engine.store.sending import LEASE
from tests.api.lives import Lives
from tests.office import COMMUNE_1
from tests.web.test_admin import Visit


def fail_message(lives: Lives) -> int:
    """An SMS to a citizen that the gateway refused, and a channel that is down."""
    clock = lives.clock
    text = Letter("Tin nhắn", "Ho so da co ket qua", "")
    draft = Draft("s:1", Channel.SMS, "0912", text, name="Lò Văn Pảnh", agency=COMMUNE_1)
    with lives.office.database.transaction() as tx:
        messages.enqueue(tx, [draft], clock())
        (claimed,) = sending.claim(tx, Channel.SMS, clock(), 1)
        sending.give_up(tx, claimed, "HTTP 400 số không đúng", clock())
        breakers.trip(tx, Channel.ZALO, "HTTP 503", LEASE, clock())
    return claimed.id


def test_a_message_is_mended_and_sent_again(visit: Visit, lives: Lives) -> None:
    number = fail_message(lives)
    visitor, path = visit("administrator1"), "/quan-tri/tin-gui"
    shown = visitor.get(path).text
    for said in (
        *("Tạm ngắt vì bên nhận không trả lời", "HTTP 503", "Lò Văn Pảnh", "HTTP 400"),
        "Chưa cài đặt",
    ):
        assert said in shown
    assert "Lò Văn Pảnh" not in visit("administrator2").get(path).text
    wrong = visitor.post(f"{path}/{number}", {"address": "không có"})
    assert wrong.status_code == 422
    assert "Hãy nhập dạng 0912345678" in wrong.text
    assert 'value="không có"' in wrong.text
    assert visitor.post(f"{path}/{number}", {"address": "0912 345 678"}).status_code == 303
    assert "Lò Văn Pảnh" not in visitor.get(path).text
    assert visitor.post(path).status_code == 303


def test_a_message_is_given_up_for_good(visit: Visit, lives: Lives) -> None:
    number = fail_message(lives)
    visitor, path = visit("administrator1"), "/quan-tri/tin-gui"
    visitor.get(path)
    assert visitor.post(f"{path}/{number}/thoi").status_code == 303
    assert "Lò Văn Pảnh" not in visitor.get(path).text


def test_a_webhook_from_its_beginning_to_its_end(visit: Visit) -> None:
    visitor, path = visit("administrator1"), "/quan-tri/webhook"
    visitor.get(path)
    typed = {"name": "Bản đồ", "url": "http://127.0.0.1/"}
    wrong = visitor.post(path, typed)
    assert wrong.status_code == 422
    assert "địa chỉ công khai" in wrong.text
    good = {**typed, "url": "https://bando.example.vn/nhan", "loai": "dossier.received"}
    made = visitor.post(path, good)
    assert made.status_code == 201
    assert re.search("whsec_[A-Za-z0-9+/=]{44}", made.text)
    shown = visitor.get(path).text
    assert "whsec_" not in shown
    found = re.search(r'action="([^"?]+)/gui-thu', shown)
    assert found
    one = found[1]
    for act in ("gui-thu", "tam-dung", "tiep-tuc"):
        assert visitor.post(f"{one}/{act}").status_code == 303
    assert visitor.post(one, {**good, "name": "Bản đồ số"}).status_code == 303
    assert visitor.post(one, typed).status_code == 422
    assert "Bản đồ số" in visitor.get(path).text
    assert "whsec_" in visitor.post(f"{one}/khoa").text
    visitor.get(path)
    assert visitor.post(f"{one}/bo").status_code == 303
    assert "Đã bỏ" in visitor.get(path).text
