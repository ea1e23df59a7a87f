"""What the OpenAPI document says of every route: its headers, and every refusal it may answer."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import flask_smorest
from flask import Response, current_app
from marshmallow import fields
from werkzeug.exceptions import HTTPException

from api.body import Parser
from api.fields import Out
from api.problems import CONTENT_TYPE, KNOWN, of_http

View = Callable[..., Any]

_DESCRIPTION = (
    "Giao diện của hệ thống giải quyết thủ tục hành chính một cửa. Mọi câu trả lời từ chối là"
    " `application/problem+json` (RFC 9457). Đăng nhập bằng `POST /api/v1/sessions` rồi gửi"
    " `Authorization: Bearer <token>`. Thay đổi có thể gửi kèm `Idempotency-Key` để gửi lại an"
    " toàn, và `If-Match` để không ghi đè thay đổi của người khác."
)
_HEADERS: dict[str, dict[str, str]] = {
    "401": {"WWW-Authenticate": "Cách đăng nhập"},
    "429": {"Retry-After": "Số giây nên đợi"},
    "503": {"Retry-After": "Số giây nên đợi"},
}


class FindingOut(Out):
    """Một nhận xét về quy trình."""

    file = fields.String()
    element = fields.String()
    message = fields.String()
    severity = fields.String()
    line = fields.Integer(
        allow_none=True, metadata={"description": "Dòng trong tệp; null nếu không rõ."}
    )


class ProblemOut(Out):
    """Một lời từ chối (RFC 9457)."""

    type = fields.String(metadata={"description": "urn:motcua:problem:<code>"})
    title = fields.String()
    status = fields.Integer()
    detail = fields.String(metadata={"description": "Nói rõ vì sao và nên làm gì."})
    code = fields.String(metadata={"description": "Mã ổn định, dành cho chương trình."})
    instance = fields.String()
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={"description": "Lỗi theo từng trường."},
    )
    findings = fields.List(fields.Nested(FindingOut))

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """All but the particulars are always there."""
        field_obj.required = field_name not in ("errors", "findings")


class Api(flask_smorest.Api):
    """The OpenAPI document, and problem details for what the framework refuses."""

    DEFAULT_ERROR_RESPONSE_NAME = None
    ERROR_SCHEMA = ProblemOut

    def __init__(self, app: Any) -> None:
        options = {
            "info": {"description": _DESCRIPTION},
            "security": [{"bearer": []}],
            "servers": [{"url": "/"}],
        }
        super().__init__(
            app,
            spec_kwargs={
                "title": "Một Cửa",
                "version": "v1",
                "openapi_version": "3.1.0",
                **options,
            },
        )
        self.ma_plugin.converter.add_attribute_function(_names)
        self.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
        for status in KNOWN:
            self.spec.components.response(f"Problem{status}", _problem_doc(status), lazy=True)
        self._json: bytes | None = None

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Problem details, with the headers that belong to the error (`Allow` of a 405)."""
        return of_http(error)

    def _register_pagination_header(self) -> None:
        """Nothing: pages are described by schemas of their own."""

    def _openapi_json(self) -> Response:
        if self._json is None:
            self._json = current_app.json.dumps(self.spec.to_dict()).encode()
        return Response(self._json, mimetype="application/json")


def _names(converter: Any, field: Any, **kwargs: Any) -> dict[str, Any]:
    """What the names in a mapping look like."""
    names = getattr(field, "key_field", None)
    return {"propertyNames": converter.field2property(names)} if names else {}


def _problem_doc(status: int) -> dict[str, Any]:
    _, title, detail = KNOWN[status]
    headers = {
        name: {"description": text, "schema": {"type": "string"}}
        for name, text in _HEADERS.get(str(status), {}).items()
    }
    return {
        "description": f"{title}. {detail}",
        "headers": headers,
        "content": {CONTENT_TYPE: {"schema": ProblemOut}},
    }


class Blueprint(flask_smorest.Blueprint):
    """The routes of one resource."""

    ARGUMENTS_PARSER = Parser()


def document(
    view: View, refusals: tuple[int, ...], headers: tuple[str, ...] = (), public: bool = False
) -> None:
    """Note on a view which refusals it may answer and which request headers it reads."""
    notes = deepcopy(getattr(view, "_apidoc", {}))
    responses = notes.setdefault("response", {}).setdefault("responses", {})
    for status in refusals:
        responses[status] = [f"Problem{status}"]
    parameters = notes.setdefault("arguments", {}).setdefault("parameters", [])
    parameters += [REQUEST_HEADERS[name] for name in headers]
    if public:
        notes.setdefault("manual_doc", {})["security"] = []
    view._apidoc = notes  # type: ignore[attr-defined]


def _header(name: str, description: str, **shape: Any) -> dict[str, Any]:
    schema = {"type": "string", **shape}
    return {"in": "header", "name": name, "description": description, "schema": schema}


REQUEST_HEADERS = {
    "Idempotency-Key": _header(
        "Idempotency-Key",
        "Khóa do bên gửi tạo; gửi lại cùng khóa và cùng nội dung thì nhận lại câu trả lời cũ.",
        minLength=1,
        maxLength=128,
        pattern="^[!-~]+$",
    ),
    "If-Match": _header(
        "If-Match", 'ETag đã đọc, ví dụ `"12"`; hồ sơ đã thay đổi thì bị từ chối (412).'
    ),
    "Upload-Offset": _header(
        "Upload-Offset", "Số byte của tệp đã gửi trước phần này.", pattern="^[0-9]{1,12}$"
    ),
    "If-None-Match": _header(
        "If-None-Match", "ETag đã đọc; hồ sơ chưa thay đổi thì trả 304 không nội dung."
    ),
}
