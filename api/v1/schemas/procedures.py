"""Procedures."""

from typing import Any

from marshmallow import fields

from api.documenting import FindingOut
from api.fields import MESSAGES, Choice, Code, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from bpmn.catalogue.entry import Level
from bpmn.roles import Role
from bpmn.steps import Stage
from bpmn.time_limit import StartRule
from engine.queries.procedure_list import Listed

MAX_FILE = 2_000_000
FILE_NAME = ("[A-Za-z0-9][A-Za-z0-9._/-]*", "Tên tệp gồm chữ không dấu, số, . _ - /")


class ProcedureIn(In):
    """Các tệp của quy trình, theo tên: procedure.bpmn, *.dmn, facts.toml, forms/*, shared/*."""

    sources = fields.Dict(
        keys=Text(100, 1, pattern=FILE_NAME),
        values=Text(MAX_FILE),
        required=True,
        error_messages=MESSAGES,
    )


class VersionDigest(Text):
    """What names a version: the hash of its files."""

    def __init__(self, **more: Any) -> None:
        pattern = ("[0-9a-f]{64}", "Phiên bản là 64 ký tự 0-9, a-f.")
        super().__init__(64, 64, pattern=pattern, **more)


class VersionIn(In):
    """Phiên bản muốn xem; bỏ trống là phiên bản đang dùng."""

    version = VersionDigest()


class SearchIn(In):
    """Chữ cần tìm, và cơ quan tiếp nhận."""

    q = Text(200, load_default="")
    agency = Code(required=True)
    limit = Whole(1, 50, in_query=True, load_default=10)


class ProcedureMatchOut(Out):
    """Một thủ tục tìm thấy; `here`: cơ quan cùng cấp với bạn giải quyết."""

    code = fields.String()
    name = fields.String()
    field = fields.String()
    level = fields.String()
    here = fields.Boolean()


class ProcedureMatches(Out):
    """Các thủ tục tìm thấy, đúng ý nhất trước."""

    items = fields.List(fields.Nested(ProcedureMatchOut))


class ProcedureListIn(PageIn):
    """Thủ tục nào; `agency` là cơ quan có quy trình nội bộ."""

    q = Text(200, load_default="")
    field = Text(200)
    level = Choice(Level)
    state = Choice(Listed, load_default=Listed.OPEN)
    agency = Code()


class ProcedureItemOut(Out):
    """Một thủ tục, theo phiên bản mà hồ sơ mới sẽ theo."""

    code = fields.String()
    name = fields.String()
    field = fields.String()
    level = fields.String()
    version = fields.String()
    since = Moment()
    repealed_on = fields.Date(allow_none=True)
    replaced_by = fields.String(allow_none=True)
    coming_on = fields.Date(
        allow_none=True, metadata={"description": "Ngày có thay đổi đã quyết định."}
    )
    own = fields.Boolean(metadata={"description": "`agency` có quy trình nội bộ."})
    drafts = fields.Integer(metadata={"description": "Số bản thảo bạn được xem."})


ProcedurePage = page_of(ProcedureItemOut)


class ComponentOut(Out):
    """Một thành phần hồ sơ."""

    code = fields.String()
    name = fields.String()
    originals = fields.Integer()
    copies = fields.Integer()
    required = fields.Boolean()
    condition = fields.String(allow_none=True)
    obtainable_from = fields.String(allow_none=True)
    present_only = fields.Boolean()


class StepOut(Out):
    """Một bước có người làm, với biểu mẫu của nó."""

    id = fields.String()
    name = fields.String()
    role = Choice(Role)
    stage = Choice(Stage)
    limit = fields.String()
    unit = fields.String(allow_none=True)
    four_eyes = fields.List(fields.String())
    batchable = fields.Boolean()
    returns_to = fields.String(allow_none=True)
    form = fields.Dict(keys=fields.String())


class ProcedureOut(Out):
    """Một thủ tục: thông tin, thành phần, tờ khai và các bước."""

    code = fields.String()
    name = fields.String()
    field = fields.String()
    field_code = fields.String(allow_none=True)
    level = fields.String()
    also_at = fields.List(fields.String())
    decision = fields.String()
    unit = fields.String(allow_none=True)
    time_limit = fields.String()
    time_limit_in_words = fields.String()
    start_rule = Choice(StartRule, allow_none=True)
    result_name = fields.String()
    result_code = fields.String(allow_none=True)
    version = fields.String()
    components = fields.List(fields.Nested(ComponentOut))
    application_form = fields.Dict(keys=fields.String())
    steps = fields.List(fields.Nested(StepOut))


class DeployedOut(Out):
    """Phiên bản nay đang dùng, và những điều nên sửa."""

    version = fields.String()
    changed = fields.Boolean(metadata={"description": "False: phiên bản này đã dùng từ trước."})
    warnings = fields.List(fields.Nested(FindingOut))
