"""Many results that are being signed: how far it is, and going on where it stopped."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug import Response as AnyResponse

from api.background import in_background
from api.edge import Call
from api.services import services
from api.web.dossier.issuing import means
from api.web.edge import acts_apart, reads
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands.bulk import Bulk, BulkTask
from engine.commands.signing import Secret
from engine.commands.signing_batches import BeginBatch, begin_batch, run_batch, take_up
from engine.errors import EngineError
from engine.model.actor import Actor
from engine.model.certificate import KeptCertificate, Provider
from engine.queries.signing_batches import report
from engine.store import certificates

routes = Blueprint("signing_batch", __name__, url_prefix="/viec/ky-hang-loat")


@routes.get("/<number:number>")
@reads
def show(call: Call, number: int) -> Any:
    """Each result with what became of it."""
    try:
        found = report(call.tx, number, call.actor, call.now)
    except EngineError as unknown:
        flash(unknown.message, "error")
        return redirect(url_for("inbox.index"), 303)
    return render("inbox/signing.html", found=found, certificates=reachable(call.tx, call.actor))


@routes.get("/<number:number>/tinh-trang")
@reads
def state(call: Call, number: int) -> str:
    """The same without its frame, for the script that waits for news."""
    found = report(call.tx, number, call.actor, call.now)
    return render("inbox/signing_lines.html", found=found)


@routes.post("/<number:number>")
@acts_apart
def go_on(call: Call, number: int) -> AnyResponse:
    """Sign what is left, with the secret typed once more."""
    try:
        _start(call, number, means().secret)
    except EngineError as refused:
        flash(refused.message, "error")
    return redirect(url_for(".show", number=number), 303)


def sign_apart(call: Call, bulk: Bulk, tasks: Sequence[BulkTask]) -> AnyResponse:
    """Begin to sign the papers of tasks, and lead to where one sees how far it is."""
    by = means()
    with services().database.transaction() as tx:
        order = BeginBatch(bulk, tasks, by.certificate, request.form.get("once", "")[:64])
        number = begin_batch(tx, order, call.actor, call.now)
    try:
        _start(call, number, by.secret)
    except EngineError:
        flash(_("Lần ký này đã được gửi rồi; đây là tình trạng của nó."), "ok")
    return redirect(url_for("signing_batch.show", number=number), 303)


def _start(call: Call, number: int, secret: Secret) -> None:
    house = services().house
    with house.database.transaction() as tx:
        take_up(tx, number, call.actor, house.clock())
    in_background(partial(run_batch, house, number, secret, call.actor))


def reachable(tx: Any, actor: Actor) -> list[KeptCertificate]:
    """Certificates of a person whose keys the server reaches."""
    own = certificates.of_person(tx, actor.id)
    return [each for each in own if each.provider is not Provider.OUTSIDE]
