"""Many documents signed in one act."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, writes_apart
from api.services import services
from api.v1.schemas.signatures import SignaturesIn, SigningOutcomesOut
from engine.commands.signatures import Wanted
from engine.commands.signing import Outcome, Secret, sign_documents

routes = Blueprint("signing", __name__, url_prefix="/signatures", description="Ký nhiều văn bản.")


@routes.post("")
@writes_apart()
@routes.arguments(SignaturesIn)
@routes.response(200, SigningOutcomesOut)
def sign_many(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Sign many documents with one entry of the secret.

    Mỗi văn bản được ký và ghi nhận riêng: văn bản bị từ chối được nêu lý do và không ảnh hưởng các
    văn bản khác.
    """
    wanted = [
        Wanted(
            each["dossier"],
            each["document"],
            body["capacity"],
            each["place"],
            body["certificate"],
        )
        for each in body["documents"]
    ]
    secret = Secret(body["passphrase"], body["code"])
    outcomes = sign_documents(services().house, list(dict.fromkeys(wanted)), secret, call.actor)
    return {"items": [_said(each) for each in outcomes]}


def _said(outcome: Outcome) -> dict[str, Any]:
    refused = outcome.refused
    return {
        "dossier": outcome.wanted.code,
        "document": outcome.wanted.document,
        "done": refused is None,
        "problem": refused and refused.code,
        "detail": refused and refused.message,
    }
