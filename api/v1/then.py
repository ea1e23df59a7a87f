"""A dossier, an inbox and the board as they stood at a moment gone by."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.v1.schemas.then import (
    BoardThenIn,
    BoardThenOut,
    DossierThenOut,
    InboxThenIn,
    InboxThenOut,
    ThenIn,
)
from engine.errors import DossierUnknown
from engine.model.reading import Looked
from engine.queries import then

routes = Blueprint("then", __name__, url_prefix="", description="Như lúc đó.")


@routes.get("/dossiers/<code:code>/then")
@reads(403, 404, 409, 422, looks_at=Looked.REPLAY)
@routes.arguments(ThenIn, location="query")
@routes.response(200, DossierThenOut)
def show_dossier(call: Call, query: dict[str, Any], code: str) -> then.DossierThen:
    """Show a dossier as it stood at a moment.

    Dựng lại từ sổ sự kiện; trước khi nộp thì không có (404).
    """
    at = then.gone_by(query["at"], call.now)
    found = then.dossier_then(call.tx, code, at, call.actor)
    if found is None:
        raise DossierUnknown(code=code)
    return found


@routes.get("/then/inbox")
@reads(403, 409, 422)
@routes.arguments(InboxThenIn, location="query")
@routes.response(200, InboxThenOut)
def show_inbox(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Show someone's inbox as it stood at a moment.

    Việc người ấy đang giữ lúc đó, và việc chưa ai nhận hợp với vai trò của họ.
    """
    named = (query["agency"], query["user"], then.gone_by(query["at"], call.now))
    return {"items": then.inbox_then(call.tx, *named, call.actor)}


@routes.get("/then/board")
@reads(403, 409, 422)
@routes.arguments(BoardThenIn, location="query")
@routes.response(200, BoardThenOut)
def show_board(call: Call, query: dict[str, Any]) -> then.BoardThen:
    """Count an agency's dossiers as they stood at a moment.

    Hồ sơ cơ quan giải quyết và chưa xong lúc đó, theo nhóm.
    """
    at = then.gone_by(query["at"], call.now)
    return then.board_then(call.tx, query["agency"], at, call.actor)
