"""Connectors to other software: registered, changed, turned off, given new secrets."""

from typing import Any

from flask import Blueprint, flash, redirect

from api.edge import Call
from api.fields import Choice, Code, Flag, In, Text
from api.services import services
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import scope_of, show, shown_revision
from bpmn.connectors import CATALOGUE
from engine.commands.connectors import (
    MOST_TITLE,
    MOST_URL,
    ChangeConnector,
    RegisterConnector,
    Terms,
    change_connector,
    register_connector,
    renew_secret,
)
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.model.connector import LONGEST_NAME, REPLIES_NAMES, KeptConnector, Replies
from engine.queries import connectors

routes = Blueprint("admin_connectors", __name__)
HERE = "/quan-tri/ket-noi"
ONE = f"{HERE}/<number:connector>"
MOST_LINES = 20_000


class TermsIn(In):
    """What is said of a connector; operations one a line, name and title with a colon between."""

    title = Text(MOST_TITLE, 1, required=True)
    base_url = Text(MOST_URL, 1, required=True)
    operations = Text(MOST_LINES, 1, required=True)
    replies = Choice(Replies, required=True)
    active = Flag(load_default=False)


class NewIn(TermsIn):
    """A new one, with where it is and how diagrams name it."""

    agency = Code(required=True)
    name = Text(LONGEST_NAME, 1, required=True)


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The connectors that one administers, and the form for a new one."""
    return _list(call)


@routes.post(HERE)
@acts
def register(call: Call) -> Any:
    """Register one; its secret is shown this once."""
    entered = read(NewIn)
    if entered.is_good:
        said = entered.data
        command = RegisterConnector(said["agency"], said["name"], _terms(said))
        try:
            return _secret(call, register_connector(call.tx, command, call.actor, call.now))
        except EngineError as refused:
            entered.refuse(refused)
    return _list(call, entered), 422


@routes.get(ONE)
@reads
def one(call: Call, connector: int) -> str:
    """One connector."""
    return _one(call, connector)


@routes.post(ONE)
@acts
def change(call: Call, connector: int) -> Any:
    """Change it, turn it on or off."""
    entered = read(TermsIn)
    if entered.is_good:
        said = entered.data
        command = ChangeConnector(connector, _terms(said), said["active"], shown_revision())
        try:
            change_connector(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _one(call, connector, entered), 422
    flash(_("Đã lưu bộ kết nối."), "ok")
    return redirect(f"{HERE}/{connector}", 303)


@routes.post(f"{ONE}/khoa")
@acts
def renew(call: Call, connector: int) -> str:
    """Make a new secret; it is shown this once."""
    return _secret(call, renew_secret(call.tx, connector, call.actor, call.now))


def _terms(said: dict[str, Any]) -> Terms:
    lines = [line.partition(":") for line in said["operations"].splitlines()]
    operations = {name.strip(): words.strip() for name, _colon, words in lines if name.strip()}
    return Terms(said["title"], said["base_url"], operations, said["replies"])


def _list(call: Call, entered: Entered | None = None) -> str:
    scope = scope_of(call, Permission.CONNECTOR_MANAGE)
    return show(
        call,
        "connectors.html",
        scope=scope,
        connectors=connectors.list_connectors(call.tx, call.actor),
        entered=entered or nothing_yet(agency=scope.chosen, replies="callback"),
        replies=_replies(),
        catalogue=CATALOGUE,
    )


def _one(call: Call, number: int, entered: Entered | None = None) -> str:
    found = connectors.connector(call.tx, number, call.actor)
    as_it_is = nothing_yet(
        title=found.title,
        base_url=found.base_url,
        operations="\n".join(f"{name}: {words}" for name, words in found.operations.items()),
        replies=found.replies.value,
        active="on" if found.active else "",
    )
    entered = entered or as_it_is
    return show(call, "connector.html", connector=found, entered=entered, replies=_replies())


def _replies() -> list[tuple[str, str]]:
    return [(each.value, _(name)) for each, name in REPLIES_NAMES.items()]


def _secret(call: Call, made: KeptConnector) -> str:
    secret = made.secret(services().settings.secret_key)
    return show(call, "connector_secret.html", connector=made, secret=secret)
