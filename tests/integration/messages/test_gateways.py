"""SMS and Zalo messages as gateways get them, and what their answers mean."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.settings import Settings, SettingsError
from engine.store import messages
from engine.store.database import Database
from engine.store.messages import Draft
from engine.store.sending import Claimed
from notifications.channels.carrier import Postponed, Refused, Unreachable
from notifications.channels.http import MOST_BYTES
from notifications.channels.sms import SmsCarrier
from notifications.channels.zalo import ZaloCarrier
from notifications.dispatcher import DispatchReport, dispatch
from tests.clock import START, FakeClock
from tests.gateway import Gateway, Reply, gateway
from tests.integration.messages.people import rows

TEXT = "Hồ sơ H40.30.01-260828-0007 đã có kết quả."
ZNS = {"template": "co_ket_qua", "params": {"ma_ho_so": "H40.30.01-260828-0007"}}


@pytest.fixture
def server() -> Iterator[Gateway]:
    with gateway() as server:
        yield server


def sms(server: Gateway) -> SmsCarrier:
    carrier = SmsCarrier.of(
        Settings(sms_url=f"{server.url}/gui", sms_token="bi-mat", sms_brand="MC")
    )
    assert carrier is not None
    return carrier


def zalo(server: Gateway) -> ZaloCarrier:
    named = Settings(zalo_url=server.url, zalo_token="bi-mat", zalo_templates="co_ket_qua=203973")
    carrier = ZaloCarrier.of(named)
    assert carrier is not None
    return carrier


def message(channel: Channel, body: str, address: str = "0912 345 678") -> Claimed:
    return Claimed(
        1, "k:1", channel, None, None, None, "Ân", address, Letter("x", body, ""), 1, 0, START
    )


def send(carrier: SmsCarrier | ZaloCarrier, sent: Claimed) -> str | None:
    with carrier.session() as session:
        return session.send(sent, START)


def test_an_sms(database: Database, clock: FakeClock, server: Gateway) -> None:
    draft = Draft("k:1", Channel.SMS, "+84 912 345 678", Letter("Tin nhắn", TEXT, ""))
    with database.transaction() as tx:
        messages.enqueue(tx, [draft], clock())
    server.reply = lambda asked: Reply(503, headers={"Retry-After": "1800"})
    assert dispatch(database, clock, sms(server)) == DispatchReport(unreachable=1)
    assert rows(database)[0]["next_attempt_at"] == clock() + timedelta(minutes=30)
    clock.advance(minutes=30)
    server.reply = lambda asked: Reply(202)
    assert dispatch(database, clock, sms(server)) == DispatchReport(sent=1)
    first, again = server.asked
    assert first.json == again.json
    assert first.path == "/gui"
    assert first.headers["Authorization"] == "Bearer bi-mat"
    assert {**first.json, "id": ""} == {"id": "", "to": "84912345678", "from": "MC", "text": TEXT}


def test_a_zalo_message(server: Gateway) -> None:
    server.reply = lambda asked: Reply(
        200, b'{"error":0,"message":"Success","data":{"msg_id":"a1"}}'
    )
    assert "a1" in (send(zalo(server), message(Channel.ZALO, json.dumps(ZNS))) or "")
    (asked,) = server.asked
    assert asked.path == "/message/template"
    assert asked.headers["access_token"] == "bi-mat"
    assert {**asked.json, "tracking_id": ""} == {
        "phone": "84912345678",
        "template_id": "203973",
        "template_data": ZNS["params"],
        "tracking_id": "",
    }


@pytest.mark.parametrize(
    ("code", "means"),
    [(-108, Refused), (-118, Refused), (-133, Postponed), (-124, Unreachable), (-115, Unreachable)],
)
def test_what_zalo_means(server: Gateway, code: int, means: type[Exception]) -> None:
    said = {"error": code, "message": "Nói gì đó"}
    server.reply = lambda asked: Reply(200, json.dumps(said).encode())
    with pytest.raises(means, match=f"Zalo {code}: Nói gì đó"):
        send(zalo(server), message(Channel.ZALO, json.dumps(ZNS)))


@pytest.mark.parametrize(
    ("reply", "means"),
    [
        (Reply(400, b"no"), Refused),
        (Reply(401), Unreachable),
        (Reply(500), Postponed),
        (Reply(429, headers={"Retry-After": "Mon, 06 Jul 2026 01:10:00 GMT"}), Unreachable),
        (Reply(302, headers={"Location": "http://127.0.0.1:1/"}), Unreachable),
    ],
)
def test_what_a_status_means(server: Gateway, reply: Reply, means: type[Exception]) -> None:
    server.reply = lambda asked: reply
    with pytest.raises(means, match=f"HTTP {reply.status}") as said:
        send(sms(server), message(Channel.SMS, TEXT))
    if reply.status == 429:
        assert said.value.retry_after == timedelta(minutes=10)  # type: ignore[attr-defined]
    assert len(server.asked) == 1


def test_what_never_ends_is_not_read_to_the_end(server: Gateway) -> None:
    server.reply = lambda asked: Reply(400, b"x" * (50 * MOST_BYTES))
    with pytest.raises(Refused) as said:
        send(sms(server), message(Channel.SMS, TEXT))
    assert len(str(said.value)) <= 500


def test_nobody_there() -> None:
    with gateway() as gone:
        pass
    with pytest.raises(Unreachable):
        send(sms(gone), message(Channel.SMS, TEXT))


@pytest.mark.parametrize("number", ["", "12345", "+1 202 555 0100", "không có"])
def test_numbers_that_ring_nowhere(server: Gateway, number: str) -> None:
    with pytest.raises(Refused, match="Số điện thoại"):
        send(sms(server), message(Channel.SMS, TEXT, number))
    assert server.asked == []


def test_a_template_that_zalo_does_not_know(server: Gateway) -> None:
    other = {"template": "xin_loi", "params": {}}
    with pytest.raises(Refused, match="MOTCUA_ZALO_TEMPLATES"):
        send(zalo(server), message(Channel.ZALO, json.dumps(other)))


def test_settings() -> None:
    assert SmsCarrier.of(Settings()) is None
    assert ZaloCarrier.of(Settings()) is None
    for wrong in ({"sms_url": "ftp://x"}, {"zalo_token": "x", "zalo_templates": "tiep_nhan"}):
        with pytest.raises(SettingsError):
            ZaloCarrier.of(Settings(**wrong))  # type: ignore[arg-type]
    with suppress(SettingsError):
        Settings(production=True, secret_key="x" * 40, sms_url="http://sms.example.vn")
        pytest.fail("in the clear")
    assert "bi-mat" not in repr(Settings(sms_token="bi-mat", zalo_token="bi-mat"))
