"""Digitising: documents made of scans and photographs, and the checklist of components."""

from marshmallow import fields, validate

from api.fields import Choice, Code, In, Items, Moment, Out, Part, Text, Whole
from engine.commands.obtaining import LEAST, MOST
from engine.scans.arrangement import MOST_PAGES, TURNS
from engine.scans.viewing import Width
from engine.store.scans import ScanState

UPLOAD = ("[0-9a-f]{32}", "Mã tệp gửi lên không đúng.")


class Fraction(fields.Float):
    """From 0 to 1."""

    def __init__(self) -> None:
        bounds = validate.Range(0, 1, error="Phải từ 0 đến 1.")
        super().__init__(required=True, validate=bounds, allow_nan=False)


class BoxIn(In):
    """Phần trang được giữ lại sau khi xoay, theo tỷ lệ chiều rộng và chiều cao."""

    left = Fraction()
    top = Fraction()
    right = Fraction()
    bottom = Fraction()


class PageIn(In):
    """Một trang của tài liệu: trang nào (từ 0) của tệp gửi lên nào, xoay và cắt ra sao."""

    upload = Text(32, 32, pattern=UPLOAD, required=True)
    page = Whole(0, 100_000, load_default=0)
    rotation = fields.Integer(
        strict=True,
        load_default=0,
        validate=validate.OneOf(TURNS, error="Phải là 0, 90, 180 hoặc 270."),
    )
    crop = Part(BoxIn, allow_none=True, load_default=None)


class ScanIn(In):
    """Tài liệu cần tạo của một thành phần; `replaces` là số tài liệu chưa ký được thay tệp."""

    component = Code(required=True)
    pages = Items(Part(PageIn), MOST_PAGES, 1, required=True)
    replaces = Whole(1, 1_000_000, allow_none=True, load_default=None)


class ScanOut(Out):
    """Một tài liệu đang được tạo, đã tạo (`document` là số của nó) hoặc không tạo được."""

    id = fields.Integer()
    component = fields.String(attribute="order.component")
    replaces = fields.Integer(attribute="order.replaces", allow_none=True)
    state = fields.Enum(ScanState, by_value=True)
    pages = fields.Integer()
    pages_done = fields.Integer()
    ordered_by = fields.Integer()
    ordered_at = Moment()
    ended_at = Moment(allow_none=True)
    document = fields.Integer(allow_none=True)
    text_layer = fields.Boolean(
        allow_none=True, metadata={"description": "Tìm được chữ trong tài liệu (OCR)."}
    )
    resolution = fields.Integer(
        allow_none=True, metadata={"description": "Điểm trên inch của trang thô nhất."}
    )
    reason = fields.String(allow_none=True)


class ScanListOut(Out):
    """Các tài liệu của hồ sơ, cũ trước."""

    items = fields.List(fields.Nested(ScanOut))


class LookedUpIn(In):
    """Đã tra cứu được gì, ví dụ số và ngày của giấy tờ trong cơ sở dữ liệu."""

    looked_up = Text(MOST, LEAST, required=True)


class PictureIn(In):
    """Rộng bao nhiêu: `small` để tìm trang, `readable` để đọc, `large` để xem kỹ."""

    width = Choice(Width, load_default=Width.READABLE)


class ObtainedOut(Out):
    """Khai thác từ đâu, ai, lúc nào; nội dung tra cứu nằm trong sổ sự kiện."""

    source = fields.String()
    by = fields.String()
    at = Moment()


class CheckedComponentOut(Out):
    """Một thành phần: thủ tục đòi gì, đã nộp gì, đã số hóa hay khai thác chưa."""

    code = fields.String(attribute="component.code")
    name = fields.String(attribute="component.name")
    required = fields.Boolean(attribute="component.required")
    condition = fields.String(attribute="component.condition", allow_none=True)
    present_only = fields.Boolean(attribute="component.present_only")
    obtainable_from = fields.String(attribute="component.obtainable_from", allow_none=True)
    originals_expected = fields.Integer(attribute="component.originals")
    copies_expected = fields.Integer(attribute="component.copies")
    originals = fields.Integer()
    copies = fields.Integer()
    documents = fields.List(fields.Integer(), attribute="document_numbers")
    obtained = fields.Nested(ObtainedOut, allow_none=True)
    missing = fields.Boolean()
    to_look_up = fields.Boolean()
    to_digitise = fields.Boolean()


class ChecklistOut(Out):
    """Danh mục thành phần hồ sơ, theo thứ tự của thủ tục."""

    items = fields.List(fields.Nested(CheckedComponentOut))
