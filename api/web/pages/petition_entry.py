"""Petitions from the hotline, or from the national portal, taken down by staff."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.problems import STATUS_OF
from api.v1.schemas.petitions import EnteredPetitionIn
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands.petition_box import ENTERED, MOST_TEXT, EnterPetition, enter_petition
from engine.errors import EngineError, NotPermitted
from engine.model.actor import Permission
from engine.model.petition import PETITION_KIND_NAMES, PETITION_SOURCE_NAMES, PetitionSource
from engine.queries.agencies import names_of
from engine.store.visibility import agencies_with

routes = Blueprint("petition_entry", __name__, url_prefix="/tiep-nhan/phan-anh")


@routes.get("")
@reads
def write(call: Call) -> str:
    """The form; raises `NotPermitted` for whom it is not for."""
    return _form(call, nothing_yet(source=PetitionSource.HOTLINE.value))


@routes.post("")
@acts
def enter(call: Call) -> AnyResponse | tuple[str, int]:
    """Keep it."""
    entered, status = read(EnteredPetitionIn), 422
    if entered.is_good:
        command = EnterPetition(**entered.data)
        try:
            found = enter_petition(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            status = STATUS_OF[refused.kind]
            entered.refuse(refused)
        else:
            flash(_("Đã ghi phản ánh {code}.").format(code=found.code), "done")
            return redirect(url_for(".write"), 303)
    return _form(call, entered), status


def _form(call: Call, entered: Entered) -> str:
    agencies = agencies_with(call.actor, Permission.PETITION_ENTER)
    if not agencies:
        raise NotPermitted(what="ghi phản ánh, kiến nghị")
    return render(
        "petitions/enter.html",
        entered=entered,
        agencies=list(names_of(call.tx, agencies).items()),
        kinds=[(kind.value, _(name)) for kind, name in PETITION_KIND_NAMES.items()],
        sources=[(each.value, _(PETITION_SOURCE_NAMES[each])) for each in ENTERED],
        most=MOST_TEXT,
    )
