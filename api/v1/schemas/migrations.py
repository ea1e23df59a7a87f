"""Running dossiers taken to another version of their procedure."""

from marshmallow import fields

from api.fields import MOST_TEXT, Code, In, Moment, Out, Text
from api.paging import PageIn, page_of
from engine.commands.dossier_migrations import MOST_STEPS
from engine.model.migration import Limits, State, Verdict


class ChosenIn(In):
    """Chỉ những hồ sơ này; bỏ trống là mọi hồ sơ đang giải quyết."""

    version = Code(allow_none=True, load_default=None)
    step = Code(allow_none=True, load_default=None, metadata={"description": "Bước đang mở."})
    received_from = Moment(allow_none=True, load_default=None)
    received_before = Moment(allow_none=True, load_default=None)


class MigrationIn(In):
    """Chuyển hồ sơ nào, sang phiên bản nào, theo căn cứ nào."""

    procedure = Code(required=True)
    version = Code(required=True, metadata={"description": "Mã băm của phiên bản mới."})
    agency = Code(required=True, metadata={"description": "Cơ quan giải quyết và cấp dưới."})
    ground = Text(MOST_TEXT, 1, required=True)
    steps = fields.Dict(
        keys=Text(200, 1),
        values=Text(200, 1),
        load_default=dict,
        validate=lambda given: len(given) <= MOST_STEPS,
        metadata={
            "description": 'Bước mới thay cho bước cũ, ví dụ {"appraise": "examine"}; bước có'
            " ở nhiều nơi thì ghi cả đường dẫn, ví dụ call_receipt/check_papers."
        },
    )
    limits = fields.Enum(
        Limits,
        by_value=True,
        load_default=Limits.KEPT,
        metadata={"description": "kept: bước đang mở giữ hạn cũ; new: theo hạn mới từ lúc mở."},
    )
    choice = fields.Nested(ChosenIn, load_default=lambda: ChosenIn().load({}))


class MigrationItemOut(Out):
    """Một đợt chuyển phiên bản."""

    id = fields.Integer()
    procedure = fields.String()
    version = fields.String()
    agency = fields.String()
    steps = fields.Dict(keys=fields.String(), values=fields.String())
    limits = fields.Enum(Limits, by_value=True)
    ground = fields.String()
    state = fields.Enum(State, by_value=True)
    planned_at = Moment()
    changed_at = Moment()


MigrationPage = page_of(MigrationItemOut)


class MigrationOut(MigrationItemOut):
    """Một đợt chuyển, với số hồ sơ theo kết quả."""

    state_name = fields.String()
    decided_by = fields.String(metadata={"description": "Họ tên người quyết định gần nhất."})
    counts = fields.Dict(
        keys=fields.Enum(Verdict, by_value=True),
        values=fields.Integer(),
        metadata={"description": "Số hồ sơ theo kết quả; kết quả không có hồ sơ thì không nêu."},
    )


class MigratedListIn(PageIn):
    """Những hồ sơ có kết quả nào."""

    verdict = fields.Enum(Verdict, by_value=True, load_default=None)


class MigratedOut(Out):
    """Một hồ sơ của đợt chuyển."""

    code = fields.String()
    verdict = fields.Enum(Verdict, by_value=True)
    verdict_name = fields.String()
    reason = fields.String(allow_none=True, metadata={"description": "Vì sao không chuyển được."})


MigratedPage = page_of(MigratedOut)
