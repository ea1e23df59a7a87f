"""Messages of the outbox, and the channels by which they leave."""

from marshmallow import fields

from api.fields import Choice, In, Moment, Out, Text
from api.paging import PageIn, page_of
from engine.model.channel import Channel
from engine.model.circuit import CircuitState
from engine.store.messages import State


class MessagesIn(PageIn):
    """Thư ở trạng thái nào; bỏ trống là tất cả."""

    state = Choice(State)
    channel = Choice(Channel)


class MessageAgainIn(In):
    """Gửi lại đến đâu; bỏ trống là địa chỉ như cũ, với cán bộ là địa chỉ hiện nay của họ."""

    address = Text(254, 1, allow_none=True, load_default=None)


class MessagesAgainIn(In):
    """Chỉ gửi lại của một kênh; bỏ trống là mọi kênh."""

    channel = Choice(Channel, allow_none=True, load_default=None)


class MessagesAgainOut(Out):
    """Bao nhiêu tin sẽ được gửi lại."""

    resent = fields.Integer()


class ChannelOut(Out):
    """Một kênh gửi tin."""

    channel = Choice(Channel)
    name = fields.String()
    state = Choice(CircuitState)
    state_name = fields.String()
    retry_at = Moment(allow_none=True)
    last_error = fields.String(allow_none=True)
    changed_at = Moment(allow_none=True)
    due = fields.Integer(metadata={"description": "Số tin đến lượt mà chưa gửi, mọi cơ quan."})
    oldest_due = Moment(allow_none=True, metadata={"description": "Đến lượt từ lúc nào."})
    failed = fields.Integer(metadata={"description": "Số tin đã bỏ, mọi cơ quan."})


class ChannelListOut(Out):
    """Các kênh gửi tin."""

    items = fields.List(fields.Nested(ChannelOut))


class MessageOut(Out):
    """Một thư, không có nội dung."""

    id = fields.Integer()
    channel = Choice(Channel)
    dossier = fields.String(allow_none=True)
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
        allow_none=True, metadata={"description": "Bên nhận trả lời gì, hoặc vì sao chưa gửi."}
    )


MessagePage = page_of(MessageOut)
