"""Webhooks: other software that is told what happens to dossiers."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.fields import In, Text
from api.paging import PageIn, answer, wanted
from api.services import services
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, understand
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked, scope_of, show
from engine.commands import subscriptions as commands
from engine.commands.subscriptions import Change, Register
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.model.event_names import EVENT_NAMES
from engine.model.subscription import PUBLISHED, Subscription
from engine.model.webhook_address import MOST
from engine.queries.subscriptions import list_webhooks

routes = Blueprint("admin_webhooks", __name__)
HERE = "/quan-tri/webhook"
ONE = f"{HERE}/<number:webhook>"


class WebhookForm(In):
    """What is typed; the agency is that of the page, and types are boxes."""

    name = Text(200, 1, required=True)
    url = Text(MOST, 1, required=True)


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The webhooks, and the form for a new one."""
    return _page(call)


@routes.post(HERE)
@acts
def register(call: Call) -> Any:
    """Register one, and show its secret this once."""
    entered, made = _typed(), None
    if entered.is_good:
        scope = scope_of(call, Permission.WEBHOOK_MANAGE)
        inside = services().settings.webhooks_inside
        try:
            command = Register(scope.chosen, **entered.data, events=_chosen(), inside=inside)
            made = commands.register(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if made is None:
        return _page(call, entered), 422
    return _page(call, made=made), 201


@routes.post(ONE)
@acts
def change(call: Call, webhook: int) -> Any:
    """Change one."""
    entered = _typed()
    if entered.is_good:
        inside = services().settings.webhooks_inside
        given = {**entered.data, "events": _chosen()}
        try:
            commands.change(call.tx, Change(webhook, **given, inside=inside), call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, entered, about=webhook), 422
    return _done(_("Đã sửa webhook."))


@routes.post(f"{ONE}/khoa")
@acts
def change_secret(call: Call, webhook: int) -> str:
    """Make another secret, and show it this once."""
    made = commands.change_secret(call.tx, webhook, call.actor, call.now)
    return _page(call, made=made)


@routes.post(f"{ONE}/<any('tam-dung', 'tiep-tuc', 'gui-thu', 'bo'):act>")
@acts
def act(call: Call, webhook: int, act: str) -> AnyResponse:
    """Pause, resume, try out or end one."""
    if act == "gui-thu":
        commands.try_out(call.tx, webhook, token_hex(8), call.actor, call.now)
        return _done(_("Đã gửi thử. Tải lại trang sau ít giây để xem bên nhận trả lời gì."))
    do: dict[str, tuple[Callable[..., None], str]] = {
        "tam-dung": (commands.pause, _("Đã tạm dừng. Sự kiện được giữ lại đến khi tiếp tục.")),
        "tiep-tuc": (commands.resume, _("Đã cho gửi tiếp, trước hết là điều đã giữ lại.")),
        "bo": (commands.end, _("Đã bỏ webhook. Không gửi gì nữa, cả điều đang chờ.")),
    }
    command, said = do[act]
    command(call.tx, webhook, call.actor, call.now)
    return _done(said)


def _typed() -> Entered:
    """The fields of one line; the boxes of types are read apart."""
    return understand(WebhookForm, {k: v for k, v in request.form.items() if k != "loai"})


def _chosen() -> tuple[str, ...]:
    return tuple(request.form.getlist("loai"))


def _page(
    call: Call,
    entered: Entered | None = None,
    made: Subscription | None = None,
    about: int | None = None,
) -> str:
    scope = scope_of(call, Permission.WEBHOOK_MANAGE)
    part = wanted(asked(PageIn))
    listed = answer(list_webhooks(call.tx, part, scope.chosen, call.actor))
    key = services().settings.secret_key
    return show(
        call,
        "webhooks.html",
        scope=scope,
        webhooks=listed["items"],
        next=listed["next"],
        entered=entered or nothing_yet(),
        blank=nothing_yet(),
        about=about,
        made=made,
        secret=made and commands.secret(made, key, call.now),
        types=[(type_, EVENT_NAMES[event]) for event, type_ in PUBLISHED.items()],
        chosen=_chosen(),
    )


def _done(said: str) -> AnyResponse:
    flash(said, "ok")
    chosen = request.args.get("co-quan", "")
    return redirect(f"{HERE}?{urlencode({'co-quan': chosen})}" if chosen else HERE, 303)
