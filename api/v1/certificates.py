"""Certificates of people and agencies."""

from typing import Any

from flask import url_for

from api.documenting import Blueprint
from api.edge import Call, reads, writes, writes_apart
from api.paging import answer, wanted
from api.services import services
from api.v1.schemas.certificates import (
    CertificateIn,
    CertificateListIn,
    CertificateListOut,
    CertificateOut,
    CertificatePage,
)
from engine.commands.certificates import (
    Handed,
    RegisterCertificate,
    read_material,
    register_certificate,
    require_reach,
    retire_certificate,
)
from engine.queries import certificates
from engine.queries.certificates import CertificateFilter, CertificateItem

routes = Blueprint(
    "certificates", __name__, url_prefix="/certificates", description="Chứng thư số."
)
ONE = "/<number:certificate>"
LOCATION = {"Location": {"description": "Địa chỉ chứng thư số.", "schema": {"type": "string"}}}


@routes.get("")
@reads(403, 422)
@routes.arguments(CertificateListIn, location="query")
@routes.response(200, CertificatePage)
def list_certificates(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the certificates that one administers.

    Chứng thư số của người và cơ quan do bạn quản trị, sắp hết hạn trước.
    """
    part = wanted(query)
    chosen = CertificateFilter(**query)
    return answer(certificates.list_certificates(call.tx, part, chosen, call.actor, call.now))


@routes.get("/mine")
@reads()
@routes.response(200, CertificateListOut)
def list_mine(call: Call) -> dict[str, Any]:
    """List the certificates with which one signs.

    Chứng thư số đang dùng của chính bạn.
    """
    return {"items": certificates.own_certificates(call.tx, call.actor, call.now)}


@routes.post("")
@writes_apart(403, 409)
@routes.arguments(CertificateIn)
@routes.response(201, CertificateOut, headers=LOCATION)
def register(call: Call, body: dict[str, Any]) -> tuple[CertificateItem, int, dict[str, str]]:
    """Register a certificate.

    Đăng ký chứng thư số sau khi kiểm tra hạn, mục đích sử dụng và tổ chức cấp. Mật khẩu tệp khóa
    chỉ dùng để mở tệp lúc này, không được lưu.
    """
    agency, user = body.pop("agency"), body.pop("user")
    require_reach(call.actor, agency)
    material = read_material(Handed(**body), services().settings, call.now)
    command = RegisterCertificate(agency, user, material)
    with services().database.transaction() as tx:
        kept = register_certificate(tx, command, call.actor, call.now)
        shown = certificates.certificate(tx, kept.id, call.actor, call.now)
    return shown, 201, {"Location": url_for("certificates.show", certificate=kept.id)}


@routes.get(ONE)
@reads(404)
@routes.response(200, CertificateOut)
def show(call: Call, certificate: int) -> CertificateItem:
    """Show a certificate.

    Một chứng thư số của bạn hoặc do bạn quản trị.
    """
    return certificates.certificate(call.tx, certificate, call.actor, call.now)


@routes.post(f"{ONE}/retire")
@writes(403, 404, 409)
@routes.response(200, CertificateOut)
def retire(call: Call, certificate: int) -> CertificateItem:
    """Retire a certificate.

    Ngừng dùng chứng thư số; tệp khóa bị xóa. Chữ ký đã ký bằng chứng thư này vẫn giữ giá trị.
    """
    retire_certificate(call.tx, certificate, call.actor, call.now)
    return certificates.certificate(call.tx, certificate, call.actor, call.now)
