"""The signatures of a document, examined for whoever may read the dossier."""

from flask import Blueprint

from api.edge import Call
from api.services import services
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.edge import looks_at
from api.web.frame import render
from engine.model.reading import Looked
from engine.queries import signatures

routes = Blueprint("signatures", __name__, url_prefix="/ho-so/<code:code>/tai-lieu")


@routes.get("/<number:document>/chu-ky")
@looks_at(Looked.DOCUMENT)
def show(call: Call, code: str, document: int) -> str:
    """Each signature with what is to be thought of it."""
    found = signatures.document_of(call.tx, code, document, call.actor)
    here = services()
    return render(
        "dossier/signatures.html",
        **head(Scene.of(call, code)),
        document=found,
        report=signatures.report(found, here.files, here.settings, call.now),
    )
