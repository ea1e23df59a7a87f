"""Who looked at dossiers."""

from marshmallow import fields

from api.fields import Choice, Code, Day, Moment, Out, Whole
from api.paging import PageIn, page_of
from engine.model.reading import Looked


class AccessListIn(PageIn):
    """Những lượt xem nào."""

    user = Whole(1, 2**31 - 1, in_query=True, metadata={"description": "Chỉ của người này."})
    dossier = Code(metadata={"description": "Chỉ của hồ sơ này."})
    seen_from = Day(metadata={"description": "Xem từ ngày."})
    seen_to = Day(metadata={"description": "Xem đến hết ngày."})


class AccessItemOut(Out):
    """Một lượt xem; xem lại trong vòng 10 phút thì không ghi thêm."""

    dossier = fields.String()
    owner_name = fields.String()
    user = fields.Integer()
    user_name = fields.String()
    looked = Choice(Looked, metadata={"description": "Đã xem phần nào."})
    looked_name = fields.String()
    at = Moment()


AccessItemPage = page_of(AccessItemOut)
