"""Reading what came in: bounded, JSON only, and free of values that no database should see."""

import re
from typing import Any

import orjson
from flask import Request, g, request
from marshmallow import RAISE
from webargs import core
from webargs.flaskparser import FlaskParser, abort
from werkzeug.exceptions import UnsupportedMediaType

from api.fields import MAX_NUMBER

MAX_DEPTH = 20
_NOT_JSON = "Nội dung không phải JSON hợp lệ."
_JSON_TYPE = re.compile(r"application/([a-z0-9.+-]+\+)?json", re.IGNORECASE)


def read_body() -> Any:
    """The request's JSON document, `missing` when there is none; read before a transaction.

    Raises 400 for what is not JSON, 413 and 415, and 422 for NUL characters, for numbers
    beyond 2^53 and for documents nested too deeply.
    """
    if "body" not in g:
        g.body = _parsed(request.get_data(cache=True))
    return g.body


def _parsed(raw: bytes) -> Any:
    if not raw:
        return core.missing
    if not _JSON_TYPE.fullmatch(request.mimetype):
        raise UnsupportedMediaType
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        abort(400, exc=error, messages={"json": {"_": [_NOT_JSON]}})
    if fault := _fault(document, 0):
        path, message = fault
        abort(422, messages={"json": {path or "_": [message]}})
    return document


def _fault(value: Any, depth: int, path: str = "") -> tuple[str, str] | None:
    """The first value that cannot be kept, with its path."""
    if isinstance(value, dict | list):
        if depth == MAX_DEPTH:
            return path, f"Nội dung lồng nhau quá {MAX_DEPTH} tầng."
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return next(filter(None, (_pair_fault(k, v, depth, path) for k, v in pairs)), None)
    if isinstance(value, str) and "\0" in value:
        return path, "Có ký tự không hợp lệ (NUL)."
    if isinstance(value, int | float) and abs(value) > MAX_NUMBER:
        return path, "Số quá lớn."
    return None


def _pair_fault(key: object, value: Any, depth: int, path: str) -> tuple[str, str] | None:
    if isinstance(key, str) and "\0" in key:
        return path, "Có tên trường chứa ký tự không hợp lệ (NUL)."
    if isinstance(value, str | int | float | dict | list):
        return _fault(value, depth + 1, f"{path}.{key}" if path else str(key))
    return None


class Parser(FlaskParser):
    """Hands documents and query strings to the schemas; refuses what they do not know."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": None, "query": RAISE}  # noqa: RUF012

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body as `read_body` left it."""
        return read_body()

    def load_querystring(self, req: Request, schema: Any) -> Any:
        """The query; each name may come once."""
        for name, values in req.args.lists():
            if len(values) > 1:
                abort(422, messages={"query": {name: ["Chỉ được gửi một lần."]}})
            if "\0" in name + values[0]:
                abort(422, messages={"query": {"_": ["Có ký tự không hợp lệ (NUL)."]}})
        return super().load_querystring(req, schema)
