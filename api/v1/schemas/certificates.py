"""Certificates, and how they are registered."""

from marshmallow import fields

from api.fields import Choice, Code, Flag, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from api.transfer import Base64
from api.v1.schemas.substitutions import MOST_ID
from engine.model.certificate import Provider
from engine.queries.certificates import Standing

MOST_FILE = 100_000
MOST_IMAGE = 1_000_000


class CertificateListIn(PageIn):
    """Những chứng thư số nào."""

    agency = Code()
    user = Whole(1, MOST_ID, in_query=True)
    in_use = Flag(metadata={"description": "true: đang dùng; false: đã ngừng dùng."})


class CertificateIn(In):
    """Chứng thư số của một người (`user`), hoặc của chính cơ quan (con dấu).

    `pkcs12` cần `key_file` và `passphrase`; `pkcs11` cần `certificate`, `token` và `key`; `csc` cần
    `credential`; `outside` cần `certificate`.
    """

    agency = Code(required=True)
    user = Whole(1, MOST_ID, allow_none=True, load_default=None)
    provider = Choice(Provider, required=True)
    certificate = Base64(MOST_FILE, load_default=b"", metadata={"description": "PEM hoặc DER."})
    key_file = Base64(MOST_FILE, load_default=b"", metadata={"description": "Tệp PKCS#12."})
    passphrase = Text(200, load_default="", metadata={"description": "Không được lưu lại."})
    token = Text(100, load_default="", metadata={"description": "Nhãn thiết bị."})
    key = Text(100, load_default="", metadata={"description": "Nhãn khóa."})
    credential = Text(200, load_default="", metadata={"description": "Mã khóa ở dịch vụ từ xa."})
    image = Base64(
        MOST_IMAGE,
        load_default=b"",
        metadata={"description": "Ảnh chữ ký hoặc con dấu, PNG nền trong suốt."},
    )


class CertificateOut(Out):
    """Một chứng thư số đã đăng ký; `user` null là con dấu của cơ quan."""

    id = fields.Integer()
    agency = fields.String()
    agency_name = fields.String()
    user = fields.Integer(allow_none=True)
    full_name = fields.String(allow_none=True)
    provider = Choice(Provider)
    provider_name = fields.String()
    subject = fields.String()
    issuer = fields.String()
    serial = fields.String()
    fingerprint = fields.String(metadata={"description": "SHA-256 của chứng thư, thập lục phân."})
    valid_from = Moment()
    valid_until = Moment()
    registered_at = Moment()
    retired_at = Moment(allow_none=True)
    has_image = fields.Boolean()
    standing = Choice(Standing)
    standing_name = fields.String()


CertificatePage = page_of(CertificateOut)


class CertificateListOut(Out):
    """Các chứng thư số của bạn."""

    items = fields.List(fields.Nested(CertificateOut))
