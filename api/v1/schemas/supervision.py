"""What supervisors look at: groups of dossiers, and those likely to be late."""

from marshmallow import fields

from api.fields import Choice, Code, Flag, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from api.v1.schemas.time import MOST_ID
from bpmn.steps import Stage
from engine.model.standing import Standing
from engine.model.status import Status
from engine.queries.forecast import WITHIN
from engine.queries.likelihood import Confidence
from engine.queries.supervision import Lacking
from engine.queries.supervision_counts import By


class SupervisionIn(In):
    """Những hồ sơ nào; bỏ trống là mọi hồ sơ bạn giám sát."""

    agency = Code(metadata={"description": "Cơ quan tiếp nhận hoặc giải quyết."})
    procedure = Code()
    field = Text(200, 1, metadata={"description": "Tên lĩnh vực."})
    stage = Choice(Stage)
    unit = Code()
    holder = Whole(1, MOST_ID, in_query=True, metadata={"description": "Số của người đang giữ."})
    unassigned = Flag(metadata={"description": "true: chưa ai giữ."})
    pause_reason = Code(metadata={"description": "Mã lý do tạm dừng."})
    overdue_cause = Code(metadata={"description": "Mã nguyên nhân quá hạn."})
    unexplained = Flag(metadata={"description": "true: trễ mà chưa ghi nguyên nhân."})
    lacking = Choice(Lacking, metadata={"description": "Hồ sơ chưa có điều này."})
    due_from = Moment()
    due_before = Moment()
    processed_from = Moment(
        metadata={"description": "Xong từ lúc nào; khi đếm, bỏ trống là 92 ngày gần nhất."}
    )
    processed_before = Moment()


class CountsIn(SupervisionIn):
    """Những hồ sơ nào, chia theo gì."""

    by = Choice(By, metadata={"description": "Chia nhỏ theo."})


class SupervisedListIn(SupervisionIn, PageIn):
    """Nhóm nào, và những hồ sơ nào trong nhóm."""

    standing = Choice(Standing, required=True, metadata={"description": "Nhóm."})


class GroupOut(Out):
    """Số hồ sơ có chung một điểm; `key` null là không có."""

    key = fields.String(allow_none=True)
    name = fields.String()
    total = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class CountsOut(Out):
    """Số hồ sơ của từng nhóm; hồ sơ đã xong chỉ đếm trong kỳ."""

    processed_from = Moment()
    processed_before = Moment()
    total = fields.Integer()
    counts = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "Mã nhóm → số hồ sơ; đủ mọi nhóm, cả nhóm trống."},
    )
    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "Mã nhóm → tên nhóm."},
    )
    groups = fields.List(fields.Nested(GroupOut))


class SupervisedDossierOut(Out):
    """Một hồ sơ: ở nhóm nào, vì sao, từ bao giờ, ai giữ."""

    code = fields.String()
    procedure = fields.String()
    procedure_name = fields.String()
    field = fields.String()
    receiving_agency = fields.String()
    competent_agency = fields.String()
    owner_name = fields.String()
    standing = Choice(Standing)
    standing_name = fields.String()
    status = Choice(Status)
    status_name = fields.String()
    stage = Choice(Stage, allow_none=True)
    unit = fields.String(allow_none=True)
    holder = fields.Integer(allow_none=True)
    holder_name = fields.String(allow_none=True)
    received_at = Moment(allow_none=True)
    due_at = Moment(allow_none=True)
    first_due_at = Moment(allow_none=True)
    overdue = fields.Boolean()
    pause_reason = fields.String(allow_none=True)
    pause_reason_name = fields.String(allow_none=True)
    paused_since = Moment(allow_none=True)
    pause_until = Moment(allow_none=True)
    overdue_cause = fields.String(allow_none=True)
    overdue_cause_name = fields.String(allow_none=True)
    outage = fields.Integer(allow_none=True)
    processed_at = Moment(allow_none=True)


SupervisedPage = page_of(SupervisedDossierOut)


class ForecastIn(PageIn):
    """Hồ sơ nào, đến hạn trong bao lâu."""

    agency = Code(metadata={"description": "Cơ quan tiếp nhận hoặc giải quyết."})
    within = Whole(
        1,
        250,
        in_query=True,
        load_default=WITHIN,
        metadata={"description": "Đến hạn trong bao nhiêu ngày làm việc."},
    )


class ForecastItemOut(Out):
    """Một hồ sơ có thể trễ hạn; xác suất từ 0 đến 1, với khoảng tin cậy 95 %."""

    code = fields.String()
    procedure = fields.String()
    procedure_name = fields.String()
    owner_name = fields.String()
    receiving_agency = fields.String()
    competent_agency = fields.String()
    standing = Choice(Standing)
    standing_name = fields.String()
    step = fields.String()
    step_name = fields.String()
    unit = fields.String(allow_none=True)
    holder = fields.Integer(allow_none=True)
    holder_name = fields.String(allow_none=True)
    due_at = Moment()
    remaining = fields.Float(metadata={"description": "Số giờ làm việc còn lại."})
    probability = fields.Float(metadata={"description": "Khả năng trễ hạn."})
    low = fields.Float()
    high = fields.Float()
    samples = fields.Integer(metadata={"description": "Dựa trên bao nhiêu lần đã qua."})
    confidence = Choice(Confidence)
    confidence_name = fields.String()


ForecastPage = page_of(ForecastItemOut)
