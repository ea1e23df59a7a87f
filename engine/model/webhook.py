"""Messages between programs, signed as the convention Standard Webhooks has it (v1).

The signature covers the message's id, the moment and the body, so that none can be altered, sent
under another name, or used much later.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

ID, TIMESTAMP, SIGNATURE = HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
TOLERANCE = timedelta(minutes=5)
"""How far the clock of the other side may be from ours."""
_PREFIX, _VERSION = "whsec_", "v1,"
_MOST_SIGNATURES = 10


def make_secret(secret_key: str, purpose: str) -> str:
    """A secret that only the holder of the installation's secret key can make, always the same."""
    digest = hmac.digest(secret_key.encode(), b"webhook:" + purpose.encode(), "sha256")
    return _PREFIX + b64encode(digest).decode()


def signed(secrets: Iterable[str], id_: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers of a message, with a signature by each secret."""
    moment = str(int(now.timestamp()))
    signatures = " ".join(_VERSION + _signature(each, id_, moment, body) for each in secrets)
    return {ID: id_, TIMESTAMP: moment, SIGNATURE: signatures}


def is_signed(
    secrets: Iterable[str], headers: Mapping[str, str], now: datetime, body: bytes
) -> bool:
    """Whether a message that came in is signed by one of the secrets, and not long ago."""
    id_, moment = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not id_ or not _is_recent(moment, now):
        return False
    given = headers.get(SIGNATURE, "").split(" ")[:_MOST_SIGNATURES]
    good = [_VERSION + _signature(each, id_, moment, body) for each in secrets]
    return any(hmac.compare_digest(a.encode(), b.encode()) for a in given for b in good)


def _signature(secret: str, id_: str, moment: str, body: bytes) -> str:
    key = b64decode(secret.removeprefix(_PREFIX))
    return b64encode(hmac.digest(key, f"{id_}.{moment}.".encode() + body, "sha256")).decode()


def _is_recent(moment: str, now: datetime) -> bool:
    if not (moment.isascii() and moment.isdecimal() and len(moment) <= 12):
        return False
    return abs(now - datetime.fromtimestamp(int(moment), UTC)) <= TOLERANCE
