"""Channels by which messages leave, and messages that did not arrive."""

from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug import Response as AnyResponse

from api.converters import PLACE
from api.edge import Call
from api.paging import PageIn, answer, wanted
from api.services import services
from api.v1.schemas.messages import MessageAgainIn
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked, show
from engine.commands import messages as commands
from engine.commands.messages import Resend
from engine.errors import EngineError
from engine.model.channel import CHANNEL_NAMES, used
from engine.queries.channels import list_channels
from engine.queries.messages import MessageFilter, list_messages
from engine.store.messages import State

routes = Blueprint("admin_messages", __name__)
HERE = "/quan-tri/tin-gui"


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """How the channels stand, and what was given up, the last first."""
    return _page(call)


@routes.post(f"{HERE}/<{PLACE}:message>")
@acts
def resend(call: Call, message: int) -> Any:
    """Send one message again, perhaps to another address."""
    entered = read(MessageAgainIn)
    if entered.is_good:
        try:
            command = Resend(message, entered.data["address"])
            commands.resend_message(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, message, entered), 422
    return _done(_("Tin sẽ được gửi lại trong ít giây."))


@routes.post(f"{HERE}/<{PLACE}:message>/thoi")
@acts
def withdraw(call: Call, message: int) -> AnyResponse:
    """Never send one message."""
    commands.withdraw_message(call.tx, message, call.actor, call.now)
    return _done(_("Thôi gửi tin này. Tin đứng sau nó được gửi tiếp."))


@routes.post(HERE)
@acts
def resend_all(call: Call) -> AnyResponse:
    """Send all of them again."""
    count = commands.resend_all(call.tx, None, call.actor, call.now)
    return _done(_("{count} tin sẽ được gửi lại.").format(count=count))


def _page(call: Call, about: int | None = None, entered: Entered | None = None) -> str:
    part = wanted(asked(PageIn))
    listed = answer(list_messages(call.tx, part, MessageFilter(State.FAILED), call.actor))
    return show(
        call,
        "messages.html",
        channels=list_channels(call.tx, call.actor, call.now),
        used=used(services().settings),
        messages=listed["items"],
        next=listed["next"],
        about=about,
        entered=entered or nothing_yet(),
        CHANNEL_NAMES=CHANNEL_NAMES,
    )


def _done(said: str) -> AnyResponse:
    flash(said, "ok")
    return redirect(HERE, 303)
