"""Dossiers."""

from marshmallow import fields

from api.fields import (
    Answers,
    Choice,
    Code,
    Day,
    Flag,
    In,
    Items,
    Moment,
    Out,
    Part,
    Particulars,
    Text,
    Whole,
)
from api.paging import PageIn, page_of
from api.v1.schemas.documents import DocumentOut
from api.v1.schemas.money import CategoryIn
from api.v1.schemas.tasks import TaskOut
from api.v1.schemas.time import AlertOut, LatenessIn, LatenessOut, PauseRequestOut
from bpmn.steps import Message, Outcome
from engine.commands.obtaining import LEAST, MOST
from engine.deadlines.clock_policy import ClockPolicy
from engine.model.contact import Means
from engine.model.standing import Standing
from engine.model.status import Channel, Status
from engine.queries.possible import DossierAct

PERSONAL_ID = ("[0-9]{12}", "Số định danh gồm 12 chữ số.")
TAX_CODE = ("[0-9]{10}(-[0-9]{3})?", "Mã số thuế gồm 10 chữ số, hoặc thêm gạch nối và 3 chữ số.")
PHONE = (r"(0|\+84)[0-9]{9,10}", "Số điện thoại không đúng.")
TICKET = ("[A-Za-z0-9-]+", "Số thứ tự chỉ gồm chữ không dấu, số, gạch ngang.")
EMAIL = (r"[^@\s]+@[^@\s]+\.[^@\s]+", "Địa chỉ thư điện tử không đúng.")


class PersonIn(In):
    """Chủ hồ sơ hoặc người nộp."""

    name = Text(200, 1, required=True)
    personal_id = Text(12, pattern=PERSONAL_ID)
    tax_code = Text(
        14,
        pattern=TAX_CODE,
        metadata={"description": "Của tổ chức: mã số thuế, mã số doanh nghiệp, mã định danh."},
    )
    phone = Text(15, pattern=PHONE)
    email = Text(254, pattern=EMAIL)
    address = Text(300)


class ComponentIn(In):
    """Một thành phần hồ sơ đã nộp, với số bản chính và bản sao."""

    code = Code(required=True)
    originals = Whole(0, 1_000, load_default=0)
    copies = Whole(0, 1_000, load_default=0)
    uploads = Items(
        Code(),
        50,
        load_default=(),
        metadata={"description": "Tệp đã gửi xong (`/uploads`), là bản điện tử của giấy tờ này."},
    )


class ObtainedIn(In):
    """Đã tra cứu được gì cho một thành phần thay vì yêu cầu nộp."""

    component = Code(required=True)
    looked_up = Text(MOST, LEAST, required=True)


class PriorityIn(In):
    """Vì sao được ưu tiên (mã trong danh mục của cơ quan), kèm ghi chú."""

    reason = Code(required=True)
    note = Text(500)


class DossierIn(In):
    """Hồ sơ nộp vào. `intake` là biểu mẫu kiểm tra tại quầy, cho hồ sơ nộp trực tiếp."""

    procedure = Code(required=True)
    channel = Choice(Channel, required=True)
    receiving_agency = Code(required=True)
    competent_agency = Code(metadata={"description": "Bỏ trống: chính cơ quan tiếp nhận."})
    owner = Part(PersonIn, required=True)
    submitter = Part(PersonIn)
    application = Answers(
        required=True, metadata={"description": "Tờ khai, theo biểu mẫu của thủ tục."}
    )
    components = Items(Part(ComponentIn), 100, load_default=())
    obtained = Items(Part(ObtainedIn), 100, load_default=())
    intake = Answers()
    ticket = Text(16, 1, pattern=TICKET, metadata={"description": "Số thứ tự lấy ở máy."})
    assisted = Flag(
        load_default=False,
        metadata={"description": "Cán bộ viết giúp; không đòi điện thoại, thư điện tử."},
    )
    priority = Part(PriorityIn)
    category = Part(CategoryIn)
    notices = Items(
        Choice(Means),
        len(Means),
        load_default=None,
        metadata={
            "description": "Người nộp đồng ý được báo tin bằng gì; bỏ trống: mọi cách đã khai; danh"
            " sách rỗng: không báo."
        },
    )


class DossierListIn(PageIn):
    """Lọc danh sách; ngày tính theo giờ Việt Nam, kể cả hai đầu."""

    code = Code()
    status = Choice(Status)
    procedure = Code()
    field = Text(200, 1, metadata={"description": "Lĩnh vực của thủ tục."})
    agency = Code(metadata={"description": "Cơ quan tiếp nhận hoặc có thẩm quyền."})
    channel = Choice(Channel)
    overdue = Flag()
    submitted_from = Day()
    submitted_to = Day()
    received_from = Day()
    received_to = Day()


class FormIn(In):
    """Biểu mẫu của bước đang làm; nếu đã quá hạn thì kèm nguyên nhân."""

    form = Answers(required=True)
    overdue = Part(LatenessIn)


class NoteIn(In):
    """Ghi chú, nếu có."""

    note = Text(2_000)


class NewsIn(In):
    """Điều hồ sơ đang chờ đã đến; `details` đọc được trong điều kiện của quy trình."""

    details = Particulars(load_default=dict)


class ReasonIn(In):
    """Lý do, ít nhất 5 ký tự."""

    reason = Text(2_000, 5, required=True)


class ReturnIn(ReasonIn):
    """Lý do trả về; nếu đã quá hạn thì kèm nguyên nhân."""

    overdue = Part(LatenessIn)


class DossierItemOut(Out):
    """Một dòng của danh sách hồ sơ."""

    code = fields.String()
    procedure = fields.String()
    procedure_name = fields.String()
    channel = Choice(Channel)
    receiving_agency = fields.String()
    competent_agency = fields.String()
    owner_name = fields.String()
    status = Choice(Status)
    status_name = fields.String(metadata={"description": "Tên trạng thái cho người đọc."})
    overdue = fields.Boolean()
    submitted_at = Moment()
    received_at = Moment(allow_none=True)
    due_at = Moment(allow_none=True)
    finished_at = Moment(allow_none=True)
    ticket = fields.String(allow_none=True)
    assisted = fields.Boolean()
    priority = fields.String(allow_none=True)
    priority_name = fields.String(allow_none=True)
    revision = fields.Integer()


class WaitOut(Out):
    """Điều quy trình đang chờ: thông điệp, thời điểm, hoặc trả lời của phần mềm khác (`asks`)."""

    place = fields.Integer()
    step = fields.String()
    name = fields.String()
    message = Choice(Message, allow_none=True)
    until = Moment(allow_none=True)
    asks = fields.String(allow_none=True)


class PauseOut(Out):
    """Một lần tạm dừng đang kéo dài."""

    reason = fields.String()
    name = fields.String()
    policy = Choice(ClockPolicy)
    since = Moment()
    until = Moment(allow_none=True, metadata={"description": "Hạn của lần tạm dừng."})
    place = fields.Integer(allow_none=True)
    by = fields.String(metadata={"description": "Ai tạm dừng."})
    evidence = fields.Dict(keys=fields.String(), allow_none=True)
    overdue = fields.Boolean(metadata={"description": "Đã quá hạn của lần tạm dừng."})


class StandingOut(Out):
    """Hồ sơ đang ở đâu; câu trả lời của mọi thay đổi."""

    code = fields.String()
    procedure = fields.String()
    procedure_name = fields.String()
    version = fields.String(metadata={"description": "Phiên bản quy trình đang theo."})
    channel = Choice(Channel)
    receiving_agency = fields.String()
    competent_agency = fields.String()
    ticket = fields.String(allow_none=True, metadata={"description": "Số thứ tự lấy ở máy."})
    assisted = fields.Boolean(metadata={"description": "Cán bộ viết giúp."})
    priority = fields.String(allow_none=True, metadata={"description": "Lý do được ưu tiên."})
    priority_name = fields.String(allow_none=True)
    status = Choice(Status)
    status_name = fields.String()
    outcome = Choice(Outcome, allow_none=True)
    overdue = fields.Boolean()
    standing = Choice(Standing, metadata={"description": "Nhóm theo thời hạn; chỉ một nhóm."})
    standing_name = fields.String()
    submitted_at = Moment()
    received_at = Moment(allow_none=True)
    due_at = Moment(allow_none=True, metadata={"description": "Hạn trả kết quả hiện nay."})
    first_due_at = Moment(allow_none=True, metadata={"description": "Hạn đã hẹn lúc đầu."})
    processed_at = Moment(allow_none=True, metadata={"description": "Lúc có kết quả."})
    finished_at = Moment(allow_none=True)
    extensions = fields.Integer(metadata={"description": "Số lần đã xin lỗi, hẹn lại."})
    tasks = fields.List(fields.Nested(TaskOut))
    waits = fields.List(fields.Nested(WaitOut))
    pauses = fields.List(fields.Nested(PauseOut))
    pause_request = fields.Nested(PauseRequestOut, allow_none=True)
    alerts = fields.List(fields.Nested(AlertOut))
    lateness = fields.List(fields.Nested(LatenessOut))
    documents = fields.List(fields.Nested(DocumentOut))
    may = fields.List(Choice(DossierAct), metadata={"description": "Việc bạn có thể làm."})
    revision = fields.Integer(metadata={"description": "Cũng là ETag."})


class PersonOut(Out):
    """Chủ hồ sơ hoặc người nộp, như đã khai."""

    name = fields.String()
    personal_id = fields.String(allow_none=True)
    tax_code = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    address = fields.String(allow_none=True)


class DossierOut(StandingOut):
    """Hồ sơ với người nộp và tờ khai (null nếu đã xóa theo luật)."""

    owner = fields.Nested(PersonOut, allow_none=True)
    submitter = fields.Nested(PersonOut, allow_none=True)
    application = fields.Dict(keys=fields.String(), allow_none=True)
    assignees = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "Tên người đang giữ việc, theo mã người dùng."},
    )


DossierPage = page_of(DossierItemOut)
