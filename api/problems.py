"""Every refusal as RFC 9457 problem details: a stable code and a Vietnamese sentence."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import orjson
from flask import Flask, Response, request
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.exceptions import HTTPException

from engine.errors import EngineError, Kind

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = 2

STATUS_OF = {
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.FAULT: 409,
    Kind.UNAVAILABLE: 503,
}
"""A fault of a diagram is a conflict: the dossier stays as it was, and the server is well."""

KNOWN: dict[int, tuple[str, str, str]] = {
    400: ("bad_request", "Yêu cầu sai", "Máy chủ không đọc được yêu cầu. Hãy kiểm tra và gửi lại."),
    401: ("unauthenticated", "Chưa đăng nhập", "Chưa đăng nhập. Hãy đăng nhập lại."),
    403: ("not_permitted", "Không có quyền", "Bạn không có quyền làm việc này."),
    404: ("not_found", "Không tìm thấy", "Không có địa chỉ này. Hãy kiểm tra đường dẫn."),
    405: ("method_not_allowed", "Phương thức không dùng được",
          "Địa chỉ này không nhận phương thức đã gửi. Xem các phương thức trong «Allow»."),
    409: ("conflict", "Xung đột",
          "Dữ liệu vừa được người khác thay đổi. Hãy tải lại rồi thực hiện lại."),
    412: ("revision_stale", "Dữ liệu đã thay đổi", "Dữ liệu đã thay đổi. Hãy tải lại."),
    413: ("body_too_large", "Nội dung quá lớn", "Nội dung gửi lên quá lớn. Hãy gửi ít hơn."),
    415: ("media_type_unsupported", "Sai kiểu nội dung",
          "Hãy gửi nội dung dạng JSON (Content-Type: application/json)."),
    416: ("range_not_there", "Không có phần được hỏi",
          "Tệp không có phần được hỏi (Range). Hãy tải cả tệp."),
    422: ("request_invalid", "Thông tin chưa hợp lệ", "Thông tin chưa hợp lệ."),
    429: ("too_many_requests", "Thử quá nhiều lần",
          "Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
    500: ("internal_error", "Lỗi máy chủ",
          "Máy chủ gặp lỗi ngoài dự kiến; yêu cầu chưa được thực hiện. Hãy thử lại hoặc báo người"
          " quản trị."),
    503: ("unavailable", "Tạm thời không phục vụ được",
          "Hệ thống đang bận hoặc mất kết nối cơ sở dữ liệu. Hãy thử lại sau ít giây."),
}  # fmt: skip
"""By status: code, title, and the sentence where nothing more particular is known."""


def problem(
    status: int,
    *,
    code: str | None = None,
    detail: str | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """A problem+json answer; parts left out are those usual for the status."""
    usual_code, title, usual_detail = KNOWN.get(status, KNOWN[400 if status < 500 else 500])
    code = code or usual_code
    body = {
        "type": f"urn:motcua:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail or usual_detail,
        "code": code,
        "instance": quote(request.path),
        **more,
    }
    response = Response(orjson.dumps(body), status, content_type=CONTENT_TYPE)
    response.headers.update(headers or {})
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="motcua"'
    if status == 503:
        response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return response


def of_engine(error: EngineError) -> Response:
    """What the engine refused."""
    more = {name: error.details[name] for name in ("findings",) if name in error.details}
    if "fields" in error.details:
        more["errors"] = error.details["fields"]
    return problem(STATUS_OF[error.kind], code=error.code, detail=error.message, **more)


def of_http(error: HTTPException) -> Response:
    """What the framework refused, or a view in its terms; field errors are those of webargs."""
    status = error.code or 500
    own = {k: v for k, v in error.get_headers() if k.lower() not in _REPLACED}
    messages = getattr(error, "data", {}).get("messages")
    if messages is None:
        return problem(status, headers=own)
    errors = dict(_flat({k: v for part in messages.values() for k, v in _fields(part).items()}))
    detail = f"Thông tin chưa hợp lệ ở {len(errors)} trường. Hãy sửa các trường được nêu."
    return problem(status, detail=detail, headers=own, errors=errors)


_REPLACED = {"content-type", "content-length", "www-authenticate"}


def _fields(part: Any) -> dict[Any, Any]:
    return part if isinstance(part, dict) else {"_": part}


def _flat(messages: Mapping[Any, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Nested messages of marshmallow by dotted path; `_` is the document as a whole."""
    for key, value in messages.items():
        name = "_" if key == "_schema" else str(key)
        here = f"{path}.{name}" if path else name
        if isinstance(value, Mapping):
            yield from _flat(value, here)
        else:
            yield here, [str(text) for text in value]


def of_database(error: DBAPIError) -> Response:
    """What the database refused: a value it cannot hold, a double, or everything at all."""
    if isinstance(error, DataError):
        return problem(422, code="value_not_keepable", detail="Có giá trị không lưu được.")
    if isinstance(error, IntegrityError):
        return problem(409)
    return problem(503)


def handle_problems(app: Flask) -> None:
    """Answer every error of an application with problem details."""
    app.register_error_handler(EngineError, of_engine)
    app.register_error_handler(DBAPIError, of_database)
    app.register_error_handler(PoolExhausted, lambda error: problem(503))
