"""What the citizen of a dossier was told, and how they are reached: seen, sent again, put right."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import PageIn, answer, wanted
from api.problems import STATUS_OF
from api.v1.schemas.notices import ContactIn
from api.web.dossier.acting import N_
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.dossier.stale import target
from api.web.edge import acts, looks_at, reads
from api.web.entered import Entered, ask, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands.contacts import CorrectContact, SendAgain, correct_contact, send_again
from engine.errors import EngineError
from engine.model.actor import Permission, may
from engine.model.channel import CHANNEL_NAMES
from engine.model.contact import MEANS_NAMES, PARTY_NAMES, Contact
from engine.model.reading import Looked
from engine.queries.notices import ContactItem, Fate, contacts_of, notices_of
from engine.queries.unreached import list_unreached

routes = Blueprint("notices", __name__)
MOST_SHOWN = 50
FATES = {
    Fate.WAITING: ("paused", N_("chờ gửi"), "clock"),
    Fate.LEAVING: ("near", N_("đang gửi"), "send"),
    Fate.SENT: ("ok", N_("đã gửi"), "check"),
    Fate.FAILED: ("late", N_("không đến"), "triangle-alert"),
    Fate.DROPPED: ("plain", N_("không gửi"), "x"),
}
WHYS = {
    "overtaken": N_("Không còn đúng khi đến lượt gửi"),
    "no_channel": N_("Cơ quan chưa dùng kênh này"),
    "stale": N_("Quá ba ngày không có bộ hẹn giờ để gửi"),
    "no_address": N_("Người nộp không có liên hệ này"),
    "refused": N_("Bị từ chối: số hoặc địa chỉ không dùng được"),
    "bounced": N_("Máy chủ thư bên nhận trả lại"),
}


@routes.get("/ho-so/<code:code>/tin-bao")
@looks_at(Looked.DOSSIER)
def show(call: Call, code: str) -> str:
    """All of it."""
    scene = Scene.of(call, code)
    return render(
        "dossier/notices.html",
        **head(scene),
        notices=notices_of(call.tx, scene.found),
        contacts=contacts_of(call.tx, scene.found),
        may_tell=may(call.actor, Permission.CITIZEN_TELL, scene.dossier),
        **_words(),
    )


@routes.post("/ho-so/<code:code>/tin-bao/<number:notice>/gui-lai")
@acts
def resend(call: Call, code: str, notice: int) -> AnyResponse:
    """One more time, to where the citizen is reached now."""
    send_again(call.tx, SendAgain(code, notice), call.actor, call.now)
    flash(_("Tin sẽ được gửi lại; nếu đang giờ nghỉ thì vào sáng hôm sau."), "ok")
    return redirect(url_for("notices.show", code=code), 303)


@routes.get("/ho-so/<code:code>/lien-he/<code:party>")
@looks_at(Looked.DOSSIER)
def edit(call: Call, code: str, party: str) -> str:
    """How somebody is reached, to be put right."""
    scene = Scene.of(call, code)
    known = _contact(scene, party).contact
    return _form(scene, party, nothing_yet(phone=known.phone or "", email=known.email or ""))


@routes.post("/ho-so/<code:code>/lien-he/<code:party>")
@acts
def correct(call: Call, code: str, party: str) -> Any:
    """Put a contact right; what had not arrived is sent there."""
    scene, entered, status = Scene.of(call, code), read(ContactIn), 422
    known = _contact(scene, party)
    if entered.is_good:
        said = entered.data
        contact = Contact(said.get("phone"), said.get("email"))
        command = CorrectContact(target(code), known.party, contact, said.get("note"))
        try:
            correct_contact(call.tx, command, call.actor, call.now)
            flash(_("Đã sửa liên hệ. Tin nào chưa đến sẽ được gửi lại."), "ok")
            return redirect(url_for("notices.show", code=code), 303)
        except EngineError as refused:
            status = STATUS_OF[refused.kind]
            entered.refuse(refused)
    return _form(scene, party, entered), status


@routes.get("/lien-he")
@reads
def unreached(call: Call) -> str:
    """Dossiers whose citizen was not reached."""
    asked = {**ask(PageIn).data, "limit": MOST_SHOWN}
    listed = answer(list_unreached(call.tx, wanted(asked), call.actor))
    following = listed["next"] and url_for("notices.unreached", cursor=listed["next"])
    return render("notices/unreached.html", items=listed["items"], next=following, **_words())


def _contact(scene: Scene, party: str) -> ContactItem:
    """The contact of somebody whom the dossier has."""
    known = contacts_of(scene.call.tx, scene.found)
    found = next((each for each in known if each.party == party), None)
    return found or abort(404)


def _form(scene: Scene, party: str, entered: Entered) -> str:
    contact = _contact(scene, party)
    return render(
        "dossier/contact.html", **head(scene), contact=contact, entered=entered, **_words()
    )


def _words() -> dict[str, Any]:
    return {
        "fates": FATES,
        "whys": WHYS,
        "channel_names": CHANNEL_NAMES,
        "means_names": MEANS_NAMES,
        "party_names": PARTY_NAMES,
    }
