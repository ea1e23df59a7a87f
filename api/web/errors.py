"""Every refusal as a page: what happened, what was kept, what to do now."""

from flask import Flask, Response, make_response
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.exceptions import HTTPException, NotFound

from api.problems import KNOWN, RETRY_SECONDS, STATUS_OF
from api.web.edge import recognise
from api.web.frame import render
from api.web.language import gettext as _
from engine.errors import EngineError


def handle_errors(app: Flask) -> None:
    """Answer every error of the pages with a page."""
    app.register_error_handler(EngineError, _of_engine)
    app.register_error_handler(CSRFError, _of_csrf)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(DBAPIError, _of_database)
    app.register_error_handler(PoolExhausted, lambda error: error_page(503))


def error_page(status: int, sentence: str | None = None) -> Response:
    """The page for a status, with the usual sentence or a more particular one."""
    _code, title, usual = KNOWN.get(status, KNOWN[400 if status < 500 else 500])
    page = render("error.html", status=status, title=_(title), sentence=sentence or _(usual))
    response = make_response(page, status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _of_engine(error: EngineError) -> Response:
    return error_page(STATUS_OF[error.kind], error.message)


def _of_csrf(error: CSRFError) -> Response:
    return error_page(
        400,
        _(
            "Trang đã mở quá lâu hoặc bạn đã đăng nhập lại ở nơi khác, nên yêu cầu chưa được thực"
            " hiện. Hãy quay lại trang trước, tải lại rồi gửi lại."
        ),
    )


def _of_http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    if isinstance(error, NotFound):
        recognise()
    response = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _of_database(error: DBAPIError) -> Response:
    if isinstance(error, DataError):
        return error_page(422, _("Có giá trị không lưu được. Hãy kiểm tra những gì đã nhập."))
    return error_page(409 if isinstance(error, IntegrityError) else 503)
