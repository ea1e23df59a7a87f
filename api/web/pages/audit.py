"""Finding dossiers, and for auditors who looked at which of them lately."""

from flask import Blueprint, make_response
from werkzeug import Response

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.accesses import AccessListIn
from api.v1.schemas.dossiers import DossierListIn
from api.web.edge import reads
from api.web.entered import Entered, ask
from api.web.frame import render
from api.web.language import gettext as _
from api.web.naming import PersonIn, named
from api.web.paging import again
from engine.errors import DossierUnknown
from engine.model.actor import Actor, Permission, granted, has
from engine.model.status import STATUS_NAMES
from engine.queries import accesses, agencies, dossiers, procedures
from engine.queries.accesses import AccessFilter, AccessItem
from engine.queries.paging import Page, Slice
from engine.queries.people import Account

routes = Blueprint("audit", __name__, url_prefix="/kiem-tra")


class ReadingsIn(AccessListIn, PersonIn):
    """Which readings, as they are asked for on the page."""


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
def readings(call: Call) -> Response:
    """Who looked at which dossier lately, or in a period; by whom, of which."""
    entered = ask(ReadingsIn)
    whom = named(call.tx, entered, accesses.overseen_agencies(call.actor))
    part, found = wanted(entered.data), Page[AccessItem]([], None)
    if entered.is_good and not whom.choices:
        found = _found(call, part, entered, whom.account)
    page = render(
        "audit/readings.html",
        **answer(found),
        **tabs(call.actor),
        entered=entered,
        named=whom,
        reader=found.items[0].user_name if found.items and "user" in entered.data else None,
    )
    return make_response(page, 200 if entered.is_good else 422)


def _found(call: Call, part: Slice, entered: Entered, reader: Account | None) -> Page[AccessItem]:
    """The readings asked for; that there is no such dossier is noted beside its field."""
    asked = {name: value for name, value in entered.data.items() if name != "person"}
    if reader is not None:
        asked["user"] = reader.id
    try:
        return accesses.latest_accesses(call.tx, part, call.actor, AccessFilter(**asked))
    except DossierUnknown as unknown:
        entered.errors["dossier"] = [unknown.message]
    return Page([], None)


def tabs(actor: Actor) -> dict[str, object]:
    """What the tabs above these pages need."""
    return {
        "may_see_accesses": has(actor, Permission.ACCESS_READ),
        "may_see_anchors": has(actor, Permission.OFFICE_LOG_READ),
        "may_see_then": has(actor, Permission.DOSSIER_SUPERVISE)
        or has(actor, Permission.DOSSIER_REPLAY),
        "then_start": "then.board"
        if has(actor, Permission.DOSSIER_SUPERVISE)
        else "then.choose_dossier",
        "again": again,
    }


def _reached(actor: Actor) -> set[str]:
    """The agencies whose dossiers one may read."""
    grants = granted(actor, Permission.DOSSIER_READ)
    return {agency for grant, reach in grants for agency in grant.reached(reach)}
