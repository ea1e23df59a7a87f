"""Looks for answers of software that cannot call: while nothing has come, ever more seldom.

One look is one HTTP request outside of any transaction. Whoever is killed meanwhile loses
nothing: the request is due again, and an answer that comes twice counts once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import orjson
import requests
import structlog

from engine.commands.answers import read_answer
from engine.commands.requests import receive_answer
from engine.errors import EngineError
from engine.model import webhook
from engine.model.connector import KeptConnector
from engine.store import connectors
from engine.store.database import Database
from engine.store.requests import Asked, claim_polls, note_error
from engine.wallclock import Clock
from notifications.channels.carrier import fault
from notifications.exchange import SECONDS

INTERVAL_SECONDS = 5.0
BATCH = 20
MOST_BYTES = 1_000_000
_ANSWERED = 200
_NOT_YET = frozenset({202, 204, 404})

log = structlog.get_logger(__name__)


class _NotSaid(Exception):
    """The other side said nothing that could be an answer."""


@dataclass(frozen=True)
class Lookout:
    """What looks for answers."""

    database: Database
    clock: Clock
    secret_key: str = field(repr=False)


def look_for_answers(lookout: Lookout, go_on: Callable[[], bool] = lambda: True) -> int:
    """Look for all answers that are due; returns how many came."""
    came = 0
    with requests.Session() as http:
        while go_on() and (due := _claimed(lookout)):
            came += sum(_look(lookout, http, asked) for asked in due)
    if came:
        log.info("answers_found", count=came)
    return came


def _claimed(lookout: Lookout) -> list[Asked]:
    with lookout.database.transaction() as tx:
        return claim_polls(tx, lookout.clock(), BATCH)


def _look(lookout: Lookout, http: requests.Session, asked: Asked) -> bool:
    """Whether the answer came; what went wrong is noted with the request."""
    try:
        document = _fetched(lookout, http, asked)
        if document is not None:
            _take(lookout, asked, document)
    except EngineError as error:
        _note(lookout, asked, error.message)
    except _NotSaid as error:
        _note(lookout, asked, str(error))
    except requests.RequestException as error:
        _note(lookout, asked, fault(error))
    else:
        return document is not None
    return False


def _fetched(lookout: Lookout, http: requests.Session, asked: Asked) -> object | None:
    """What the other side answers; None while there is nothing yet."""
    connector = _connector(lookout, asked)
    if connector is None:
        return None
    now = lookout.clock()
    headers = webhook.signed(connector.secrets(lookout.secret_key, now), asked.id, now, b"")
    where = f"{connector.base_url}/requests/{asked.id}"
    with http.get(
        where, headers=headers, timeout=SECONDS, allow_redirects=False, stream=True
    ) as said:
        if said.status_code in _NOT_YET:
            return None
        if said.status_code != _ANSWERED:
            raise _NotSaid(f"HTTP {said.status_code}")
        return _document(said.raw.read(MOST_BYTES + 1, decode_content=True))


def _connector(lookout: Lookout, asked: Asked) -> KeptConnector | None:
    with lookout.database.reading() as tx:
        return connectors.serving(tx, asked.connector, asked.agency)


def _document(body: bytes) -> object:
    if len(body) > MOST_BYTES:
        raise _NotSaid("Câu trả lời quá dài.")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _NotSaid("Câu trả lời không phải JSON.") from error


def _take(lookout: Lookout, asked: Asked, document: object) -> None:
    answer = read_answer(document)
    with lookout.database.transaction() as tx:
        receive_answer(tx, asked.code, asked.number, asked.connector, answer, lookout.clock())
        note_error(tx, asked, None)


def _note(lookout: Lookout, asked: Asked, error: str) -> None:
    with lookout.database.transaction() as tx:
        note_error(tx, asked, error)
    log.warning("answer_not_read", request=asked.id, error=error)
