"""A dossier's progress and its rating, for citizens without an account: kiosks, the portal."""

from typing import Any

from flask import Response

from api import tracking
from api.documenting import Blueprint, View, document
from api.sending import FILE
from api.v1.schemas.tracking import ProgressOut, RatingIn, RatingOut, ResultIn, TrackingIn
from engine.commands.rating import RateDossier
from engine.queries.progress import Progress
from engine.store.ratings import Rating
from engine.store.tracking import Claim

routes = Blueprint(
    "tracking", __name__, url_prefix="/tracking", description="Tra cứu không cần tài khoản."
)
_REFUSALS = (400, 404, 413, 415, 422, 429, 500, 503)


@routes.arguments(TrackingIn)
@routes.response(200, ProgressOut)
def show_progress(body: dict[str, Any]) -> Progress:
    """Show a dossier's progress.

    Không cần đăng nhập. Sai mã hồ sơ hay sai số thì câu trả lời như nhau; thử sai nhiều lần thì
    phải đợi (429), riêng mã trên giấy hẹn lúc nào cũng dùng được.
    """
    return tracking.track(body["claim"])


@routes.arguments(ResultIn)
@routes.doc(responses=FILE)
def fetch_result(body: dict[str, Any]) -> Response:
    """Fetch the sealed result that was delivered electronically.

    Cần số đã khai, không dùng mã trên giấy hẹn; thử sai nhiều lần thì phải đợi (429).
    """
    return tracking.result(Claim(**body)).made()


@routes.arguments(RatingIn)
@routes.response(200, RatingOut)
def rate_service(body: dict[str, Any]) -> Rating:
    """Rate a delivered dossier.

    Mỗi hồ sơ một đánh giá, sửa được trong một ngày kể từ lúc gửi lần đầu.
    """
    return tracking.rate(RateDossier(**body))


def _publish(path: str, view: View, *refusals: int) -> None:
    document(view, (*_REFUSALS, *refusals), public=True)
    routes.post(path)(view)


_publish("", show_progress)
_publish("/result", fetch_result, 409)
_publish("/rating", rate_service, 409)
