"""Periodic reports, and the dossiers behind their figures."""

from marshmallow import fields

from api.fields import Choice, Code, Day, In, Moment, Out, Text
from api.paging import PageIn, page_of
from engine.life.reporting import Ending
from engine.model.report import Cell, Kind
from engine.model.status import Channel, Status
from engine.queries.recount import Why

_ROW = "`key` của một dòng trong báo cáo, hoặc `total`."


class DaysIn(In):
    """Cơ quan nào (cùng các cơ quan dưới), kỳ nào.

    Không nêu kỳ thì lấy tháng báo cáo (từ ngày 15 đến ngày 14) gần nhất đã kết thúc.
    """

    agency = Code(required=True)
    first = Day(data_key="from", metadata={"description": "Ngày đầu; nêu cùng `to`."})
    last = Day(data_key="to", metadata={"description": "Ngày cuối, kể cả ngày ấy."})
    period = Text(7, 4, metadata={"description": "Thay cho hai ngày: 2026-03, 2026-Q1, 2026."})


class AskedIn(DaysIn):
    """Báo cáo của cơ quan nào (cùng các cơ quan dưới), kỳ nào, cấp nào, lĩnh vực nào.

    Không nêu kỳ thì lấy tháng báo cáo (từ ngày 15 đến ngày 14) gần nhất đã kết thúc.
    """

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


class IndexDayOut(Out):
    """Điểm chỉ số 766 lúc hết một ngày, đếm từ ngày đầu tháng báo cáo; phần trăm của điểm."""

    day = Day()
    since = Day(metadata={"description": "Ngày đầu được đếm."})
    points = fields.Integer(metadata={"description": "Tổng điểm đạt, phần trăm của điểm."})
    open = fields.Integer(metadata={"description": "Điểm tối đa của các chỉ tiêu còn để ngỏ."})
    groups = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "Điểm đạt của từng nhóm, theo `key`."},
    )
    counted_at = Moment()


class IndexDaysOut(Out):
    """Các ngày đã đếm trong kỳ, ngày đầu trước."""

    items = fields.List(fields.Nested(IndexDayOut))


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


class SentListIn(PageIn):
    """Báo cáo đã gửi của một cơ quan, hoặc của mọi cơ quan bạn được xem báo cáo."""

    agency = Code()


class SentOut(Out):
    """Một báo cáo đã gửi; `digest` cũng nằm trong sổ thay đổi quản trị."""

    id = fields.Integer()
    agency = fields.String()
    year = fields.Integer()
    number = fields.Integer(metadata={"description": "Số báo cáo trong năm của cơ quan."})
    kind = Choice(Kind)
    start_on = Day(data_key="from")
    end_on = Day(data_key="to")
    level = fields.String(allow_none=True)
    field = fields.String(allow_none=True)
    dossiers = fields.Integer(metadata={"description": "Số hồ sơ đứng sau các ô."})
    digest = fields.String()
    sent_at = Moment()
    sent_by = fields.Integer()
    sent_by_name = fields.String()


SentPage = page_of(SentOut)


class SentInFullOut(Out):
    """Báo cáo như lúc gửi."""

    sent = fields.Nested(SentOut)
    report = fields.Nested(PeriodicReportOut)


class FigureOut(Out):
    """Một ô, theo `key` của dòng và cột."""

    row = fields.String()
    column = fields.String()


class DifferentFigureOut(FigureOut):
    """Một ô nay có số khác; null: nay, hoặc lúc gửi, không có dòng ấy."""

    sent = fields.Raw(allow_none=True)
    now = fields.Raw(allow_none=True)


class DifferentDossierOut(Out):
    """Một hồ sơ nay được đếm khác, và vì sao."""

    code = fields.String()
    no_longer = fields.List(fields.Nested(FigureOut))
    newly = fields.List(fields.Nested(FigureOut))
    why = Choice(Why)
    why_name = fields.String()
    events = fields.List(fields.String(), metadata={"description": "Việc trong kỳ được ghi sau."})


class RecountOut(page_of(DifferentDossierOut)):  # type: ignore[misc]
    """Đếm lại một báo cáo đã gửi: những ô khác, rồi từng hồ sơ mà bạn được xem."""

    different = fields.Integer(metadata={"description": "Số hồ sơ nay được đếm khác."})
    figures = fields.List(fields.Nested(DifferentFigureOut))
