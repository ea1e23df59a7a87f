"""For citizens: where their dossier stands, and how they were served. Nobody signs in here."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, make_response, request
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import TooManyRequests

from api import tracking
from api.fields import In, Text, Whole
from api.headers import policy
from api.services import services
from api.web.edge import public
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands.rating import MOST_COMMENT, MOST_STARS, RateDossier
from engine.errors import EngineError
from engine.errors.tracking import NothingTracked
from engine.model.slip_link import slip_key
from engine.model.status import Status
from engine.printing.codes import qr
from engine.queries.progress import Progress
from engine.store.tracking import Claim

routes = Blueprint("tracking", __name__)
LONGEST_CODE = 64
_ADVERSE = (Status.REFUSED_INTAKE, Status.REFUSED, Status.DISCONTINUED)
_GOOD = (Status.PROCESSED, Status.DELIVERED)


class SearchIn(In):
    """What is on the slip, and a number that was declared."""

    code = Text(LONGEST_CODE, 1, required=True)
    factor = Text(40, 1, required=True)


class OpinionIn(In):
    """Stars and a comment; `code` and `key` stood in the form of the page before."""

    code = Text(64, 1, required=True)
    key = Text(64, 1, required=True)
    stars = Whole(1, MOST_STARS, required=True)
    comment = Text(MOST_COMMENT)


@routes.get("/tra-cuu")
@public
def show() -> str:
    """The form; messages lead here with the code of their dossier, and nothing more."""
    return _form(nothing_yet(code=request.args.get("ma", "")[:LONGEST_CODE]))


@routes.post("/tra-cuu")
@public
def search() -> AnyResponse:
    """The progress, by code and number; the number is never part of an address."""
    entered, status = read(SearchIn), 422
    if entered.is_good:
        try:
            return _answer(tracking.track(Claim(**entered.data)))
        except NothingTracked as refused:
            entered.errors["_"] = [_(refused.message)]
        except TooManyRequests as refused:
            status = 429
            entered.errors["_"] = [_wait(refused)]
    return make_response(_form(entered), status)


@routes.get("/tra-cuu/<code:code>")
@public
def open_slip(code: str) -> AnyResponse:
    """Where the QR code of a slip leads to."""
    try:
        return _answer(tracking.track(Claim(code, key=request.args.get("k", ""))))
    except NothingTracked:
        return broken_link(code)


@routes.post("/tra-cuu/ket-qua")
@public
def fetch() -> AnyResponse:
    """The sealed result as a file, for whoever gives the number that was declared."""
    entered, status = read(SearchIn), 422
    if entered.is_good:
        try:
            return tracking.result(Claim(**entered.data)).made()
        except TooManyRequests as refused:
            status = 429
            entered.errors["_"] = [_wait(refused)]
        except EngineError as refused:
            status = 404
            entered.errors["_"] = [_(refused.message)]
    return make_response(_form(entered), status)


@routes.post("/tra-cuu/danh-gia")
@public
def rate() -> AnyResponse:
    """How one was served."""
    entered, status = read(OpinionIn), 422
    claim = Claim(request.form.get("code", ""), key=request.form.get("key", ""))
    if entered.is_good:
        said = RateDossier(claim, entered.data["stars"], entered.data.get("comment"))
        status = _keep(entered, said)
    try:
        return _answer(tracking.track(claim), entered, status)
    except NothingTracked:
        return broken_link()


def broken_link(code: str = "") -> AnyResponse:
    """The form, for whoever came with a link that opens nothing."""
    wrong = Entered({"code": code} if code else {}, errors={"_": [_broken_link()]})
    return make_response(_form(wrong), 404)


def show_progress(claim: Claim, trouble: str) -> AnyResponse:
    """The progress, and why something could not be done."""
    return _answer(tracking.track(claim), status=409, trouble=trouble)


def _keep(entered: Entered, command: RateDossier) -> int:
    """Keep a rating, or note what speaks against it; gives the status of the answer."""
    try:
        tracking.rate(command)
    except NothingTracked:
        return 404
    except EngineError as refused:
        entered.errors["_"] = [_(refused.message)]
        return 409
    return 200


def _form(entered: Entered) -> str:
    return render("tracking/search.html", entered=entered)


def _answer(
    told: Progress, opinion: Entered | None = None, status: int = 200, trouble: str | None = None
) -> AnyResponse:
    house = services()
    gateway = house.settings.vnpay_url
    page = render(
        "tracking/progress.html",
        told=told,
        tone=_tone(told),
        now=house.clock(),
        key=slip_key(house.settings.secret_key, told.code),
        opinion=opinion or _said_before(told),
        thanked=opinion is not None and status == 200,
        most=MOST_COMMENT,
        online=bool(gateway),
        trouble=trouble,
        qr=qr,
        postal_page=_postal_page(told),
    )
    answer = make_response(page, status)
    if gateway:
        answer.headers["Content-Security-Policy"] = policy(form_to=gateway)
    return answer


def _postal_page(told: Progress) -> str | None:
    """Where the post tells where a consignment is."""
    page = services().settings.postal_page
    return page.replace("{number}", quote(told.consignment, safe="")) if told.consignment else None


def _said_before(told: Progress) -> Entered:
    """The rating of before, to be said again."""
    if told.rating is None:
        return nothing_yet()
    return nothing_yet(stars=str(told.rating.stars), comment=told.rating.comment or "")


def _tone(told: Progress) -> str:
    """How the state looks, beside its words."""
    if told.status in _ADVERSE or (told.overdue and not told.ended):
        return "late"
    if told.status in _GOOD:
        return "ok"
    if told.asks:
        return "near"
    return "paused" if told.pauses else "info"


def _wait(refused: TooManyRequests) -> str:
    minutes = max(1, round(_seconds(refused) / 60))
    return _(
        "Đã thử quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại, hoặc quét mã QR trên giấy hẹn."
    ).format(minutes=minutes)


def _seconds(refused: TooManyRequests) -> float:
    after: Any = refused.retry_after
    return float(after) if isinstance(after, int) else 60.0


def _broken_link() -> str:
    return _(
        "Liên kết không đúng hoặc đã cũ. Hãy quét lại mã QR trên giấy hẹn, hoặc nhập mã hồ sơ và số"
        " đã khai."
    )
