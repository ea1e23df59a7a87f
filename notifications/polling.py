"""Looks for answers of software that cannot call: while nothing has come, ever more seldom.

One look is one HTTP request outside of any transaction. Whoever is killed meanwhile loses
nothing: the request is due again, and an answer that comes twice counts once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

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
from notifications.channels.carrier import Unreachable
from notifications.channels.guarded import outward
from notifications.channels.http import get

INTERVAL_SECONDS = 5.0
BATCH = 20
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
    with outward(inside=True) as http:
        while go_on() and (due := _claimed(lookout)):
            came += _Round(lookout, http).look(due)
    if came:
        log.info("answers_found", count=came)
    return came


def _claimed(lookout: Lookout) -> list[Asked]:
    with lookout.database.transaction() as tx:
        return claim_polls(tx, lookout.clock(), BATCH)


class _Round:
    """Some looks one after the other; who does not answer once is left alone in the others."""

    def __init__(self, lookout: Lookout, http: requests.Session) -> None:
        self._lookout = lookout
        self._http = http
        self._silent: set[int] = set()

    def look(self, due: Iterable[Asked]) -> int:
        """How many answers came; what went wrong is noted with the request."""
        came = 0
        for asked in due:
            try:
                came += self._look(asked)
            except EngineError as error:
                _note(self._lookout, asked, error.message)
            except (_NotSaid, Unreachable) as error:
                _note(self._lookout, asked, str(error))
        return came

    def _look(self, asked: Asked) -> bool:
        with self._lookout.database.reading() as tx:
            connector = connectors.serving(tx, asked.connector, asked.agency)
        if connector is None or connector.id in self._silent:
            return False
        document = self._fetched(asked, connector)
        if document is not None:
            _take(self._lookout, asked, document)
        return document is not None

    def _fetched(self, asked: Asked, connector: KeptConnector) -> object | None:
        """What the other side answers; None while there is nothing yet."""
        now = self._lookout.clock()
        secrets = connector.secrets(self._lookout.secret_key, now)
        headers = webhook.signed(secrets, asked.id, now, b"")
        try:
            said = get(self._http, f"{connector.base_url}/requests/{asked.id}", headers, now)
        except Unreachable:
            self._silent.add(connector.id)
            raise
        if said.status in _NOT_YET:
            return None
        document: object | None = said.json() if said.status == _ANSWERED else None
        if document is None:
            raise _NotSaid(f"HTTP {said.status}: không phải câu trả lời dạng JSON")
        return document


def _take(lookout: Lookout, asked: Asked, document: object) -> None:
    answer = read_answer(document)
    with lookout.database.transaction() as tx:
        receive_answer(tx, asked.code, asked.number, asked.connector, answer, lookout.clock())
        note_error(tx, asked, None)


def _note(lookout: Lookout, asked: Asked, error: str) -> None:
    with lookout.database.transaction() as tx:
        note_error(tx, asked, error)
    log.warning("answer_not_read", request=asked.id, error=error)
