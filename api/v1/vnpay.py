"""VNPAY's own notices. Nobody logs in here: VNPAY signs what it sends."""

from dataclasses import asdict

from flask import Response, jsonify

from api.documenting import Blueprint, document
from api.notices import take_notice
from api.v1.schemas.gateways import NoticeReplyOut

routes = Blueprint("vnpay", __name__, url_prefix="/vnpay", description="Thông báo của VNPAY.")


@routes.response(200, NoticeReplyOut)
def take_ipn() -> Response:
    """Take an IPN of VNPAY.

    VNPAY gọi địa chỉ này (GET) với các tham số `vnp_…` đã ký; chỉ câu trả lời ở đây và câu trả lời
    khi hệ thống tự hỏi VNPAY mới ghi nhận tiền. Trả lời luôn là 200 với `RspCode` theo tài liệu
    VNPAY.
    """
    return jsonify(asdict(take_notice()))


document(take_ipn, (500,), public=True)
routes.get("/ipn")(take_ipn)
