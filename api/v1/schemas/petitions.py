"""Petitions: what people send, what officials do with them, and what both are shown."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from api.fields import Choice, Code, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from engine.commands.petition_box import (
    MOST_NAME,
    MOST_PHONE,
    MOST_STARS,
    MOST_TEXT,
    Sender,
    SubmitPetition,
)
from engine.commands.petitions import MOST_TEXT as MOST_SAID
from engine.model.petition import (
    PetitionEventType,
    PetitionKind,
    PetitionSource,
    PetitionState,
)
from engine.queries.petitions import PetitionStanding
from engine.store.petition_people import PetitionClaim

_KEY = ("[A-Za-z0-9_-]+", "Mã bí mật không đúng.")


class PetitionIn(In):
    """Một phản ánh, kiến nghị. Bỏ trống họ tên là ẩn danh: không ai được gửi trả lời."""

    kind = Choice(PetitionKind, required=True)
    agency = Code(required=True)
    text = Text(MOST_TEXT, 1, required=True)
    name = Text(MOST_NAME)
    phone = Text(MOST_PHONE)
    email = Text(MOST_NAME)
    dossier = Text(64, metadata={"description": "Mã hồ sơ liên quan, nếu có."})
    about = Text(MOST_NAME, metadata={"description": "Cán bộ được nói đến, như người gửi gọi."})

    @post_load
    def _command(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        sender = Sender(*(data.pop(name, "") for name in ("name", "phone", "email")))
        parts = {name: data.pop(name) for name in _SAID if name in data}
        return {**data, "said": SubmitPetition(sender=sender, **parts)}


_SAID = ("kind", "agency", "text", "dossier", "about")


class PetitionSentOut(Out):
    """Phản ánh đã tiếp nhận; `key` chỉ hiện một lần, dùng để tra cứu."""

    code = fields.String()
    key = fields.String()
    due_at = Moment()


class EnteredPetitionIn(PetitionIn):
    """Phản ánh do cán bộ ghi: qua đường dây nóng, hoặc chuyển từ cổng quốc gia (kèm mã ở đó)."""

    source = Choice(PetitionSource, required=True)
    external = Code()
    officer = Whole(1, 2**31 - 1)
    field = Text(MOST_NAME)


class PetitionClaimIn(In):
    """Mã phản ánh, và một trong hai: số điện thoại hay thư điện tử đã ghi, hoặc mã bí mật."""

    code = Text(64, 1, required=True)
    factor = Text(MOST_NAME, 1)
    key = Text(64, 1, pattern=_KEY)

    @validates_schema
    def _one_of_both(self, data: dict[str, Any], **_: object) -> None:
        if len({"factor", "key"} & set(data)) != 1:
            raise ValidationError("Hãy gửi factor hoặc key, chỉ một trong hai.")

    @post_load
    def _claim(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        parts = {name: data.pop(name) for name in ("code", "factor", "key") if name in data}
        return {**data, "claim": PetitionClaim(**parts)}


class PetitionSupplyIn(PetitionClaimIn):
    """Thông tin bổ sung theo yêu cầu."""

    text = Text(MOST_TEXT, 1, required=True)


class AnswerRatingIn(PetitionClaimIn):
    """Mức hài lòng với câu trả lời, từ 1 đến 5 sao."""

    stars = Whole(1, MOST_STARS, required=True)
    comment = Text(MOST_TEXT)


class OwnStepOut(Out):
    """Một mốc mà người gửi được biết."""

    type = Choice(PetitionEventType)
    at = Moment()
    text = fields.String(allow_none=True)


class OwnPetitionOut(Out):
    """Phản ánh như người gửi thấy."""

    code = fields.String()
    kind = Choice(PetitionKind)
    state = Choice(PetitionState)
    agency_name = fields.String()
    received_at = Moment()
    due_at = Moment()
    overdue = fields.Boolean()
    text = fields.String(allow_none=True)
    steps = fields.List(fields.Nested(OwnStepOut))
    stars = fields.Integer(allow_none=True)
    may_supply = fields.Boolean()
    may_rate = fields.Boolean()


class PublishedListIn(PageIn):
    """Những trả lời đã công khai nào."""

    agency = Code()


class PublishedPetitionOut(Out):
    """Một trả lời đã công khai, không còn thông tin cá nhân."""

    code = fields.String()
    kind = Choice(PetitionKind)
    agency = fields.String()
    agency_name = fields.String()
    received_at = Moment()
    published_at = Moment()
    question = fields.String()
    answer = fields.String()


PublishedPetitionPage = page_of(PublishedPetitionOut)


class PetitionListIn(PageIn):
    """Những phản ánh, kiến nghị nào."""

    standing = Choice(PetitionStanding)
    state = Choice(PetitionState)
    kind = Choice(PetitionKind)
    agency = Code()


class PetitionItemOut(Out):
    """Một dòng danh sách; `step_due_at` là hạn của việc phải làm tiếp."""

    code = fields.String()
    kind = Choice(PetitionKind)
    source = Choice(PetitionSource)
    state = Choice(PetitionState)
    agency = fields.String()
    agency_name = fields.String()
    dossier = fields.String(allow_none=True)
    handler = fields.Integer(allow_none=True)
    handler_name = fields.String(allow_none=True)
    received_at = Moment()
    due_at = Moment()
    step_due_at = Moment(allow_none=True)
    overdue = fields.Boolean()
    on_time = fields.Boolean(allow_none=True)
    stars = fields.Integer(allow_none=True)
    shown = fields.String(allow_none=True)


PetitionItemPage = page_of(PetitionItemOut)


class PetitionStepOut(Out):
    """Một việc đã diễn ra; `said` null là đã xóa theo luật."""

    type = Choice(PetitionEventType)
    at = Moment()
    by = fields.String()
    by_name = fields.String(allow_none=True)
    data = fields.Dict(keys=fields.String(), values=fields.Raw())
    said = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True)


class SenderOut(Out):
    """Người gửi."""

    name = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)


class PetitionViewOut(Out):
    """Một phản ánh với mọi việc đã diễn ra; `sender` null khi ẩn danh, hoặc khi `hidden`: bạn là
    người được nói đến nên không được biết người gửi."""

    revision = fields.Integer()
    item = fields.Nested(PetitionItemOut)
    officer_name = fields.String(allow_none=True)
    text = fields.String(allow_none=True)
    about = fields.String(allow_none=True)
    sender = fields.Nested(SenderOut, allow_none=True)
    hidden = fields.Boolean()
    may_handle = fields.Boolean()
    ask_by = Moment(metadata={"description": "Hạn yêu cầu bổ sung."})
    steps = fields.List(fields.Nested(PetitionStepOut))


class PetitionStandingOut(Out):
    """Phản ánh sau một việc vừa làm."""

    code = fields.String()
    state = Choice(PetitionState)
    step_due_at = Moment(allow_none=True)
    handler = fields.Integer(allow_none=True)


class HandlerIn(In):
    """Giao cho ai."""

    handler = Whole(1, 2**31 - 1, required=True)


class ConcernedIn(In):
    """Hồ sơ và cán bộ mà phản ánh nói đến; null là không rõ."""

    dossier = Code(load_default=None, allow_none=True)
    officer = Whole(1, 2**31 - 1, load_default=None, allow_none=True)


class PetitionSaidIn(In):
    """Lý do, câu hỏi hay câu trả lời."""

    text = Text(MOST_SAID, 1, required=True)


class PetitionForwardIn(PetitionSaidIn):
    """Chuyển cho cơ quan trong hệ thống (`agency`), hoặc ngoài hệ thống (`outside`)."""

    agency = Code(load_default=None, allow_none=True)
    outside = Text(MOST_NAME, load_default=None, allow_none=True)


class PetitionPublicIn(In):
    """Nội dung và trả lời tóm tắt để công khai, không có thông tin cá nhân."""

    question = Text(MOST_SAID, 1, required=True)
    answer = Text(MOST_SAID, 1, required=True)
