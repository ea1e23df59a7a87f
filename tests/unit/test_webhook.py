"""Signatures of webhooks, and where they may go."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.errors.webhooks import WebhookInvalid
from engine.model.webhook import is_signed, make_secret, signed
from engine.model.webhook_address import check_url, is_public

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MOMENT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'


def test_the_vector_of_standard_webhooks() -> None:
    assert signed([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", MOMENT, BODY) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_with_two_secrets_either_will_do() -> None:
    old, new = make_secret("k", "subscription:1:1"), make_secret("k", "subscription:1:2")
    headers = signed([new, old], "msg_1", MOMENT, BODY)
    for known in (old, new):
        assert is_signed([known], headers, MOMENT, BODY)
        assert not is_signed([known], headers, MOMENT + timedelta(minutes=6), BODY)
        assert not is_signed([known], headers, MOMENT, BODY + b" ")
    assert not is_signed([SECRET], headers, MOMENT, BODY)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_inside(address: str) -> None:
    assert not is_public(address)


def test_addresses_outside() -> None:
    assert is_public("203.162.4.191")
    assert is_public("2405:4800::1")


@pytest.mark.parametrize(
    "url",
    [
        "", "bando.vn", "ftp://bando.vn", "https://", "https://bando.vn:99999/", "http://bando.vn/",
        "https://a:b@bando.vn/", "https://bando.vn/#x", "https://127.0.0.1/", "https://[::1]/",
        "https://localhost/", "https://may-chu/", "https://bản-đồ.vn/", "https://bando.vn/a b",
        f"https://bando.vn/{'x' * 2000}",
    ],
)  # fmt: skip
def test_urls_that_will_not_do(url: str) -> None:
    with pytest.raises(WebhookInvalid):
        check_url(url, inside=False)


def test_urls_that_will() -> None:
    assert check_url(" https://bando.vn/nhan?x=1 ", inside=False) == "https://bando.vn/nhan?x=1"
    assert check_url("http://10.0.0.5:8080/nhan", inside=True) == "http://10.0.0.5:8080/nhan"
