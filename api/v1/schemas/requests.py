"""What dossiers asked and told other software."""

from marshmallow import fields

from api.fields import Answers, Choice, Code, Flag, In, Moment, Out, Text
from api.paging import PageIn, page_of
from engine.commands.requests import MOST_TEXT
from engine.model.request import AnswerOutcome, RequestState
from engine.store.messages import State

MOST_REASON = MOST_TEXT


class RequestListIn(PageIn):
    """Những yêu cầu liên thông nào."""

    state = Choice(RequestState)
    connector = Code()
    agency = Code()
    undelivered = Flag(metadata={"description": "true: chỉ những yêu cầu không gửi đi được."})


class RequestOut(Out):
    """Một yêu cầu liên thông; `delivery` null là chưa từng gửi vì cơ quan chưa được nối."""

    id = fields.String()
    code = fields.String()
    number = fields.Integer()
    step = fields.String()
    connector = fields.String()
    connector_title = fields.String()
    operation = fields.String()
    operation_title = fields.String()
    agency = fields.String()
    state = Choice(RequestState)
    state_name = fields.String()
    outcome = Choice(AnswerOutcome, allow_none=True)
    made_at = Moment()
    answer_by = Moment(allow_none=True)
    ended_at = Moment(allow_none=True)
    late = fields.Boolean(metadata={"description": "Có trả lời đến sau khi hồ sơ đã đi tiếp."})
    contradicted = fields.Boolean(metadata={"description": "Bên kia trả lời khác nhau."})
    delivery = Choice(State, allow_none=True)
    sent_at = Moment(allow_none=True)
    error = fields.String(allow_none=True)


RequestPage = page_of(RequestOut)


class FieldOut(Out):
    """Một trường của câu trả lời, đọc được."""

    field = fields.String()
    title = fields.String()
    value = fields.Raw()
    text = fields.String()


class AnswerThenOut(Out):
    """Một câu trả lời đã đến; `counts`: nhờ nó mà hồ sơ đi tiếp."""

    at = Moment()
    by = fields.String()
    outcome = Choice(AnswerOutcome)
    counts = fields.Boolean()
    said = fields.List(fields.Nested(FieldOut))
    reason = fields.String(allow_none=True)
    evidence = fields.String(allow_none=True)


class RequestDetailOut(Out):
    """Một yêu cầu với nội dung đã gửi và các trả lời; null nếu bạn không được đọc."""

    item = fields.Nested(RequestOut)
    name = fields.String()
    sent = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True)
    came = fields.List(fields.Nested(AnswerThenOut), allow_none=True)
    form = fields.String(allow_none=True)


class RequestsOfOut(Out):
    """Các yêu cầu liên thông của một hồ sơ."""

    items = fields.List(fields.Nested(RequestDetailOut))


class EnteredAnswerIn(In):
    """Trả lời đến bằng văn bản, do cán bộ nhập; `evidence` là số, ngày văn bản."""

    outcome = Choice(AnswerOutcome, required=True)
    answer = Answers(load_default=dict)
    reason = Text(MOST_REASON, 1, load_default=None, allow_none=True)
    evidence = Text(MOST_REASON, 1, required=True)


class DropIn(In):
    """Vì sao thôi chờ, chuyển sang làm thủ công."""

    reason = Text(MOST_REASON, 1, required=True)
