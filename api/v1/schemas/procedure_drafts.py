"""Versions of procedures in the making, put in force, repealed and brought back."""

from marshmallow import fields

from api.documenting import FindingOut
from api.fields import MESSAGES, Choice, Code, Day, In, Moment, Out, Text
from api.paging import PageIn, page_of
from api.transfer import Base64
from api.v1.schemas.procedures import FILE_NAME, MAX_FILE, VersionDigest
from bpmn.adopting import Kind
from engine.commands.putting_in_force import MOST_DECISION
from engine.model.procedure_draft import DraftState


class ProcedureDraftIn(In):
    """Mở bản thảo từ một phiên bản; thủ tục mới thì gửi kèm `files`."""

    procedure = Code(required=True)
    agency = Code(
        allow_none=True,
        load_default=None,
        metadata={"description": "Quy trình nội bộ của cơ quan; null là danh mục chung."},
    )
    base_version = VersionDigest(allow_none=True, load_default=None)
    files = fields.Dict(
        keys=Text(100, 1, pattern=FILE_NAME),
        values=Text(MAX_FILE),
        load_default=None,
        allow_none=True,
        error_messages=MESSAGES,
    )


class ProcedureDraftListIn(PageIn):
    """Bản thảo nào; bỏ trống `state` là những bản chưa ban hành, chưa bỏ."""

    procedure = Code()
    state = Choice(DraftState)


class ProcedureFileIn(In):
    """Nội dung mới của một tệp."""

    text = Text(MAX_FILE, required=True)


class ProcedureOrderIn(In):
    """Theo quyết định nào, từ ngày nào (bỏ trống là hôm nay)."""

    decision = Text(MOST_DECISION, 1, required=True)
    effective_from = Day(allow_none=True, load_default=None)


class ProcedurePublishIn(ProcedureOrderIn):
    """Ban hành bản thảo; `replaces` là phiên bản nó thay, nếu đã khác phiên bản gốc."""

    replaces = VersionDigest(allow_none=True, load_default=None)


class ProcedureScopedOrderIn(ProcedureOrderIn):
    """Cho quy trình nội bộ của một cơ quan; null là danh mục chung."""

    agency = Code(allow_none=True, load_default=None)


class ProcedureRepealIn(ProcedureScopedOrderIn):
    """Bãi bỏ; `replaced_by` là thủ tục thay thế, nếu có."""

    replaced_by = Code(allow_none=True, load_default=None)


class ProcedureRollBackIn(ProcedureScopedOrderIn):
    """Trở lại một phiên bản trước."""

    version = VersionDigest(required=True)


class ProcedureDraftItemOut(Out):
    """Một bản thảo, không có nội dung tệp."""

    id = fields.Integer()
    procedure = fields.String()
    name = fields.String()
    agency = fields.String(allow_none=True)
    base_version = fields.String(allow_none=True)
    version = fields.String(allow_none=True, metadata={"description": "Phiên bản đã ban hành."})
    state = Choice(DraftState)
    state_name = fields.String()
    revision = fields.Integer()
    opened_at = Moment()
    changed_at = Moment()
    changed_by = fields.String()


ProcedureDraftPage = page_of(ProcedureDraftItemOut)


class ProcedureDraftOut(Out):
    """Một bản thảo với các tệp và kết quả kiểm tra gần nhất."""

    id = fields.Integer()
    procedure = fields.String()
    agency = fields.String(allow_none=True)
    base_version = fields.String(allow_none=True)
    version = fields.String(allow_none=True)
    state = Choice(DraftState)
    revision = fields.Integer()
    files = fields.Dict(keys=fields.String(), values=fields.String())
    findings = fields.List(fields.Nested(FindingOut))
    opened_at = Moment()
    changed_at = Moment()
    checked_at = Moment(allow_none=True)


class ForeignDiagramIn(In):
    """Tệp BPMN của công cụ khác, nguyên văn; `process` nêu quy trình cần lấy nếu có nhiều."""

    name = Text(200, 1, required=True)
    content = Base64(MAX_FILE, required=True)
    process = Text(200, 1, allow_none=True, load_default=None)


class RemarkOut(Out):
    """Một điều cần hoàn thiện (open), đã đổi (changed) hoặc đã bỏ (dropped)."""

    kind = Choice(Kind)
    element = fields.String()
    line = fields.Integer(
        allow_none=True, metadata={"description": "Dòng trong tệp; null nếu không rõ."}
    )
    name = fields.String(metadata={"description": "Tên phần tử; trống nếu không có."})
    message = fields.String()


class RemarksOut(Out):
    """Những điều cần hoàn thiện của bản vẽ."""

    remarks = fields.List(fields.Nested(RemarkOut))


class AdoptedOut(RemarksOut):
    """Bản thảo sau khi lấy bản vẽ; `left_out` là số nhận xét không liệt kê."""

    draft = fields.Nested(ProcedureDraftOut)
    left_out = fields.Integer()


class ProcedureFileOut(Out):
    """Một tệp của bản thảo."""

    name = fields.String()
    text = fields.String()
    revision = fields.Integer()
