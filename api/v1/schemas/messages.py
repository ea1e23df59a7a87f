"""Messages to people."""

from marshmallow import fields

from api.fields import Choice, Moment, Out
from api.paging import PageIn, page_of
from engine.model.channel import Channel
from engine.store.messages import State


class MessagesIn(PageIn):
    """Thư ở trạng thái nào; bỏ trống là tất cả."""

    state = Choice(State)


class MessageOut(Out):
    """Một thư, không có nội dung."""

    id = fields.Integer()
    channel = Choice(Channel)
    user_id = fields.Integer(allow_none=True)
    name = fields.String()
    address = fields.String()
    subject = fields.String()
    state = Choice(State)
    created_at = Moment()
    next_attempt_at = Moment(allow_none=True)
    attempts = fields.Integer()
    sent_at = Moment(allow_none=True)
    withdrawn_at = Moment(allow_none=True)
    last_error = fields.String(
        allow_none=True, metadata={"description": "Máy chủ thư trả lời gì, hoặc vì sao chưa gửi."}
    )


MessagePage = page_of(MessageOut)
