"""Papers of the vault, results, and figures of papers."""

from marshmallow import fields

from api.fields import Choice, Code, Day, Flag, In, Moment, Out, Text
from api.paging import PageIn, page_of
from api.v1.schemas.documents import FileFactsOut
from engine.model.document import DocumentKind
from engine.model.vault import Validity
from engine.queries.paper_counts import PaperFigure, PapersBy


class VaultPaperOut(Out):
    """Một giấy tờ trong kho của chủ hồ sơ, dùng được cho thành phần nào của hồ sơ này."""

    item = fields.Integer()
    kind = Choice(DocumentKind)
    type = fields.String(metadata={"description": "Mã kết quả, hoặc thủ tục:thành phần."})
    name = fields.String()
    components = fields.List(fields.String())
    issued_by = fields.String()
    number = fields.String(allow_none=True)
    issued_on = fields.Date()
    valid_until = fields.Date(allow_none=True, metadata={"description": "null: vô thời hạn."})
    validity = Choice(Validity)
    validity_name = fields.String()
    superseded_by = fields.String(
        allow_none=True, metadata={"description": "Mã hồ sơ và số tài liệu thay thế."}
    )
    owner_name = fields.String(allow_none=True, metadata={"description": "Như nguồn đã ghi."})
    dossier = fields.String(
        allow_none=True, metadata={"description": "Hồ sơ nguồn; null: kết quả cũ đã số hóa."}
    )
    document = fields.Integer(allow_none=True)
    file = fields.Nested(FileFactsOut)
    taken = fields.Boolean(metadata={"description": "Hồ sơ này đã lấy rồi."})


VaultPaperPage = page_of(VaultPaperOut)


class TakeIn(In):
    """Giấy tờ lấy từ kho dùng cho thành phần nào; `confirmed` khi chữ ký chưa xác định được và cán
    bộ đã đối chiếu."""

    component = Code(required=True)
    confirmed = Flag(load_default=False)


class WithdrawalIn(In):
    """Vì sao thu hồi; nếu đã có kết quả thay thế thì nêu mã hồ sơ ấy."""

    reason = Text(2_000, 5, required=True)
    superseded_by = Code()


class ResultOut(Out):
    """Một kết quả điện tử của hồ sơ bạn đã nộp."""

    dossier = fields.String()
    document = fields.Integer()
    type = fields.String()
    name = fields.String()
    number = fields.String(allow_none=True)
    issued_on = fields.Date()
    valid_until = fields.Date(allow_none=True)
    validity = Choice(Validity)
    validity_name = fields.String()
    file = fields.Nested(FileFactsOut)


ResultPage = page_of(ResultOut)


class PaperFilterIn(In):
    """Những hồ sơ nào; bỏ trống là mọi hồ sơ bạn giám sát trong 92 ngày gần nhất."""

    agency = Code(metadata={"description": "Cơ quan, kể cả mọi cơ quan cấp dưới."})
    procedure = Code()
    unit = Code(metadata={"description": "Đơn vị chủ trì của thủ tục."})
    since = Moment()
    before = Moment()


class PaperCountsIn(PaperFilterIn):
    """Những hồ sơ nào, chia theo gì."""

    by = Choice(PapersBy)


class PaperListIn(PaperFilterIn, PageIn):
    """Hồ sơ đứng sau con số nào."""

    figure = Choice(PaperFigure, required=True)


class PaperGroupOut(Out):
    """Số liệu của một nhóm."""

    key = fields.String()
    name = fields.String()
    figures = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "Mã số liệu → số hồ sơ; đủ mọi số liệu."},
    )
    reused = fields.Integer(metadata={"description": "Số giấy tờ đã tái sử dụng."})
    obtained = fields.Integer(
        metadata={"description": "Số giấy tờ khai thác từ cơ sở dữ liệu thay vì yêu cầu nộp."}
    )


class PaperCountsOut(Out):
    """Số hóa, tái sử dụng, ký số trong kỳ; cơ quan gồm cả cấp dưới."""

    since = Moment()
    before = Moment()
    total = fields.Nested(PaperGroupOut)
    groups = fields.List(fields.Nested(PaperGroupOut))
    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "Mã số liệu → tên."},
    )


class PapersPageIn(In):
    """Trang số liệu giấy tờ: kỳ tính theo ngày, kể cả hai đầu."""

    agency = Code()
    procedure = Code()
    unit = Code()
    first = Day()
    last = Day()
    by = Choice(PapersBy)


class PapersPageListIn(PageIn):
    """Hồ sơ đứng sau một con số của trang."""

    agency = Code()
    procedure = Code()
    unit = Code()
    first = Day()
    last = Day()
    figure = Choice(PaperFigure, required=True)
