"""For the counter: what a dossier owes as VietQR codes, to show or print; what became of attempts
to pay online; money that goes back online."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.refunding import refund_by_gateway
from api.services import services
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.edge import acts_apart, looks_at
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands.acting import Target
from engine.commands.gateway_refunds import RefundByGateway
from engine.errors import EngineError
from engine.model.actor import Permission, may
from engine.model.dossier import Dossier
from engine.model.gateway import RefundState
from engine.model.payment import Means, Payment, Refund
from engine.model.reading import Looked
from engine.printing.codes import qr
from engine.queries.paying import attempts, payables

routes = Blueprint("transfers", __name__)


@routes.get("/ho-so/<code:code>/phi/chuyen-khoan")
@looks_at(Looked.DOSSIER)
def show(call: Call, code: str) -> str:
    """Every code, every attempt, every refund that can go back online."""
    scene = Scene.of(call, code)
    dossier, used = scene.dossier, bool(services().settings.vnpay_url)
    refunds = list(_refunds(dossier)) if may(call.actor, Permission.PAYMENT_TAKE, dossier) else []
    return render(
        "dossier/transfers.html",
        **head(scene),
        payables=payables(call.tx, dossier, call.now),
        attempts=[a for n in dossier.obligations for a in attempts(call.tx, dossier, n)],
        refunds=refunds if used else [],
        qr=qr,
    )


@routes.post("/ho-so/<code:code>/phi/hoan-truc-tuyen/<number:payment>/<number:refund>")
@acts_apart
def send_back(call: Call, code: str, payment: int, refund: int) -> AnyResponse:
    """Send a decided refund back the way the money came."""
    try:
        answer = refund_by_gateway(call, RefundByGateway(Target(code), payment, refund))
    except EngineError as refused:
        flash(refused.message, "error")
    else:
        done = answer.state is RefundState.DONE
        flash(" ".join(filter(None, (_(answer.state_name) + ".", answer.said))), _tone(done))
    return redirect(url_for("transfers.show", code=code), 303)


def _tone(done: bool) -> str:
    return "ok" if done else "error"


def _refunds(dossier: Dossier) -> list[tuple[Payment, int, Refund]]:
    """Decided refunds of money that came through the gateway, with their numbers."""
    return [
        (payment, number, refund)
        for obligation in dossier.obligations.values()
        for payment in obligation.payments
        if payment.means is Means.VNPAY and not payment.reversed_at
        for number, refund in enumerate(payment.refunds, start=1)
        if not refund.made_at
    ]
