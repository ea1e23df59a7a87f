"""What integrators read about webhooks is so."""

import time
from datetime import UTC, datetime
from typing import Any

from engine.model.subscription import PUBLISHED
from engine.model.webhook import make_secret, signed
from tests.docs.pages import Page, plain

PAGE = Page("docs/integrators.md")


def test_the_example_tells_the_genuine_from_the_forged() -> None:
    known: dict[str, Any] = {}
    (code,) = (block for block in PAGE.blocks("python") if "is_genuine" in block)
    exec(code, known)
    old, new, other = (make_secret("k", str(number)) for number in range(3))
    now = datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251 - the example reads the clock
    headers = signed([new, old], "msg_1", now, b"{}")
    assert known["is_genuine"](new, headers, b"{}")
    assert known["is_genuine"](old, headers, b"{}")
    assert not known["is_genuine"](other, headers, b"{}")
    assert not known["is_genuine"](new, headers, b"{ }")
    assert not known["is_genuine"](new, {**headers, "webhook-timestamp": "1614265330"}, b"{}")


def test_every_type_is_listed() -> None:
    said = [(plain(row[0]), plain(row[1])) for row in PAGE.table("Type", "Told when the log has")]
    assert said == [(type_, event.value) for event, type_ in PUBLISHED.items()]
