"""Connectors to other software, and the address where it answers."""

from typing import Any

from flask import url_for

from api.answering import answered
from api.documenting import Blueprint, document
from api.edge import Call, reads, writes
from api.services import services
from api.v1.schemas.connectors import (
    AnswerIn,
    ConnectorChangeIn,
    ConnectorIn,
    ConnectorListOut,
    ConnectorOut,
    SecretOut,
    TakenOut,
)
from engine.commands.connectors import (
    ChangeConnector,
    RegisterConnector,
    Terms,
    change_connector,
    register_connector,
    renew_secret,
)
from engine.model import webhook
from engine.queries import connectors
from engine.queries.connectors import ConnectorItem

routes = Blueprint(
    "connectors",
    __name__,
    url_prefix="/connectors",
    description="Kết nối phần mềm chuyên ngành.",
)
ONE = "/<number:connector>"
LOCATION = {"Location": {"description": "Địa chỉ của bộ kết nối.", "schema": {"type": "string"}}}
_SIGNED = [
    {"in": "header", "name": name, "required": True, "schema": {"type": "string"}}
    for name in (webhook.ID, webhook.TIMESTAMP, webhook.SIGNATURE)
]


@routes.get("")
@reads(403)
@routes.response(200, ConnectorListOut)
def list_connectors(call: Call) -> dict[str, Any]:
    """List the connectors that one administers.

    Bộ kết nối của các cơ quan do bạn quản trị, với số yêu cầu đang chờ trả lời.
    """
    return {"items": connectors.list_connectors(call.tx, call.actor)}


@routes.post("")
@writes(403, 409, keyed=False)
@routes.arguments(ConnectorIn)
@routes.response(201, SecretOut, headers=LOCATION)
def register(call: Call, body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Register a connector.

    Câu trả lời có khóa bí mật dùng cho cả hai chiều; khóa không xem lại được.
    """
    agency, name = body.pop("agency"), body.pop("name")
    command = RegisterConnector(agency, name, Terms(**body))
    made = register_connector(call.tx, command, call.actor, call.now)
    where = url_for("connectors.show", connector=made.id)
    return _secret(made.id, made.secret(_secret_key())), 201, {"Location": where}


@routes.get(ONE)
@reads(404)
@routes.response(200, ConnectorOut)
def show(call: Call, connector: int) -> ConnectorItem:
    """Show a connector.

    Một bộ kết nối do bạn quản trị.
    """
    return connectors.connector(call.tx, connector, call.actor)


@routes.put(ONE)
@writes(404, 412)
@routes.arguments(ConnectorChangeIn)
@routes.response(200, ConnectorOut)
def change(call: Call, body: dict[str, Any], connector: int) -> ConnectorItem:
    """Change a connector, turn it on or off.

    Tắt thì yêu cầu mới không được gửi: hồ sơ chuyển ngay sang làm thủ công.
    """
    active, revision = body.pop("active"), body.pop("revision")
    command = ChangeConnector(connector, Terms(**body), active, revision)
    change_connector(call.tx, command, call.actor, call.now)
    return connectors.connector(call.tx, connector, call.actor)


@routes.post(f"{ONE}/secret")
@writes(404, keyed=False)
@routes.response(200, SecretOut)
def renew(call: Call, connector: int) -> dict[str, Any]:
    """Make a new secret.

    Khóa cũ còn dùng được thêm một ngày, để bên kia kịp đổi.
    """
    made = renew_secret(call.tx, connector, call.actor, call.now)
    return _secret(made.id, made.secret(_secret_key()))


@routes.response(200, TakenOut)
@routes.doc(
    parameters=_SIGNED,
    requestBody={"required": True, "content": {"application/json": {"schema": AnswerIn}}},
)
def answer(name: str, request_id: str) -> dict[str, Any]:
    """Answer a request, as other software.

    Không đăng nhập: ký theo Standard Webhooks bằng khóa bí mật của bộ kết nối. Gửi lại cùng một
    trả lời không gây hại.
    """
    return {"result": answered(name, request_id)}


document(answer, (400, 401, 404, 409, 413, 415, 422, 429, 500, 503), public=True)
routes.post("/<code:name>/answers/<code:request_id>")(answer)


def _secret(connector: int, secret: str) -> dict[str, Any]:
    return {"connector": connector, "secret": secret}


def _secret_key() -> str:
    return services().settings.secret_key
