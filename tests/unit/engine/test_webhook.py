"""Messages between programs are signed as Standard Webhooks has it."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.model.webhook import is_signed, make_secret, signed

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}'
NOW = datetime.fromtimestamp(1614265330, UTC)
HEADERS = {
    "webhook-id": ID,
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
"""The example of the convention's own libraries."""


def test_a_message_is_signed_as_the_convention_has_it() -> None:
    assert signed([SECRET], ID, NOW, BODY) == HEADERS
    assert is_signed([SECRET], HEADERS, NOW + timedelta(minutes=5), BODY)


def test_both_secrets_count_while_one_takes_the_place_of_the_other() -> None:
    new = make_secret("khóa", "connector:1:2")
    headers = signed([new, SECRET], ID, NOW, BODY)
    for known in ([new], [SECRET], [SECRET, new]):
        assert is_signed(known, headers, NOW, BODY)
    assert make_secret("khóa", "connector:1:2") == new != make_secret("khóa", "connector:2:2")


@pytest.mark.parametrize(
    ("changes", "body", "late"),
    [
        ({}, b'{"test": 2432232315}', timedelta(0)),
        ({"webhook-id": "msg_other"}, BODY, timedelta(0)),
        ({"webhook-timestamp": "1614265331"}, BODY, timedelta(0)),
        ({"webhook-timestamp": "gestern"}, BODY, timedelta(0)),
        ({"webhook-timestamp": "9" * 30}, BODY, timedelta(0)),
        ({"webhook-signature": ""}, BODY, timedelta(0)),
        ({"webhook-signature": "v2," + HEADERS["webhook-signature"][3:]}, BODY, timedelta(0)),
        ({"webhook-signature": "v1,ă"}, BODY, timedelta(0)),
        ({}, BODY, timedelta(minutes=5, seconds=1)),
        ({}, BODY, -timedelta(minutes=5, seconds=1)),
    ],
)
def test_anything_else_is_not(changes: dict[str, str], body: bytes, late: timedelta) -> None:
    assert not is_signed([SECRET], HEADERS | changes, NOW + late, body)


def test_without_a_secret_nothing_is_signed() -> None:
    assert not is_signed([], HEADERS, NOW, BODY)
    assert not is_signed([SECRET], {}, NOW, BODY)
