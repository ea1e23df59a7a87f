"""Reading documents of a dossier: their pages as pictures."""

from flask import Blueprint, request

from api.edge import Call
from api.page_pictures import PagePicture
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.dossier.viewing import PART, Reader
from api.web.edge import looks_at
from api.web.frame import render
from engine.life.documents import document_in
from engine.model.reading import Looked
from engine.scans.viewing import Width

routes = Blueprint("reading", __name__, url_prefix="/ho-so/<code:code>/tai-lieu/<number:number>")


@routes.get("/xem")
@looks_at(Looked.DOCUMENT)
def read(call: Call, code: str, number: int) -> str:
    """A document, page by page."""
    scene = Scene.of(call, code)
    reader = Reader.of(scene, number).at(request.args)
    if PART in request.args:
        return render("documents/part.html", reader=reader)
    return render("documents/read.html", **head(scene), reader=reader)


@routes.get("/trang/<number:page>")
@looks_at(Looked.DOCUMENT)
def picture(call: Call, code: str, number: int, page: int) -> PagePicture:
    """One page as a picture."""
    document = document_in(Scene.of(call, code).dossier, number)
    asked = request.args.get("rong", "")
    width = Width(asked) if asked in list(Width) else Width.READABLE
    return PagePicture(document.file, page, width)
