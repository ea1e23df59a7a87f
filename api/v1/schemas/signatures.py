"""Signatures of documents: asked for, given, examined."""

from marshmallow import fields

from api.fields import Choice, Code, In, Items, Moment, Out, Part, Text, Whole
from api.transfer import Base64
from api.v1.schemas.substitutions import MOST_ID
from engine.model.certificate import Provider
from engine.model.document import Capacity
from engine.signatures.verdict import Verdict

MOST_TOGETHER = 200
MOST_VALUE = 3_500_000
"""A signed PDF, as base64 within the longest body."""


class WantedIn(In):
    """Ký với tư cách nào, ở việc nào, bằng chứng thư số nào (bỏ trống: đăng ký sau cùng)."""

    capacity = Choice(Capacity, required=True)
    place = Whole(
        1,
        MOST_ID,
        allow_none=True,
        load_default=None,
        metadata={"description": "Số của việc ký duyệt hoặc đóng dấu; cần với kết quả, từ chối."},
    )
    certificate = Whole(1, MOST_ID, allow_none=True, load_default=None)


class SignatureIn(WantedIn):
    """Mật khẩu tệp khóa hoặc mã PIN, và mã dùng một lần nếu dịch vụ từ xa cần; không được lưu."""

    passphrase = Text(200, load_default="")
    code = Text(64, load_default="")


class ToSignIn(In):
    """Một văn bản cần ký."""

    dossier = Code(required=True)
    document = Whole(1, MOST_ID, required=True)
    place = Whole(1, MOST_ID, allow_none=True, load_default=None)


class SignaturesIn(In):
    """Nhiều văn bản ký cùng một lần nhập mật khẩu, mã PIN hoặc mã xác nhận."""

    capacity = Choice(Capacity, required=True)
    certificate = Whole(1, MOST_ID, allow_none=True, load_default=None)
    documents = Items(Part(ToSignIn), MOST_TOGETHER, least=1, required=True)
    passphrase = Text(200, load_default="")
    code = Text(64, load_default="")


class ValueIn(In):
    """Thứ mà máy của người ký trả về: giá trị chữ ký (ECDSA: DER; RSA: PKCS#1 v1.5), cả chữ ký
    CMS tách rời (DER), hoặc tệp PDF đã ký."""

    value = Base64(MOST_VALUE, required=True)


class SignedOut(Out):
    """Văn bản sau khi ký."""

    dossier = fields.String()
    document = fields.Integer()
    file = fields.String(metadata={"description": "SHA-256 của tệp đã ký."})
    size = fields.Integer()
    capacities = fields.List(Choice(Capacity))
    revision = fields.Integer(metadata={"description": "Phiên bản mới của hồ sơ."})


class SigningOutcomeOut(Out):
    """Kết quả của một văn bản trong lần ký nhiều văn bản."""

    dossier = fields.String()
    document = fields.Integer()
    done = fields.Boolean()
    problem = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)


class SigningOutcomesOut(Out):
    """Kết quả của từng văn bản, theo thứ tự đã gửi."""

    items = fields.List(fields.Nested(SigningOutcomeOut))


class RequestedOut(Out):
    """Việc mà thiết bị của người ký phải làm: ký `digest` (SHA-256 của `attributes`), hoặc lập
    chữ ký CMS tách rời trên nội dung có SHA-256 là `content`."""

    id = fields.String()
    attributes = Base64(1_000_000)
    digest = Base64(32)
    content = Base64(32)
    algorithm = fields.String(metadata={"description": "Luôn là SHA-256."})
    certificate = Base64(1_000_000, metadata={"description": "Chứng thư số phải ký (DER)."})
    fingerprint = fields.String()
    provider = Choice(Provider)
    expires_at = Moment()


class ExaminedSignatureOut(Out):
    """Một chữ ký trong tệp và kết luận về chữ ký đó."""

    verdict = Choice(Verdict)
    verdict_name = fields.String()
    sentence = fields.String(metadata={"description": "Vì sao."})
    signer = fields.String()
    issuer = fields.String()
    at = Moment(allow_none=True)
    stamped = fields.Boolean(metadata={"description": "Thời gian do dấu thời gian chứng minh."})
    whole_file = fields.Boolean(metadata={"description": "Sau chữ ký không có gì thêm vào tệp."})
    capacity_name = fields.String(allow_none=True)
    certificate = fields.String()


class SignatureReportOut(Out):
    """Các chữ ký của tệp hiện tại; `unreadable` nói vì sao không đọc được tệp."""

    document = fields.Integer()
    file = fields.String()
    signatures = fields.List(fields.Nested(ExaminedSignatureOut))
    unreadable = fields.String(allow_none=True)
