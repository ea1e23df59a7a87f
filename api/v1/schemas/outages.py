"""The register of outages."""

from marshmallow import fields

from api.fields import MOST_TEXT, Code, Flag, In, Items, Moment, Out, Text
from api.paging import PageIn, page_of

MOST_LINKED = 200


class OutageIn(In):
    """Hệ thống nào gián đoạn, từ lúc nào, căn cứ vào đâu."""

    agency = Code(required=True, metadata={"description": "Cơ quan ghi nhận."})
    system = Text(200, 1, required=True, metadata={"description": "Tên hệ thống bị gián đoạn."})
    description = Text(MOST_TEXT, 1, required=True)
    evidence = Text(
        MOST_TEXT,
        1,
        required=True,
        metadata={"description": "Số văn bản hoặc địa chỉ của thông báo gián đoạn."},
    )
    started_at = Moment(required=True)
    ended_at = Moment(allow_none=True, load_default=None)


class EndIn(In):
    """Hệ thống hoạt động lại từ lúc nào; bỏ trống là bây giờ."""

    ended_at = Moment(allow_none=True, load_default=None)


class LinkIn(In):
    """Các hồ sơ quá hạn vì lần gián đoạn này."""

    codes = Items(Code(), MOST_LINKED, least=1, required=True)
    cause = Code(
        required=True,
        metadata={"description": "Mã nguyên nhân quá hạn, xem GET /overdue-causes."},
    )
    note = Text(MOST_TEXT, allow_none=True, load_default=None)


class OutageListIn(PageIn):
    """Những lần gián đoạn nào."""

    system = Text(200, 1, metadata={"description": "Một phần tên hệ thống, hoa thường như nhau."})
    agency = Code()
    running = Flag(metadata={"description": "true: chưa kết thúc; false: đã kết thúc."})


class OutageItemOut(Out):
    """Một lần gián đoạn."""

    id = fields.Integer()
    agency = fields.String()
    system = fields.String()
    description = fields.String()
    evidence = fields.String()
    started_at = Moment()
    ended_at = Moment(allow_none=True)
    running = fields.Boolean()
    recorded_at = Moment()


OutagePage = page_of(OutageItemOut)


class OutageOut(OutageItemOut):
    """Một lần gián đoạn, với người ghi nhận và số hồ sơ đã gắn."""

    recorded_by = fields.String(metadata={"description": "Họ tên người ghi nhận."})
    dossiers = fields.Integer(metadata={"description": "Số hồ sơ bạn được xem đã gắn."})
