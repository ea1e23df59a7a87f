"""Letters and slips of a dossier: looked at as they are on paper, printed, kept as PDF."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.letters import (
    LetterFile,
    LetterPicture,
    OnDemand,
    file_for_signing,
    letter_file,
    links,
    pages_of,
)
from api.sending import Later
from api.services import services
from api.web.edge import acts_apart, looks_at
from api.web.frame import render
from api.web.language import gettext as _
from engine.errors import EngineError
from engine.model.actor import Permission, may
from engine.model.reading import Looked
from engine.queries.control_slip import control_slip
from engine.queries.dossiers import find
from engine.queries.letters import Sheet, letters_of, sheet_of

routes = Blueprint("letters", __name__)


@routes.get("/phieu-hen/<code:code>")
@looks_at(Looked.DOSSIER)
def newest(call: Call, code: str) -> AnyResponse:
    """The letter that was issued last; the dossier where none was yet."""
    issued = letters_of(call.tx, find(call.tx, code, call.actor))
    if not issued:
        return redirect(url_for("dossier.show", code=code), 303)
    is_new = 1 if "moi" in request.args else None
    return redirect(url_for("letters.show", code=code, seq=issued[-1].seq, moi=is_new), 303)


@routes.get("/phieu-hen/<code:code>/<number:seq>")
@looks_at(Looked.DOSSIER)
def show(call: Call, code: str, seq: int) -> Later:
    """A letter, page by page, to be printed; with the others of its dossier."""
    sheet = _sheet(call, code, seq)
    found = find(call.tx, code, call.actor)
    issued = letters_of(call.tx, found)
    letter = next(each for each in issued if each.seq == seq)
    others = [each for each in issued if each.seq != seq]
    can_file = letter.to_be_signed and letter.document is None
    files = can_file and may(call.actor, Permission.DOCUMENT_ADD, found.dossier)
    context = {"code": code, "letter": letter, "others": others, "files": files}
    return _Page(sheet, context)


@routes.get("/phieu-hen/<code:code>/<number:seq>/tep")
@looks_at(Looked.DOSSIER)
def file(call: Call, code: str, seq: int) -> Later:
    """A letter as PDF."""
    return LetterFile(_sheet(call, code, seq))


@routes.get("/phieu-hen/<code:code>/<number:seq>/trang/<number:page>")
@looks_at(Looked.DOSSIER)
def picture(call: Call, code: str, seq: int, page: int) -> Later:
    """One page of a letter as a picture."""
    return LetterPicture(_sheet(call, code, seq), page)


@routes.post("/phieu-hen/<code:code>/<number:seq>/ky")
@acts_apart
def to_be_signed(call: Call, code: str, seq: int) -> AnyResponse:
    """Make a letter a document of its dossier, for leader and registry to sign."""
    try:
        file_for_signing(call, code, seq)
        flash(_("Đã đưa vào hồ sơ để lãnh đạo ký, rồi văn thư đóng dấu."), "ok")
    except EngineError as refused:
        flash(refused.message, "error")
    return redirect(url_for("letters.show", code=code, seq=seq), 303)


@routes.get("/ho-so/<code:code>/phieu-kiem-soat")
@looks_at(Looked.DOSSIER)
def control(call: Call, code: str) -> Later:
    """The control slip as things stand, as PDF."""
    slip = control_slip(call.tx, find(call.tx, code, call.actor), links(code), call.actor, call.now)
    return OnDemand(slip.details, slip.source, slip.values, f"phieu-kiem-soat-{code}.pdf")


def _sheet(call: Call, code: str, seq: int) -> Sheet:
    return sheet_of(call.tx, find(call.tx, code, call.actor), seq, links(code))


@dataclass(frozen=True)
class _Page(Later):
    """The page of a letter: how many pages it has is known when it is drawn."""

    sheet: Sheet
    context: dict[str, Any]

    def made(self) -> Response:
        """The page."""
        pdf = services().files.read(letter_file(self.sheet))
        pages = range(1, pages_of(pdf) + 1)
        is_new = "moi" in request.args
        return make_response(
            render("letters/show.html", **self.context, pages=pages, is_new=is_new)
        )
