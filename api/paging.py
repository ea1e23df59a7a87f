"""Lists over HTTP: `limit` and an opaque, signed `cursor` in, `items` and `next` out."""

from datetime import datetime
from typing import Any

from flask import request
from itsdangerous import BadData, URLSafeSerializer
from marshmallow import Schema, fields
from webargs.flaskparser import abort

from api.fields import In, Out, Text, Whole
from api.services import services
from engine.queries.paging import Key, Page, Slice

MOST = 200
_MOMENT = "@"


class PageIn(In):
    """Which part of a list is wanted."""

    limit = Whole(1, MOST, in_query=True, metadata={"description": "Số mục mỗi trang."})
    cursor = Text(
        500,
        1,
        pattern=("[A-Za-z0-9._-]+", "Con trỏ trang không hợp lệ."),
        metadata={"description": "`next` của trang trước; bỏ trống để xem từ đầu."},
    )


def page_of(item: type[Schema]) -> type[Out]:
    """The schema of a page of such items."""
    name = item.__name__.removesuffix("Out")
    parts = {
        "items": fields.List(fields.Nested(item)),
        "next": fields.String(
            allow_none=True, metadata={"description": "`cursor` của trang sau; null là hết."}
        ),
        "__doc__": f"Một trang danh sách {name}.",
    }
    return type(f"{name}Page", (Out,), parts)


def wanted(query: dict[str, Any]) -> Slice:
    """The slice that a query asks for; takes its two parts out of the query."""
    limit = query.pop("limit", services().settings.page_size)
    cursor = query.pop("cursor", None)
    return Slice(limit, _read(cursor) if cursor else None)


def answer(page: Page[Any]) -> dict[str, Any]:
    """A page as its schema wants it."""
    return {"items": page.items, "next": _write(page.next) if page.next else None}


def _serializer() -> URLSafeSerializer:
    """Signs for this list only: the cursor of one is no good for another."""
    return URLSafeSerializer(services().settings.secret_key, salt=f"cursor:{request.endpoint}")


def _write(key: Key) -> str:
    parts = [_MOMENT + v.isoformat() if isinstance(v, datetime) else v for v in key]
    return str(_serializer().dumps(parts))


def _read(cursor: str) -> Key:
    try:
        parts = _serializer().loads(cursor)
    except BadData:
        abort(422, messages={"query": {"cursor": ["Con trỏ trang không hợp lệ."]}})
    return tuple(_moment(v) if isinstance(v, str) and v.startswith(_MOMENT) else v for v in parts)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removeprefix(_MOMENT))
