"""Alerts, as bells show them."""

from marshmallow import fields

from api.fields import Choice, Flag, In, Moment, Out
from api.paging import PageIn, page_of
from engine.model.alert import Level, Subject
from engine.queries.alerts import AlertScope, AlertState


class ScopeIn(In):
    """Cảnh báo của ai."""

    scope = Choice(
        AlertScope,
        load_default=AlertScope.MINE,
        metadata={"description": "`mine`: báo cho tôi; `agency`: mọi cơ quan tôi giám sát."},
    )


class AlertListIn(ScopeIn, PageIn):
    """Những cảnh báo nào."""

    state = Choice(
        AlertState,
        load_default=AlertState.LIVE,
        metadata={"description": "`live`: đang hiệu lực; `all`: cả những cảnh báo đã qua."},
    )
    subject = Choice(Subject)
    level = Choice(Level)
    acknowledged = Flag(metadata={"description": "false: chưa ai xác nhận đã biết."})


class AlertItemOut(Out):
    """Một cảnh báo; `against` là thời điểm đến hạn mà nó nói tới."""

    dossier = fields.String()
    alert = fields.Integer(metadata={"description": "Số của cảnh báo trong hồ sơ."})
    subject = Choice(Subject)
    level = Choice(Level)
    against = Moment()
    raised_at = Moment()
    live = fields.Boolean()
    rung = fields.String(metadata={"description": "Đã báo đến cấp nào."})
    place = fields.Integer(
        metadata={
            "description": "0 là cả hồ sơ, -1 là tạm dừng do lệnh, dưới -1000 là khoản phải nộp."
        }
    )
    step = fields.String(allow_none=True)
    step_name = fields.String(allow_none=True)
    procedure = fields.String()
    procedure_name = fields.String()
    owner_name = fields.String()
    agency = fields.String()
    unit = fields.String(allow_none=True)
    holder = fields.Integer(allow_none=True)
    holder_name = fields.String(allow_none=True)
    acknowledged_at = Moment(allow_none=True)
    acknowledged_by = fields.Integer(allow_none=True)
    acknowledged_by_name = fields.String(allow_none=True)
    by_name = fields.String(allow_none=True, metadata={"description": "Người đôn đốc."})
    note = fields.String(allow_none=True, metadata={"description": "Lời đôn đốc."})


AlertItemPage = page_of(AlertItemOut)


class AlertCountOut(Out):
    """Số cảnh báo cùng loại, cùng mức."""

    subject = Choice(Subject)
    level = Choice(Level)
    alerts = fields.Integer()


class AlertCountsOut(Out):
    """Số cảnh báo chưa ai xác nhận đã biết."""

    total = fields.Integer()
    items = fields.List(fields.Nested(AlertCountOut))
