"""Rulebooks."""

from marshmallow import fields

from api.fields import MESSAGES, Choice, Code, In, Moment, Out, Text
from bpmn.roles import Role
from engine.deadlines.clock_policy import ClockPolicy
from engine.model.status import Status


class AgencyIn(In):
    """Của cơ quan nào."""

    agency = Code(required=True)


class RulebookIn(In):
    """Bộ quy tắc, và cơ quan áp dụng cùng mọi cơ quan trực thuộc (null: mọi cơ quan)."""

    agency = Code(required=True, allow_none=True)
    document = fields.Dict(
        keys=Text(64),
        required=True,
        error_messages=MESSAGES,
        metadata={"description": "Như GET /rulebook trả về; xem docs/operators.md."},
    )
    reason = Text(500, 1, metadata={"description": "Căn cứ: số, ngày của quyết định."})
    expected = Text(
        64,
        64,
        pattern=("[0-9a-f]{64}", "Mã phiên bản gồm 64 chữ số thập lục phân."),
        metadata={"description": "Phiên bản đã dựa vào để sửa; nay khác thì bị từ chối (412)."},
    )


class RulebookOut(Out):
    """Bộ quy tắc đang áp dụng."""

    agency = fields.String()
    digest = fields.String(metadata={"description": "SHA-256 của nội dung."})
    since = Moment(allow_none=True, metadata={"description": "null: có từ khi lập cơ quan."})
    published_by = fields.String(
        allow_none=True,
        metadata={"description": "Họ tên; null: từ máy chủ, hoặc chưa ai ban hành."},
    )
    document = fields.Dict(keys=fields.String())


class PublishedOut(Out):
    """Bộ quy tắc nay áp dụng."""

    digest = fields.String()
    changed = fields.Boolean(metadata={"description": "False: đã áp dụng từ trước."})
    agencies = fields.List(
        fields.String(), metadata={"description": "Cơ quan vừa đổi sang bộ quy tắc này."}
    )


class PauseReasonOut(Out):
    """Một lý do tạm dừng."""

    code = fields.String()
    name = fields.String()
    policy = Choice(ClockPolicy)
    policy_in_words = fields.String()
    status = Choice(Status)
    manual = fields.Boolean(metadata={"description": "Người có quyền được tự chọn lý do này."})
    limit = fields.String(allow_none=True, metadata={"description": "Ví dụ: 30 days."})
    limit_in_words = fields.String(allow_none=True)
    times = fields.Integer(allow_none=True, metadata={"description": "null: không giới hạn."})
    evidence = fields.Boolean(metadata={"description": "Phải nêu căn cứ."})
    approvers = fields.List(
        Choice(Role), metadata={"description": "Ai quyết định; rỗng: ai có quyền tạm dừng."}
    )
    approvers_in_words = fields.String(allow_none=True)
    extension = fields.String(
        allow_none=True, metadata={"description": "Được cộng thêm bao lâu, với EXTEND."}
    )
    extension_in_words = fields.String(allow_none=True)


class PauseReasonsOut(Out):
    """Các lý do tạm dừng."""

    items = fields.List(fields.Nested(PauseReasonOut))


class OverdueCauseOut(Out):
    """Một nguyên nhân quá hạn."""

    code = fields.String()
    name = fields.String()
    fault = fields.String()
    fault_in_words = fields.String()
    outage = fields.Boolean(metadata={"description": "Phải gắn với một lần gián đoạn hệ thống."})


class OverdueCausesOut(Out):
    """Các nguyên nhân quá hạn."""

    items = fields.List(fields.Nested(OverdueCauseOut))
