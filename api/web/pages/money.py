"""Money: acts on that of a dossier, and the cashier's day, refunds and debts of an agency."""

from datetime import date
from typing import Any

from flask import Blueprint, request
from werkzeug.exceptions import NotFound

from api.converters import PLACE
from api.edge import Call
from api.receipts import ReceiptFile
from api.sending import Later
from api.web.days import iso_day
from api.web.dossier.act_pages import ask_for, carry_out
from api.web.dossier.acting import ActForm
from api.web.dossier.money_acts import money_act
from api.web.dossier.scene import Scene
from api.web.edge import acts, looks_at, reads
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.admin.scope import scope_of
from engine.deadlines.calendar import local
from engine.model.actor import Permission
from engine.model.payment import MEANS_NAMES
from engine.model.reading import Looked
from engine.queries import money
from engine.queries.dossiers import find
from engine.queries.paging import Slice
from engine.queries.receipts import receipt_of

routes = Blueprint("money", __name__)
_DOSSIER = "/ho-so/<code:code>/phi"
_FORMS = (
    f"{_DOSSIER}/<act>",
    f"{_DOSSIER}/<act>/<{PLACE}:first>",
    f"{_DOSSIER}/<act>/<{PLACE}:first>/<{PLACE}:second>",
)
ROWS = 200


@routes.get(f"{_DOSSIER}/bien-lai/<{PLACE}:payment>")
@looks_at(Looked.DOSSIER)
def receipt(call: Call, code: str, payment: int) -> Later:
    """The receipt for cash."""
    return ReceiptFile(receipt_of(call.tx, find(call.tx, code, call.actor), payment, call.actor))


@routes.get(_FORMS[0])
@routes.get(_FORMS[1])
@routes.get(_FORMS[2])
@looks_at(Looked.DOSSIER)
def ask(
    call: Call, code: str, act: str, first: int | None = None, second: int | None = None
) -> str:
    """The form of an act on a dossier's money."""
    return ask_for(Scene.of(call, code), _known(act, first, second))


@routes.post(_FORMS[0])
@routes.post(_FORMS[1])
@routes.post(_FORMS[2])
@acts
def do(call: Call, code: str, act: str, first: int | None = None, second: int | None = None) -> Any:
    """Do it."""
    return carry_out(Scene.of(call, code), _known(act, first, second))


@routes.get("/thu-tien")
@reads
def day(call: Call) -> str:
    """What came in on a day, by means; what is to go back; what is owed."""
    scope = scope_of(call, Permission.MONEY_READ)
    wanted = money.Day(scope.chosen, _day(call), call.actor.id if request.args.get("toi") else None)
    part = Slice(ROWS)
    return render(
        "money/day.html",
        scope=scope,
        day=wanted,
        lines=money.day_lines(call.tx, wanted, part, call.actor),
        sums=money.day_sums(call.tx, wanted, call.actor),
        means={each: _(name) for each, name in MEANS_NAMES.items()},
        due=money.to_refund(call.tx, scope.chosen, part, call.actor),
        decided=money.refunds_decided(call.tx, scope.chosen, part, call.actor),
        owed=money.owed(call.tx, scope.chosen, part, call.actor),
    )


def _day(call: Call) -> date:
    asked = iso_day(request.args.get("ngay", "").strip())
    return date.fromisoformat(asked) if asked else local(call.now).date()


def _known(act: str, first: int | None, second: int | None) -> ActForm:
    form = money_act(act, first, second)
    if form is None:
        raise NotFound
    return form
