"""Petitions, for those who deal with them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from api.documenting import Blueprint, View
from api.edge import Call, asked_revision, etag, reads, writes
from api.paging import answer, wanted
from api.readings import record_petition
from api.v1.schemas.petitions import (
    ConcernedIn,
    EnteredPetitionIn,
    HandlerIn,
    PetitionForwardIn,
    PetitionItemPage,
    PetitionListIn,
    PetitionPublicIn,
    PetitionSaidIn,
    PetitionStandingOut,
    PetitionViewOut,
)
from engine.commands import petitions as commands
from engine.commands.petition_box import EnterPetition, enter_petition
from engine.commands.petitions import Concerned, Forwarding, OnPetition, Public
from engine.model.actor import Actor
from engine.model.petition import Petition
from engine.queries.petition_view import PetitionView, petition_view
from engine.queries.petitions import PetitionFilter, list_petitions

routes = Blueprint(
    "petitions", __name__, url_prefix="/petitions", description="Phản ánh, kiến nghị."
)
_ONE = "/<code:code>"
_REFUSALS = (403, 404, 409, 412)
_Act = Callable[[Connection, OnPetition, Actor, Any], Petition]


@routes.get("")
@reads(403, 422)
@routes.arguments(PetitionListIn, location="query")
@routes.response(200, PetitionItemPage)
def list_all(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List petitions.

    Những phản ánh còn phải xử lý xếp theo hạn gần nhất, còn lại mới nhất trước.
    """
    part = wanted(query)
    chosen = PetitionFilter(**query)
    return answer(list_petitions(call.tx, part, chosen, call.actor, call.now))


@routes.post("")
@writes(403, 409)
@routes.arguments(EnteredPetitionIn)
@routes.response(201, PetitionStandingOut)
def enter(call: Call, body: dict[str, Any]) -> Petition:
    """Take down a petition.

    Ghi phản ánh qua đường dây nóng, hoặc chuyển vào từ cổng tiếp nhận quốc gia.
    """
    return enter_petition(call.tx, EnterPetition(**body), call.actor, call.now)


@routes.get(_ONE)
@reads(404)
@routes.response(200, PetitionViewOut)
def show(call: Call, code: str) -> tuple[PetitionView, dict[str, str]]:
    """Show a petition with all that happened.

    Ai xem được ghi lại.
    """
    found = petition_view(call.tx, code, call.actor, call.now)
    record_petition(call, found.id)
    return found, etag(found.revision)


@routes.post(f"{_ONE}/handler")
@writes(*_REFUSALS, revised=True)
@routes.arguments(HandlerIn)
@routes.response(200, PetitionStandingOut)
def accept(call: Call, body: dict[str, Any], code: str) -> Petition:
    """Take a petition up, or give it to someone.

    Nhận xử lý phản ánh, hoặc giao cho người khác.
    """
    command = OnPetition(code, asked_revision())
    return commands.accept(call.tx, command, body["handler"], call.actor, call.now)


@routes.post(f"{_ONE}/concerned")
@writes(*_REFUSALS, revised=True)
@routes.arguments(ConcernedIn)
@routes.response(200, PetitionStandingOut)
def link(call: Call, body: dict[str, Any], code: str) -> Petition:
    """Note which dossier and which official it is about.

    Ghi phản ánh nói về hồ sơ nào, cán bộ nào.
    """
    command = OnPetition(code, asked_revision())
    return commands.link(call.tx, command, Concerned(**body), call.actor, call.now)


@routes.post(f"{_ONE}/forwarding")
@writes(*_REFUSALS, revised=True)
@routes.arguments(PetitionForwardIn)
@routes.response(200, PetitionStandingOut)
def forward(call: Call, body: dict[str, Any], code: str) -> Petition:
    """Let the agency that is competent deal with it.

    Chuyển phản ánh đến cơ quan có thẩm quyền.
    """
    command = OnPetition(code, asked_revision(), body.pop("text"))
    return commands.forward(call.tx, command, Forwarding(**body), call.actor, call.now)


@routes.post(f"{_ONE}/publication")
@writes(*_REFUSALS, revised=True)
@routes.arguments(PetitionPublicIn)
@routes.response(200, PetitionStandingOut)
def publish(call: Call, body: dict[str, Any], code: str) -> Petition:
    """Put matter and answer on the public list.

    Công khai nội dung phản ánh và trả lời.
    """
    command = OnPetition(code, asked_revision())
    return commands.publish(call.tx, command, Public(**body), call.actor, call.now)


def _saying(act: _Act, name: str, summary: str, description: str) -> View:
    """A view of an act that needs nothing but words."""

    def view(call: Call, body: dict[str, Any], code: str) -> Petition:
        command = OnPetition(code, asked_revision(), body["text"])
        return act(call.tx, command, call.actor, call.now)

    view.__name__, view.__doc__ = name, f"{summary}\n\n{description}"
    answered = routes.response(200, PetitionStandingOut)(view)
    made: View = writes(*_REFUSALS, revised=True)(routes.arguments(PetitionSaidIn)(answered))
    return made


for _path, _act, *_said in (
    (
        "refusal",
        commands.refuse,
        "Do not deal with it; the sender is told why.",
        "Từ chối xử lý; người gửi được báo lý do.",
    ),
    (
        "supplement-request",
        commands.ask_for_more,
        "Ask the sender for more.",
        "Yêu cầu người gửi bổ sung thông tin.",
    ),
    ("answer", commands.answer, "Answer the sender.", "Trả lời người gửi."),
    (
        "withholding",
        commands.withhold,
        "Decide not to publish the answer.",
        "Quyết định không công khai câu trả lời.",
    ),
):
    routes.post(f"{_ONE}/{_path}")(_saying(_act, _path.replace("-", "_"), *_said))
