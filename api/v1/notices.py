"""What the citizen of a dossier was told, and how they are reached."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, target, writes
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.dossiers import StandingOut
from api.v1.schemas.notices import ContactIn, NoticesOut
from engine.commands.contacts import CorrectContact, SendAgain, correct_contact, send_again
from engine.errors.contacts import PartyUnknown
from engine.model.contact import Contact, Party
from engine.model.reading import Looked
from engine.queries.dossiers import find
from engine.queries.notices import contacts_of, notices_of

routes = Blueprint(
    "notices",
    __name__,
    url_prefix="/dossiers/<code:code>/notices",
    description="Tin báo cho công dân.",
)


@routes.get("")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, NoticesOut)
def list_notices(call: Call, code: str) -> dict[str, Any]:
    """List what the citizen was told.

    Tin báo cho người nộp và chủ hồ sơ: báo gì, khi nào, qua kênh nào, đến hay không; kèm liên hệ.
    """
    return _told(call, code)


def _told(call: Call, code: str) -> dict[str, Any]:
    found = find(call.tx, code, call.actor)
    return {"items": notices_of(call.tx, found), "contacts": contacts_of(call.tx, found)}


@routes.post("/<number:notice>/resend")
@writes(403, 404, 409)
@routes.response(200, NoticesOut)
def resend(call: Call, code: str, notice: int) -> dict[str, Any]:
    """Send a notice again.

    Gửi lại một tin đến liên hệ hiện nay; giờ yên tĩnh vẫn được giữ.
    """
    send_again(call.tx, SendAgain(code, notice), call.actor, call.now)
    return _told(call, code)


@routes.post("/contacts/<code:party>")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(ContactIn)
@routes.response(200, StandingOut, headers=ETAG)
def correct(call: Call, body: dict[str, Any], code: str, party: str) -> Any:
    """Put a contact right.

    Sửa liên hệ của người nộp (`submitter`) hoặc chủ hồ sơ (`owner`); tin chưa đến được gửi lại.
    """
    if party not in list(Party):
        raise PartyUnknown(code=code)
    contact = Contact(body.get("phone"), body.get("email"))
    command = CorrectContact(target(code), Party(party), contact, body.get("note"))
    return standing(call, correct_contact(call.tx, command, call.actor, call.now))
