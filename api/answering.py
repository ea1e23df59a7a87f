"""Other software answers: it has no log-in, but signs what it says.

Answers whose signature is wrong are counted for the address they come from, before anything else
is looked at; good ones are not. Who asks about a request that does not exist hears what a forger
hears.
"""

from flask import request

from api.body import read_body
from api.limits import address_block, limits
from api.services import services
from engine.commands.answers import read_answer
from engine.commands.requests import Taken, receive_answer
from engine.errors import EngineError
from engine.errors.connectors import AnswerForged
from engine.model import webhook
from engine.store import connectors, requests
from engine.store.requests import Asked


def answered(connector: str, request_id: str) -> Taken:
    """Take the answer of the current request; raises `AnswerForged` and what `receive_answer`
    does. Opens transactions of its own."""
    asked = _asked(connector, request_id)
    house = services()
    try:
        answer = read_answer(read_body())
        with house.database.transaction() as tx:
            taken = receive_answer(tx, asked.code, asked.number, connector, answer, house.clock())
            requests.note_error(tx, asked, None)
    except EngineError as error:
        with house.database.transaction() as tx:
            requests.note_error(tx, asked, error.message)
        raise
    return taken


def _asked(name: str, request_id: str) -> Asked:
    """The request that is answered; raises `AnswerForged` unless its connector signed."""
    limits().hit("answer_address", address_block())
    house, now = services(), services().clock()
    with house.database.reading() as tx:
        asked = requests.by_id(tx, request_id)
        found = asked and connectors.nearest(tx, asked.connector, asked.agency)
    secrets = found.secrets(house.settings.secret_key, now) if found else []
    body = request.get_data(cache=True)
    headers = {name: request.headers.get(name, "") for name in webhook.HEADERS}
    signed = webhook.is_signed(secrets, headers, now, body)
    if asked is None or asked.connector != name or not signed:
        raise AnswerForged()
    limits().give_back("answer_address", address_block())
    return asked
