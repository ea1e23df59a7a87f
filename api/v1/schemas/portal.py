"""The national portal: how far it was told, and what comparing with it found."""

from marshmallow import fields

from api.fields import Choice, In, Moment, Out
from api.paging import PageIn, page_of
from engine.model.portal import Difference, SyncState

_NUMBER = {"description": "Số thứ tự của thông điệp trong hồ sơ."}
_CODE = {"description": "Mã trạng thái của Cổng, từ 1 đến 10."}


class SyncsIn(PageIn):
    """Lọc hồ sơ theo tình trạng đồng bộ; bỏ trống là mọi hồ sơ chưa đồng bộ."""

    state = Choice(SyncState)


class ResendIn(In):
    """Gửi lại hồ sơ ở tình trạng nào; bỏ trống là mọi hồ sơ chưa đồng bộ."""

    state = Choice(SyncState, load_default=None)


class SyncOut(Out):
    """Cổng cần hiển thị gì của một hồ sơ, và đã nhận đến đâu."""

    dossier = fields.String()
    state = Choice(SyncState)
    state_name = fields.String()
    number = fields.Integer(metadata=_NUMBER)
    code = fields.Integer(metadata=_CODE)
    code_name = fields.String()
    written_at = Moment()
    waiting_since = Moment(allow_none=True)
    taken_number = fields.Integer(allow_none=True, metadata=_NUMBER)
    taken_code = fields.Integer(allow_none=True, metadata=_CODE)
    taken_name = fields.String(allow_none=True)
    taken_at = Moment(allow_none=True)
    last_error = fields.String(allow_none=True)
    asked = fields.Boolean(metadata={"description": "Đã yêu cầu gửi lại, sắp được gửi."})


SyncPage = page_of(SyncOut)


class ToldOut(Out):
    """Tình trạng đồng bộ của một hồ sơ; null nếu chưa từng gửi lên Cổng."""

    sync = fields.Nested(SyncOut, allow_none=True)


class RoundOut(Out):
    """Một lần đối chiếu với Cổng; `failed` là lý do chưa xong."""

    id = fields.Integer()
    started_at = Moment()
    ended_at = Moment(allow_none=True)
    compared = fields.Integer()
    healed = fields.Integer()
    failed = fields.String(allow_none=True)


RoundPage = page_of(RoundOut)


class FiguresOut(Out):
    """Đồng bộ với Cổng nói chung, trong phạm vi bạn quản trị."""

    since = Moment(allow_none=True, metadata={"description": "null là không dùng."})
    bringing = fields.Boolean(metadata={"description": "Đang đưa hồ sơ có từ trước lên Cổng."})
    waiting = fields.Integer()
    failed = fields.Integer()
    differs = fields.Integer()
    oldest = Moment(allow_none=True, metadata={"description": "Hồ sơ chờ lâu nhất, từ khi nào."})
    last_round = fields.Nested(RoundOut, allow_none=True)


class DifferenceOut(Out):
    """Một khác biệt đã tìm thấy; `healed` là đã gửi lại hiện trạng."""

    kind = Choice(Difference)
    kind_name = fields.String()
    dossier = fields.String()
    our_number = fields.Integer(allow_none=True, metadata=_NUMBER)
    our_code = fields.Integer(allow_none=True, metadata=_CODE)
    their_number = fields.Integer(allow_none=True, metadata=_NUMBER)
    their_code = fields.String(allow_none=True)
    healed = fields.Boolean()


DifferencePage = page_of(DifferenceOut)


class ResentOut(Out):
    """Bao nhiêu hồ sơ sẽ được gửi lại."""

    resent = fields.Integer()
