"""What one has typed into a task's form so far: kept until the task is done, for oneself alone."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.drafts import DraftIn, DraftOut
from engine.commands import drafts
from engine.life.guards import open_task
from engine.model.reading import Looked
from engine.queries.dossiers import find
from engine.queries.drafts import draft_of
from engine.store.drafts import Draft

routes = Blueprint(
    "drafts",
    __name__,
    url_prefix="/dossiers/<code:code>/tasks/<number:place>/draft",
    description="Bản nháp biểu mẫu của một việc.",
)


@routes.get("")
@reads(404, 409, looks_at=Looked.TASK)
@routes.response(200, DraftOut)
def show_draft(call: Call, code: str, place: int) -> dict[str, Any]:
    """Show one's draft of a task's form.

    Bản nháp của chính bạn; người khác không xem được.
    """
    found = find(call.tx, code, call.actor)
    open_task(found.dossier, place)
    draft = draft_of(call.tx, found, place, call.actor)
    return vars(draft) if draft else {"texts": {}, "saved_at": None}


@routes.put("")
@writes(403, 404, 409, keyed=False)
@routes.arguments(DraftIn)
@routes.response(200, DraftOut)
def save_draft(call: Call, body: dict[str, Any], code: str, place: int) -> Draft:
    """Save one's draft of a task's form.

    Lưu những gì đang nhập dở, thay bản nháp trước; không ghi vào sổ sự kiện. Bản nháp tự mất khi
    việc hoàn thành.
    """
    command = drafts.SaveDraft(code, place, **body)
    return drafts.save_draft(call.tx, command, call.actor, call.now)


@routes.delete("")
@writes(403, 404, 409, keyed=False)
@routes.response(204)
def drop_draft(call: Call, code: str, place: int) -> None:
    """Throw one's draft away.

    Bỏ bản nháp.
    """
    drafts.drop_draft(call.tx, code, place, call.actor)
