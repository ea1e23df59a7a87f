"""What was decided of a procedure."""

from marshmallow import fields

from api.fields import Choice, Moment, Out
from bpmn.catalogue.entry import Standing
from engine.model.procedure_life import Origin
from engine.queries.procedure_versions import Force


class ProcedureVersionItemOut(Out):
    """Một quyết định về thủ tục: phiên bản nào, cho ai, từ ngày nào."""

    id = fields.Integer()
    version = fields.String(allow_none=True, metadata={"description": "null: bãi bỏ."})
    agency = fields.String(
        allow_none=True, metadata={"description": "Quy trình nội bộ của cơ quan này."}
    )
    agency_name = fields.String(allow_none=True)
    origin = Choice(Origin)
    standing = Choice(Standing)
    standing_name = fields.String()
    effective_from = fields.Date()
    decision = fields.String()
    replaced_by = fields.String(allow_none=True)
    recorded_at = Moment()
    recorded_by = fields.String(allow_none=True)
    force = Choice(Force)
    force_name = fields.String()
    running = fields.Integer(metadata={"description": "Số hồ sơ đang giải quyết theo phiên bản."})
    stale = fields.Boolean(
        metadata={"description": "Quy trình nội bộ khác danh mục nên tạm không dùng."}
    )


class ProcedureVersionsOut(Out):
    """Các quyết định về một thủ tục, mới nhất trước."""

    items = fields.List(fields.Nested(ProcedureVersionItemOut))
