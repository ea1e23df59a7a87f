"""For citizens: to VNPAY's page and back. Nobody signs in here.

The way back says what is known, and nothing that the browser brings settles anything.
"""

from datetime import timedelta
from typing import Literal

from flask import Blueprint, make_response, redirect, request
from werkzeug import Response as AnyResponse

from api.fields import In, Text, Whole
from api.limits import limits
from api.notices import brought_back
from api.services import services
from api.web.edge import public
from api.web.entered import read
from api.web.frame import render
from api.web.language import language
from api.web.pages.tracking import broken_link, show_progress
from engine.commands.paying_online import PayOnline, pay_online
from engine.errors import EngineError
from engine.errors.gateways import GatewayAnswerUnreadable, GatewayNotUsed, SignatureForged
from engine.errors.tracking import NothingTracked
from engine.gateways.vnpay.merchant import RETURN_PATH, Merchant
from engine.model.gateway import OrderState
from engine.model.slip_link import slip_path
from engine.queries.paying import AttemptThen, attempt_of
from engine.store import payment_orders, tracking
from engine.store.tracking import Claim

routes = Blueprint("paying", __name__)
PAY_PATH = "/tra-cuu/thanh-toan"
LOOK_AGAIN = 4
"""Seconds after which a page that waits for the gateway looks again."""

_ASKED_AFTER = timedelta(seconds=2)
_KNOWN_FOR = timedelta(days=1)
"""So long after an attempt began, whoever comes back from it is shown the way to the dossier."""


class PayIn(In):
    """Which obligation; `code` and `key` stood in the form."""

    code = Text(64, 1, required=True)
    key = Text(64, 1, required=True)
    obligation = Whole(1, 63, required=True)


@routes.post(PAY_PATH)
@public
def pay() -> AnyResponse:
    """To VNPAY's page, with an attempt of one's own."""
    entered = read(PayIn)
    claim = Claim(request.form.get("code", ""), key=request.form.get("key", ""))
    if not entered.is_good:
        return broken_link()
    limits().hit("pay_online", claim.plain_code)
    try:
        return redirect(_gateway_page(claim, entered.data["obligation"]), 303)
    except NothingTracked:
        return broken_link()
    except EngineError as refused:
        return show_progress(claim, refused.message)


def _gateway_page(claim: Claim, obligation: int) -> str:
    house = services()
    merchant = Merchant.of(house.settings)
    if merchant is None:
        raise GatewayNotUsed()
    locale: Literal["vn", "en"] = "en" if language() == "en" else "vn"
    command = PayOnline(claim.plain_code, obligation, request.remote_addr or "127.0.0.1", locale)
    with house.database.transaction() as tx:
        tracking.admit(tx, claim, house.settings.secret_key)
        return pay_online(tx, command, merchant, house.clock())


@routes.get(RETURN_PATH)
@public
def come_back() -> AnyResponse:
    """What is known of the attempt that one comes back from; looks again until something is."""
    try:
        reference = brought_back().reference
    except (SignatureForged, GatewayAnswerUnreadable):
        return make_response(render("tracking/paid.html", then=None, slip=None, again=None), 400)
    house, now = services(), services().clock()
    with house.database.transaction() as tx:
        payment_orders.hasten(tx, reference, now + _ASKED_AFTER)
        then = attempt_of(tx, reference)
    waits = then is not None and then.attempt.state is OrderState.OPEN
    page = render(
        "tracking/paid.html", then=then, slip=_slip(then), again=LOOK_AGAIN if waits else None
    )
    return make_response(page, 200 if then else 404)


def _slip(then: AttemptThen | None) -> str | None:
    house = services()
    if then is None or house.clock() - then.attempt.created_at > _KNOWN_FOR:
        return None
    return slip_path(house.settings.secret_key, then.code)
