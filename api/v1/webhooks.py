"""Webhooks: other software that is told what happens to dossiers."""

from secrets import token_hex
from typing import Any

from flask import url_for

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.fields import Nothing
from api.paging import answer, wanted
from api.services import services
from api.v1.schemas.webhooks import (
    WebhookChangeIn,
    WebhookIn,
    WebhookListIn,
    WebhookMadeOut,
    WebhookOut,
    WebhookPage,
)
from engine.commands import subscriptions as commands
from engine.commands.subscriptions import Change, Register
from engine.model.subscription import Subscription
from engine.queries import subscriptions
from engine.queries.subscriptions import WebhookItem

routes = Blueprint("webhooks", __name__, url_prefix="/webhooks", description="Webhook.")
ONE = "/<number:webhook>"
LOCATION = {"Location": {"description": "Địa chỉ của webhook.", "schema": {"type": "string"}}}


@routes.get("")
@reads(403, 422)
@routes.arguments(WebhookListIn, location="query")
@routes.response(200, WebhookPage)
def list_webhooks(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the webhooks that one administers.

    Webhook của cơ quan do bạn quản trị, đăng ký sau ở trước.
    """
    part = wanted(query)
    return answer(subscriptions.list_webhooks(call.tx, part, query.get("agency"), call.actor))


@routes.post("")
@writes(403, 409, keyed=False)
@routes.arguments(WebhookIn)
@routes.response(201, WebhookMadeOut, headers=LOCATION)
def register(call: Call, body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Register a webhook.

    Từ nay gửi sự kiện hồ sơ của cơ quan và các cơ quan cấp dưới đến địa chỉ này. Khóa ký chỉ hiện
    lần này.
    """
    inside = services().settings.webhooks_inside
    command = Register(**{**body, "events": tuple(body["events"])}, inside=inside)
    made = commands.register(call.tx, command, call.actor, call.now)
    return _made(call, made), 201, {"Location": url_for("webhooks.show", webhook=made.id)}


@routes.get(ONE)
@reads(404)
@routes.response(200, WebhookOut)
def show(call: Call, webhook: int) -> WebhookItem:
    """Show a webhook.

    Một webhook, với lần gửi cuối ra sao.
    """
    return subscriptions.webhook(call.tx, webhook, call.actor)


@routes.patch(ONE)
@writes(404, 409)
@routes.arguments(WebhookChangeIn)
@routes.response(200, WebhookOut)
def change(call: Call, body: dict[str, Any], webhook: int) -> WebhookItem:
    """Change a webhook.

    Sửa tên, địa chỉ hoặc loại sự kiện. Điều đang chờ được gửi đến địa chỉ mới.
    """
    events = tuple(body.pop("events")) if "events" in body else None
    inside = services().settings.webhooks_inside
    command = Change(webhook, **body, events=events, inside=inside)
    commands.change(call.tx, command, call.actor, call.now)
    return subscriptions.webhook(call.tx, webhook, call.actor)


@routes.post(f"{ONE}/pause")
@writes(404, 409)
@routes.arguments(Nothing, required=False)
@routes.response(200, WebhookOut)
def pause(call: Call, body: dict[str, Any], webhook: int) -> WebhookItem:
    """Pause a webhook.

    Tạm giữ sự kiện; khi tiếp tục, chúng được gửi theo đúng thứ tự.
    """
    commands.pause(call.tx, webhook, call.actor, call.now)
    return subscriptions.webhook(call.tx, webhook, call.actor)


@routes.post(f"{ONE}/resume")
@writes(404, 409)
@routes.arguments(Nothing, required=False)
@routes.response(200, WebhookOut)
def resume(call: Call, body: dict[str, Any], webhook: int) -> WebhookItem:
    """Resume a webhook.

    Gửi tiếp, trước hết là điều đã giữ lại.
    """
    commands.resume(call.tx, webhook, call.actor, call.now)
    return subscriptions.webhook(call.tx, webhook, call.actor)


@routes.post(f"{ONE}/secret")
@writes(404, 409, keyed=False)
@routes.arguments(Nothing, required=False)
@routes.response(200, WebhookMadeOut)
def change_secret(call: Call, body: dict[str, Any], webhook: int) -> dict[str, Any]:
    """Change the secret of a webhook.

    Khóa ký mới, chỉ hiện lần này. Trong 24 giờ, mỗi lần gửi có chữ ký của cả khóa cũ.
    """
    return _made(call, commands.change_secret(call.tx, webhook, call.actor, call.now))


@routes.post(f"{ONE}/test")
@writes(404, 409)
@routes.arguments(Nothing, required=False)
@routes.response(200, WebhookOut)
def try_out(call: Call, body: dict[str, Any], webhook: int) -> WebhookItem:
    """Send a test to a webhook.

    Gửi thử một tin `webhook.test`; bên nhận trả lời gì thì xem ở `said`.
    """
    commands.try_out(call.tx, webhook, token_hex(8), call.actor, call.now)
    return subscriptions.webhook(call.tx, webhook, call.actor)


@routes.post(f"{ONE}/end")
@writes(404, 409)
@routes.arguments(Nothing, required=False)
@routes.response(200, WebhookOut)
def end(call: Call, body: dict[str, Any], webhook: int) -> WebhookItem:
    """End a webhook.

    Không gửi gì nữa, cả điều đang chờ.
    """
    commands.end(call.tx, webhook, call.actor, call.now)
    return subscriptions.webhook(call.tx, webhook, call.actor)


def _made(call: Call, made: Subscription) -> dict[str, Any]:
    """With the secret. Such answers are not kept for repeats, or the secret would be, too."""
    secret = commands.secret(made, services().settings.secret_key, call.now)
    shown = subscriptions.webhook(call.tx, made.id, call.actor)
    return {**vars(shown), "secret": secret}
