"""What really happens to dossiers."""

from marshmallow import fields

from api.fields import Choice, Code, Day, In, Out
from engine.mining.conformance import Departure
from engine.queries.mining import LogFormat


class PeriodIn(In):
    """Kỳ (kể cả hai đầu, theo giờ Việt Nam) và cơ quan."""

    first = Day(required=True, data_key="from")
    last = Day(required=True, data_key="to")
    agency = Code(metadata={"description": "Bỏ trống: mọi cơ quan bạn giám sát."})


class EventLogIn(PeriodIn):
    """Nhật ký của những hồ sơ tiếp nhận trong kỳ, của một thủ tục hoặc mọi thủ tục."""

    procedure = Code()
    format = Choice(
        LogFormat,
        load_default=LogFormat.XES,
        metadata={"description": "xes: IEEE 1849-2016; ocel: OCEL 2.0 dạng JSON."},
    )


class SpansOut(Out):
    """Thời gian theo đồng hồ, tính bằng giờ."""

    count = fields.Integer()
    typical = fields.Float(metadata={"description": "Một nửa số lần không lâu hơn."})
    long = fields.Float(metadata={"description": "Chín phần mười số lần không lâu hơn."})


class VariantOut(Out):
    """Một đường đi: các bước theo thứ tự hoàn thành."""

    steps = fields.List(fields.String())
    count = fields.Integer()
    outcomes = fields.Dict(keys=fields.String(), values=fields.Integer())
    spans = fields.Nested(SpansOut, allow_none=True)
    examples = fields.List(fields.String())


class PassageOut(Out):
    """Từ bước này sang bước kế tiếp."""

    before = fields.String()
    after = fields.String()
    spans = fields.Nested(SpansOut)


class HandoverOut(Out):
    """Từ tay người này sang tay người kia."""

    giver = fields.Integer()
    taker = fields.Integer()
    count = fields.Integer()


class RepeatedOut(Out):
    """Bước phải làm lại."""

    step = fields.String()
    dossiers = fields.Integer()
    extra = fields.Integer(metadata={"description": "Số lần ngoài lần đầu."})


class ReworkOut(Out):
    """Làm lại: trả về bước trước, yêu cầu bổ sung, bước lặp."""

    dossiers = fields.Integer()
    straight = fields.Integer(metadata={"description": "Số hồ sơ không phải làm lại gì."})
    returned = fields.Integer()
    returns = fields.Integer()
    supplemented = fields.Integer()
    supplements = fields.Integer()
    repeated = fields.List(fields.Nested(RepeatedOut))


class DeviationOut(Out):
    """Chỗ hồ sơ đi khác bản vẽ; `seq` là số thứ tự của sự kiện trong hồ sơ."""

    code = fields.String()
    seq = fields.Integer()
    kind = Choice(Departure)
    step = fields.String()
    after = fields.List(fields.String())


class ConformanceOut(Out):
    """So với bản vẽ của chính phiên bản mà hồ sơ theo."""

    dossiers = fields.Integer()
    followed = fields.Integer()
    migrated = fields.Integer()
    interrupted = fields.Integer()
    deviations = fields.List(fields.Nested(DeviationOut))
    unused = fields.List(fields.String(), metadata={"description": "Bước không hồ sơ nào tới."})


class PictureOut(Out):
    """Diễn tiến thực tế của những hồ sơ xử lý xong trong kỳ."""

    dossiers = fields.Integer()
    more = fields.Boolean(metadata={"description": "Còn hồ sơ sớm hơn trong kỳ không được tính."})
    kinds = fields.Integer(metadata={"description": "Số đường đi khác nhau."})
    variants = fields.List(fields.Nested(VariantOut))
    passages = fields.List(fields.Nested(PassageOut))
    handovers = fields.List(fields.Nested(HandoverOut))
    rework = fields.Nested(ReworkOut)
    conformance = fields.Nested(ConformanceOut)
    step_names = fields.Dict(keys=fields.String(), values=fields.String())
    people = fields.Dict(keys=fields.String(), values=fields.String())
