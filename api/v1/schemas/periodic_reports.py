"""Periodic reports, and the dossiers behind their figures."""

from marshmallow import fields

from api.fields import Choice, Code, Day, In, Out, Text
from api.paging import PageIn, page_of
from engine.life.reporting import Ending
from engine.model.report import Cell
from engine.model.status import Channel, Status

_ROW = "`key` của một dòng trong báo cáo, hoặc `total`."


class AskedIn(In):
    """Báo cáo của cơ quan nào (cùng các cơ quan dưới), kỳ nào.

    Không nêu kỳ thì lấy tháng báo cáo (từ ngày 15 đến ngày 14) gần nhất đã kết thúc.
    """

    agency = Code(required=True)
    first = Day(data_key="from", metadata={"description": "Ngày đầu; nêu cùng `to`."})
    last = Day(data_key="to", metadata={"description": "Ngày cuối, kể cả ngày ấy."})
    period = Text(7, 4, metadata={"description": "Thay cho hai ngày: 2026-03, 2026-Q1, 2026."})
    level = Code(metadata={"description": "Chỉ các cơ quan của cấp này, như lúc cuối kỳ."})
    field = Text(500, 1, metadata={"description": "Chỉ thủ tục của lĩnh vực này."})


class BehindIn(AskedIn, PageIn):
    """Ô nào của báo cáo."""

    row = Text(600, 1, required=True, metadata={"description": _ROW})
    column = Text(64, 1, required=True, metadata={"description": "`key` của một cột đếm."})


class BodyOut(Out):
    """Đơn vị báo cáo, tên như lúc cuối kỳ; `above` là đơn vị nhận."""

    code = fields.String()
    name = fields.String()
    above = fields.String(allow_none=True)


class PeriodOut(Out):
    """Cả hai ngày đều tính."""

    start = fields.String(metadata={"format": "date"})
    end = fields.String(metadata={"format": "date"})


class ColumnOut(Out):
    """Một cột; `number` là số in dưới cột trên biểu."""

    key = fields.String()
    title = fields.String()
    kind = fields.String(metadata={"enum": [each.value for each in Cell]})
    group = fields.String(allow_none=True)
    number = fields.String(allow_none=True)


class RowOut(Out):
    """Một dòng. Ô là số, chữ, null, hoặc tỷ lệ {numerator, denominator, of, percent}."""

    key = fields.String()
    label = fields.String()
    depth = fields.Integer()
    cells = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True))


class CheckOut(Out):
    """Một điều phải đúng giữa các số; `holds` false: số liệu không khớp."""

    name = fields.String()
    sentence = fields.String()
    holds = fields.Boolean()


class PeriodicReportOut(Out):
    """Một báo cáo như lúc được lập."""

    kind = fields.String()
    title = fields.String()
    form = fields.String(allow_none=True)
    agency = fields.Nested(BodyOut)
    period = fields.Nested(PeriodOut)
    level = fields.String(allow_none=True)
    field = fields.String(allow_none=True)
    columns = fields.List(fields.Nested(ColumnOut))
    rows = fields.List(fields.Nested(RowOut))
    total = fields.Nested(RowOut)
    checks = fields.List(fields.Nested(CheckOut))
    notes = fields.List(fields.String())
    counted_at = fields.String(metadata={"format": "date-time"})


class CountedDossierOut(Out):
    """Một hồ sơ như báo cáo thấy nó lúc cuối kỳ; `status` là trạng thái lúc này."""

    code = fields.String()
    procedure = fields.String()
    procedure_name = fields.String()
    owner_name = fields.String()
    competent_agency = fields.String()
    receiving_agency = fields.String()
    channel = Choice(Channel)
    received_on = Day(allow_none=True, metadata={"description": "null: chưa được tiếp nhận."})
    due_on = Day(allow_none=True, metadata={"description": "Hạn đang có hiệu lực lúc cuối kỳ."})
    first_due_on = Day(allow_none=True, metadata={"description": "Hạn hẹn đầu tiên."})
    ended_on = Day(allow_none=True)
    ending = Choice(Ending, allow_none=True)
    halted_on = Day(allow_none=True, metadata={"description": "Thời hạn ngừng tính từ ngày này."})
    pause = fields.String(allow_none=True, metadata={"description": "Lý do tạm dừng."})
    pause_until_on = Day(allow_none=True)
    status = Choice(Status)
    status_name = fields.String()


CountedDossierPage = page_of(CountedDossierOut)
