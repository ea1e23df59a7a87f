"""What dossiers ask and tell other software leaves through the outbox, in the transaction that
makes it; where none is connected, the dossier goes on by hand at once."""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection

from engine.commands.letters import issue_due
from engine.letters.letter import Letter
from engine.life.acts import apply
from engine.life.setting import Setting
from engine.model.channel import Channel
from engine.model.connector import KeptConnector
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Act, Event, EventType
from engine.model.request import request_id
from engine.store import connectors, dossiers, messages, requests
from engine.store.dossiers import Loaded
from engine.store.messages import Draft

UNCONNECTED = "unconnected"
"""Why a request is dropped at once."""


def save(tx: Connection, loaded: Loaded, setting: Setting) -> None:
    """Save what acts changed of a dossier, and let its requests leave, or not leave any more."""
    dossier = loaded.dossier
    before, made, now = loaded.asked, made_in(dossier), dossier.last_at or dossier.submitted_at
    dossiers.save(tx, loaded)
    for number in requests.over(before, loaded.asked):
        requests.stop(tx, loaded.id, dossier.code, number, now)
    send(tx, loaded, made, setting)


def made_in(dossier: Dossier) -> list[Event]:
    """The requests that were made since the dossier was saved."""
    return [event for event in dossier.news if event.type is EventType.REQUEST_MADE]


def send(tx: Connection, loaded: Loaded, made: list[Event], setting: Setting) -> None:
    """Let requests of a saved dossier leave; those that nobody would take are dropped."""
    dossier = loaded.dossier
    for event in made:
        connector = connectors.serving(tx, event.data["connector"], dossier.competent_agency)
        if connector is not None:
            messages.enqueue(tx, [draft(loaded, event, connector)], event.at)
        elif dossier.requests[event.data["number"]].waiting:
            _drop(tx, loaded, event, setting)


def _drop(tx: Connection, loaded: Loaded, event: Event, setting: Setting) -> None:
    data = {"number": event.data["number"], "why": UNCONNECTED}
    act = Act(EventType.REQUEST_DROPPED, SYSTEM, event.at, data)
    apply(loaded.dossier, act, setting)
    issue_due(tx, loaded.dossier, act, setting)
    save(tx, loaded, setting)


def draft(loaded: Loaded, event: Event, connector: KeptConnector) -> Draft:
    """The message that carries a request."""
    code, data = loaded.dossier.code, event.data
    body = orjson.dumps(_body(loaded, event), option=orjson.OPT_SORT_KEYS).decode()
    return Draft(
        key=requests.message_key(code, data["number"]),
        channel=Channel.CONNECTOR,
        address=connector.name,
        letter=Letter(f"{data['connector']}.{data['operation']}", body, f"/ho-so/{code}"),
        name=connector.title,
        dossier_id=loaded.id,
        agency=loaded.dossier.competent_agency,
        lane=f"{connector.name}:{code}",
    )


def _body(loaded: Loaded, event: Event) -> Mapping[str, Any]:
    dossier, data = loaded.dossier, event.data
    return {
        "id": request_id(dossier.code, data["number"]),
        "connector": data["connector"],
        "operation": data["operation"],
        "mode": data["mode"],
        "dossier": dossier.code,
        "procedure": dossier.procedure,
        "agency": dossier.competent_agency,
        "made_at": event.at.isoformat(),
        "answer_by": data["answer_by"],
        "data": event.payload["sends"],
    }
