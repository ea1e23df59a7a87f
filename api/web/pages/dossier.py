"""A dossier: its tasks, papers, money, time and history, and what may be done to it."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.exceptions import NotFound

from api.edge import Call
from api.web.dossier import sheet
from api.web.dossier.act_pages import ask_for, carry_out
from api.web.dossier.digitising import may_digitise
from api.web.dossier.dossier_acts import BY_PATH, DOSSIER_ACTS
from api.web.dossier.head import drawn, head, shares
from api.web.dossier.scene import Scene
from api.web.dossier.story import told
from api.web.edge import acts, looks_at
from api.web.frame import render
from api.web.language import gettext as _
from engine.model.actor import Permission, may
from engine.model.petition import PETITION_KIND_NAMES, PETITION_STATE_NAMES
from engine.model.reading import Looked
from engine.queries import drawing, due, pauses
from engine.queries.components import checklist
from engine.queries.letters import letters_of
from engine.queries.petitions import of_dossier
from engine.queries.portal import sync_of
from engine.queries.possible import DossierAct

routes = Blueprint("dossier", __name__, url_prefix="/ho-so/<code:code>")


@routes.get("")
@looks_at(Looked.DOSSIER)
def show(call: Call, code: str) -> str:
    """Where it stands: open tasks, what is waited for, the diagram."""
    scene = Scene.of(call, code)
    shown = {"drawn": drawn(scene), "shares": shares(scene)}
    return render(
        "dossier/work.html",
        **head(scene),
        **shown,
        sync=sync_of(call.tx, code, call.actor),
        petitions=of_dossier(call.tx, code, call.actor, call.now),
        petition_states=PETITION_STATE_NAMES,
        petition_kinds=PETITION_KIND_NAMES,
    )


@routes.get("/giay-to")
@looks_at(Looked.DOSSIER)
def papers(call: Call, code: str) -> str:
    """The declaration and the papers handed in."""
    scene = Scene.of(call, code)
    shown = {
        "rows": checklist(call.tx, scene.found),
        "may_digitise": may_digitise(scene),
        "letters": letters_of(call.tx, scene.found),
        "sees_slip": may(call.actor, Permission.EVENT_READ, scene.dossier),
    }
    return render("dossier/papers.html", **head(scene), **shown)


@routes.get("/phi")
@looks_at(Looked.DOSSIER)
def money(call: Call, code: str) -> str:
    """What is to be paid, and what was."""
    scene = Scene.of(call, code)
    paid = list(sheet.collected(scene))
    return render("dossier/money.html", **head(scene), sheet=sheet.Sheet(scene), collected=paid)


@routes.get("/thoi-han")
@looks_at(Looked.TIME)
def time(call: Call, code: str) -> str:
    """Why it is due when it is: day by day, with pauses, extensions and alerts."""
    scene = Scene.of(call, code)
    rested = pauses.list_pauses(call.tx, scene.found, call.actor, call.now)
    explained = due.explain(scene.found, rested, call.now)
    return render("dossier/time.html", **head(scene), due=explained, rested=rested)


@routes.get("/lich-su")
@looks_at(Looked.HISTORY)
def history(call: Call, code: str) -> str:
    """Everything that was done, the latest first."""
    scene = Scene.of(call, code)
    replay = may(call.actor, Permission.DOSSIER_REPLAY, scene.dossier)
    return render("dossier/history.html", **head(scene), story=told(scene), may_replay=replay)


@routes.get("/so-do/<code:name>")
@looks_at(Looked.DOSSIER)
def diagram(call: Call, code: str, name: str) -> Response:
    """The XML of one of its diagrams, for the script that draws it."""
    source = drawing.source(Scene.of(call, code).found.procedure, name)
    if source is None:
        raise NotFound
    return Response(source, content_type="application/xml; charset=utf-8")


@routes.get("/<act>")
@looks_at(Looked.DOSSIER)
def ask(call: Call, code: str, act: str) -> Any:
    """The form of an act, with what will happen."""
    scene, wanted = Scene.of(call, code), _known(act)
    if wanted not in scene.view.may:
        flash(_("Hiện không làm được việc này với hồ sơ. Đây là tình trạng mới nhất."), "error")
        return redirect(url_for("dossier.show", code=code), 303)
    return ask_for(scene, DOSSIER_ACTS[wanted])


@routes.post("/<act>")
@acts
def do(call: Call, code: str, act: str) -> Any:
    """Do it."""
    return carry_out(Scene.of(call, code), DOSSIER_ACTS[_known(act)])


def _known(path: str) -> DossierAct:
    if path not in BY_PATH:
        raise NotFound
    return BY_PATH[path]
