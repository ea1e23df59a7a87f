"""Petitions without an account: sent, tracked, added to, rated, and answers that were published."""

from typing import Any

from api import petition_box
from api.documenting import Blueprint, View, document
from api.paging import answer, wanted
from api.services import services
from api.v1.schemas.petitions import (
    AnswerRatingIn,
    OwnPetitionOut,
    PetitionClaimIn,
    PetitionIn,
    PetitionSentOut,
    PetitionSupplyIn,
    PublishedListIn,
    PublishedPetitionPage,
)
from engine.commands.petition_box import RateAnswer, SupplyPetition
from engine.queries.petition_box import OwnPetition, published_petitions

routes = Blueprint(
    "petition_box",
    __name__,
    url_prefix="/petition-box",
    description="Gửi và tra cứu phản ánh, kiến nghị không cần tài khoản.",
)
_REFUSALS = (400, 404, 413, 415, 422, 429, 500, 503)


@routes.arguments(PetitionIn)
@routes.response(201, PetitionSentOut)
def send(body: dict[str, Any]) -> dict[str, Any]:
    """Send a petition.

    Không cần đăng nhập; mỗi địa chỉ gửi được có hạn trong một giờ (429).
    """
    found, key = petition_box.send(body["said"])
    return {"code": found.code, "key": key, "due_at": found.clock.due_at}


@routes.arguments(PetitionClaimIn)
@routes.response(200, OwnPetitionOut)
def track(body: dict[str, Any]) -> OwnPetition:
    """Show the petition of its sender.

    Sai mã phản ánh hay sai số thì câu trả lời như nhau; thử sai nhiều lần thì phải đợi (429).
    """
    return petition_box.track(body["claim"])


@routes.arguments(PetitionSupplyIn)
@routes.response(200, OwnPetitionOut)
def add(body: dict[str, Any]) -> OwnPetition:
    """Add what the office asked for.

    Bổ sung thông tin mà cơ quan yêu cầu.
    """
    petition_box.add(SupplyPetition(**body))
    return petition_box.track(body["claim"])


@routes.arguments(AnswerRatingIn)
@routes.response(200, OwnPetitionOut)
def rate(body: dict[str, Any]) -> OwnPetition:
    """Rate the answer; for a day it may be put right.

    Người gửi đánh giá câu trả lời; sửa được trong một ngày.
    """
    petition_box.rate(RateAnswer(**body))
    return petition_box.track(body["claim"])


@routes.arguments(PublishedListIn, location="query")
@routes.response(200, PublishedPetitionPage)
def published(query: dict[str, Any]) -> dict[str, Any]:
    """List answers that were published, the latest first.

    Các phản ánh, trả lời đã công khai, mới trước.
    """
    part = wanted(query)
    with services().database.reading() as tx:
        return answer(published_petitions(tx, part, **query))


def _publish(path: str, view: View, *refusals: int) -> None:
    document(view, (*_REFUSALS, *refusals), public=True)
    routes.post(path)(view)


_publish("", send)
_publish("/tracking", track)
_publish("/supplement", add, 409)
_publish("/rating", rate, 409)
document(published, (422, 500, 503), public=True)
routes.get("")(published)
