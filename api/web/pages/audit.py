"""Finding dossiers, and for auditors who looked at which of them lately."""

from flask import Blueprint, make_response
from werkzeug import Response

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.accesses import AccessListIn
from api.v1.schemas.dossiers import DossierListIn
from api.web.edge import reads
from api.web.entered import ask
from api.web.frame import render
from api.web.language import gettext as _
from api.web.paging import again
from engine.model.actor import Actor, Permission, granted, has
from engine.model.status import STATUS_NAMES
from engine.queries import accesses, agencies, dossiers, people, procedures

routes = Blueprint("audit", __name__, url_prefix="/kiem-tra")


@routes.get("")
@reads
def search(call: Call) -> Response:
    """Dossiers by what is known of them, the latest first."""
    entered = ask(DossierListIn)
    part, chosen = wanted(entered.data), dossiers.DossierFilter(**entered.data)
    found = dossiers.list_dossiers(call.tx, part, chosen, call.actor)
    names = agencies.names_of(call.tx, [item.competent_agency for item in found.items])
    page = render(
        "audit/search.html",
        **answer(found),
        **tabs(call.actor),
        entered=entered,
        narrowed=set(entered.values) - {"code", "limit", "cursor"},
        names=names,
        statuses=[(status.value, _(name)) for status, name in STATUS_NAMES.items()],
        agencies=agencies.names_of(call.tx, _reached(call.actor)).items(),
        areas=[(area, area) for area in procedures.areas(call.tx)],
        may_replay=has(call.actor, Permission.DOSSIER_REPLAY),
    )
    return make_response(page, 200 if entered.is_good else 422)


@routes.get("/luot-xem")
@reads
def readings(call: Call) -> str:
    """Who looked at which dossier lately."""
    entered = ask(AccessListIn)
    part, reader = wanted(entered.data), entered.data.get("user")
    found = accesses.latest_accesses(call.tx, part, reader, call.actor)
    name = people.names_of(call.tx, [reader]).get(reader) if reader and found.items else None
    return render("audit/readings.html", **answer(found), **tabs(call.actor), reader=name)


def tabs(actor: Actor) -> dict[str, object]:
    """What the tabs above these pages need."""
    return {
        "may_see_accesses": has(actor, Permission.ACCESS_READ),
        "may_see_anchors": has(actor, Permission.OFFICE_LOG_READ),
        "again": again,
    }


def _reached(actor: Actor) -> set[str]:
    """The agencies whose dossiers one may read."""
    grants = granted(actor, Permission.DOSSIER_READ)
    return {agency for grant, reach in grants for agency in grant.reached(reach)}
