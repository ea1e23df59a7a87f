"""What was decided of a procedure."""

from marshmallow import fields

from api.fields import Choice, In, Moment, Out
from api.v1.schemas.procedures import VersionDigest
from bpmn.catalogue.entry import Standing
from bpmn.comparing import Change
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


class ComparisonIn(In):
    """Hai phiên bản cần so sánh."""

    old = VersionDigest(required=True)
    new = VersionDigest(required=True)


class DraftComparisonIn(In):
    """So bản thảo với phiên bản nào; bỏ trống là phiên bản đang dùng mà nó sẽ thay."""

    old = VersionDigest()


class ComparedAspectOut(Out):
    """Một điều đã đổi của một phần; null là trước đó hoặc nay không có."""

    what = fields.String()
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


class ComparedPartOut(Out):
    """Một phần đã đổi: `key` là mã phần tử, đường dẫn trường, mã dòng."""

    change = Choice(Change)
    key = fields.String()
    label = fields.String()
    aspects = fields.List(fields.Nested(ComparedAspectOut))


class ComparedFileOut(Out):
    """Một tệp đã đổi: từng phần, hoặc từng dòng khi không đọc được thành phần; cả hai rỗng là chỉ
    đổi cách trình bày."""

    file = fields.String()
    change = Choice(Change)
    parts = fields.List(fields.Nested(ComparedPartOut))
    lines = fields.List(fields.String())


class ComparisonOut(Out):
    """Hai bộ tệp khác nhau ở đâu; `new` null là bản thảo."""

    old = fields.String(allow_none=True)
    new = fields.String(allow_none=True)
    files = fields.List(fields.Nested(ComparedFileOut))
