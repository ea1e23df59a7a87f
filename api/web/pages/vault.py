"""What is kept for the owner of a dossier: seen, opened, taken over instead of asking for paper."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, url_for

from api.edge import Call
from api.paging import PageIn, answer, wanted
from api.sending import Sent
from api.services import services
from api.v1.schemas.vault import TakeIn
from api.vault import opened
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.edge import acts_apart, looks_at
from api.web.entered import ask, read
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands.acting import Target
from engine.commands.vault import TakeOver, take_over
from engine.errors import EngineError
from engine.errors.vault import VaultItemUnclear
from engine.model.reading import Looked
from engine.model.searching import fold
from engine.model.vault import Validity, VaultPaper, owner_key
from engine.queries.vault import papers_for

routes = Blueprint("vault", __name__, url_prefix="/ho-so/<code:code>/kho")

TONES = {
    Validity.VALID: ("ok", "check"),
    Validity.EXPIRED: ("late", "clock"),
    Validity.SUPERSEDED: ("late", "refresh-cw"),
    Validity.WITHDRAWN: ("late", "circle-alert"),
}


@routes.get("")
@looks_at(Looked.VAULT)
def show(call: Call, code: str) -> str:
    """Papers of the owner that fit the dossier."""
    return _page(call, code, ask(PageIn).data)


def _page(call: Call, code: str, asked: dict[str, Any], unclear: int | None = None) -> str:
    """`unclear` is the paper that may be taken only once somebody confirmed it."""
    scene = Scene.of(call, code)
    listed = answer(papers_for(call.tx, wanted(asked), code, call.actor, call.now))
    owner = scene.said.get("owner") or {}
    names = {each.code: each.name for each in scene.found.procedure.facts.components}
    return render(
        "dossier/vault.html",
        **head(scene),
        lines=[_line(paper, owner.get("name"), names) for paper in listed["items"]],
        next=listed["next"] and url_for(".show", code=code, cursor=listed["next"]),
        known=owner_key(owner) is not None,
        tones=TONES,
        unclear=unclear,
    )


@dataclass(frozen=True)
class Line:
    """A paper with the names of what it may stand in for; `other_name`: its source calls the
    owner by a name that is not the one of this dossier."""

    paper: VaultPaper
    components: list[tuple[str, str]]
    other_name: bool


def _line(paper: VaultPaper, owner: str | None, names: dict[str, str]) -> Line:
    other = fold(paper.owner_name or "") != fold(owner or "")
    return Line(paper, [(each, names[each]) for each in paper.components], other)


@routes.get("/<number:item>/tep")
@looks_at(Looked.VAULT)
def download(call: Call, code: str, item: int) -> Sent:
    """The file of one."""
    return opened(call, code, item)


@routes.post("/<number:item>")
@acts_apart
def take(call: Call, code: str, item: int) -> Any:
    """One becomes a component of the dossier."""
    entered = read(TakeIn)
    try:
        data = {"component": "", **entered.data}
        command = TakeOver(Target(code), item, **data)
        _dossier, document = take_over(services().house, command, call.actor)
    except VaultItemUnclear as unclear:
        flash(unclear.message, "error")
        with services().database.reading() as tx:
            return _page(replace(call, tx=tx), code, {}, item), 409
    except EngineError as refused:
        flash(refused.message, "error")
    else:
        said = _("Đã lấy giấy tờ từ kho vào hồ sơ, thành tài liệu số {n}. Không cần thu bản giấy.")
        flash(said.format(n=document.number), "ok")
    return redirect(url_for(".show", code=code), 303)
