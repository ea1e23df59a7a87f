"""Webhooks, and how they are registered."""

from marshmallow import fields

from api.fields import Choice, Code, In, Items, Moment, Out, Text
from api.paging import PageIn, page_of
from engine.model.subscription import TYPES
from engine.model.webhook_address import MOST
from engine.queries.subscriptions import WebhookState

_TYPES = {"description": f"Loại sự kiện; bỏ trống là tất cả. {', '.join(TYPES)}."}
_URL = {"description": "Địa chỉ nhận, https://…"}


class WebhookListIn(PageIn):
    """Webhook của cơ quan nào; bỏ trống là mọi cơ quan do bạn quản trị."""

    agency = Code()


class WebhookIn(In):
    """Gửi sự kiện hồ sơ của cơ quan nào, và các cơ quan cấp dưới, đến đâu."""

    agency = Code(required=True)
    name = Text(200, 1, required=True, metadata={"description": "Phần mềm nào nhận."})
    url = Text(MOST, 1, required=True, metadata=_URL)
    events = Items(Text(64, 1), len(TYPES), load_default=(), metadata=_TYPES)


class WebhookChangeIn(In):
    """Điều cần sửa; bỏ trống là giữ nguyên."""

    name = Text(200, 1)
    url = Text(MOST, 1, metadata=_URL)
    events = Items(Text(64, 1), len(TYPES), metadata=_TYPES)


class WebhookOut(Out):
    """Một webhook, không có khóa ký."""

    id = fields.Integer()
    agency = fields.String()
    agency_name = fields.String()
    name = fields.String()
    url = fields.String()
    events = fields.List(fields.String())
    state = Choice(WebhookState)
    state_name = fields.String()
    secret_changed_at = Moment()
    created_at = Moment()
    paused_at = Moment(allow_none=True)
    ended_at = Moment(allow_none=True)
    failures = fields.Integer(metadata={"description": "Số lần liền nhau bên nhận không nhận."})
    retry_at = Moment(allow_none=True)
    said = fields.String(allow_none=True, metadata={"description": "Bên nhận trả lời gì lần cuối."})
    said_at = Moment(allow_none=True)


WebhookPage = page_of(WebhookOut)


class WebhookMadeOut(WebhookOut):
    """Webhook với khóa ký vừa tạo; khóa chỉ hiện lần này."""

    secret = fields.String(metadata={"description": "whsec_…, dùng để kiểm chữ ký."})
