"""For auditors: a dossier's life step by step, the proof of its record, and who looked at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, redirect, url_for
from werkzeug.exceptions import NotFound

from api.edge import Call
from api.evidence import Bundle, bundle
from api.fields import Day, In, Whole
from api.paging import PageIn, answer, wanted
from api.proving import Proof
from api.web.edge import looks_at, reads
from api.web.entered import ask
from api.web.frame import render
from api.web.language import gettext as _
from api.web.paging import again
from api.web.replay import words
from api.web.replay.course import course, number_at, number_on
from bpmn.roles import ROLE_NAMES
from engine.errors.accesses import RecordUnreadable
from engine.model.actor import Permission, may
from engine.model.document import CAPACITY_NAMES, DOCUMENT_KIND_NAMES
from engine.model.reading import Looked
from engine.queries import accesses, drawing
from engine.queries.dossiers import locate, require
from engine.queries.life import ActLine, Life, life_of
from engine.queries.moments import MomentView
from engine.queries.procedures import name_of
from engine.verification import Verified, recorded

routes = Blueprint("replay", __name__, url_prefix="/ho-so/<code:code>")
MOST = 2**31 - 1


class StepIn(In):
    """Which moment: the number of an act, one of its events, or the last one of a day."""

    buoc = Whole(1, MOST, in_query=True)
    su_kien = Whole(1, MOST, in_query=True, data_key="su-kien")
    ngay = Day()


@dataclass(frozen=True)
class _Looked:
    """A life and the moment of it that was asked for; no moment where it cannot be done again."""

    life: Life
    number: int
    moment: MomentView | None


@routes.get("/dien-bien")
@looks_at(Looked.REPLAY)
def show(call: Call, code: str) -> Any:
    """The time line, the diagrams, and everything at one moment."""
    entered = ask(StepIn)
    try:
        seen = _look(call, code, entered.data)
    except RecordUnreadable:
        return redirect(url_for("replay.verify", code=code), 303)
    row = locate(call.tx, code, call.actor)
    return render(
        "audit/replay.html",
        **_head(call, row, _("Diễn biến hồ sơ")),
        **_shown(seen),
        course=course(seen.life.acts, seen.number),
        entered=entered,
    )


@routes.get("/dien-bien/<int:number>")
@looks_at(Looked.REPLAY)
def step(call: Call, code: str, number: int) -> str:
    """One moment, for the script that steps through them."""
    seen = _look(call, code, {"buoc": number})
    if seen.number != number or not number:
        raise NotFound
    return render("audit/moment.html", code=code, **_shown(seen))


@routes.get("/dien-bien/so-do/<code:name>")
@reads
def diagram(call: Call, code: str, name: str) -> Response:
    """The XML of a diagram, of a dossier whose state may be unreadable."""
    row = locate(call.tx, code, call.actor)
    source = drawing.source_once(call.tx, row.procedure, row.version, name)
    if source is None:
        raise NotFound
    return Response(source, content_type="application/xml; charset=utf-8")


@routes.get("/kiem-chung")
@looks_at(Looked.VERIFICATION)
def verify(call: Call, code: str) -> Proof:
    """Check the chain, do everything again, compare, read files, examine signatures: intact, or
    what is wrong where."""
    row = locate(call.tx, code, call.actor)
    require(row, call.actor, Permission.DOSSIER_REPLAY, "kiểm chứng hồ sơ này")
    head = _head(call, row, _("Kiểm chứng hồ sơ"))

    def shown(found: Verified) -> Response:
        return make_response(render("audit/proof.html", **head, proof=found))

    return Proof(recorded(call.tx, code), shown)


@routes.get("/chung-cu")
@looks_at(Looked.EVIDENCE)
def evidence(call: Call, code: str) -> Bundle:
    """All that proves the dossier, to be taken along."""
    return bundle(call, code)


@routes.get("/luot-xem")
@looks_at(Looked.ACCESSES)
def readers(call: Call, code: str) -> str:
    """Who looked at the dossier."""
    part = wanted(ask(PageIn).data)
    found = accesses.accesses_of(call.tx, part, code, call.actor)
    head = _head(call, locate(call.tx, code, call.actor), _("Ai đã xem hồ sơ"))
    return render("audit/readers.html", **head, **answer(found))


def _look(call: Call, code: str, asked: dict[str, Any]) -> _Looked:
    """The moment that was asked for, else the last one."""
    life = life_of(call.tx, code, call.actor, lambda acts: _only(_number(acts, asked)))
    return _Looked(life, _number(life.acts, asked), next(iter(life.moments), None))


def _only(number: int) -> range:
    return range(number, number + 1)


def _number(acts: Sequence[ActLine], asked: dict[str, Any]) -> int:
    if "ngay" in asked:
        return number_on(acts, asked["ngay"])
    if "su_kien" in asked:
        return number_at(acts, asked["su_kien"])
    return min(int(asked.get("buoc", len(acts))), len(acts))


def _head(call: Call, row: Any, title: str) -> dict[str, Any]:
    """What the head of these pages needs; `pages` are those that this person may open."""
    pages = (
        ("replay.verify", _("Kiểm chứng"), "shield-check", Permission.DOSSIER_REPLAY),
        ("replay.show", _("Diễn biến"), "history", Permission.DOSSIER_REPLAY),
        ("replay.readers", _("Ai đã xem"), "users", Permission.ACCESS_READ),
        ("replay.evidence", _("Gói chứng cứ"), "archive", Permission.DOSSIER_REPLAY),
    )
    return {
        "code": row.code,
        "dossier": row,
        "procedure": name_of(call.tx, row.procedure),
        "title": title,
        "pages": [page for *page, needed in pages if may(call.actor, needed, row)],
        "again": again,
    }


def _shown(seen: _Looked) -> dict[str, Any]:
    """What the template of a moment needs."""
    return {
        "life": seen.life,
        "number": seen.number,
        "total": len(seen.life.acts),
        "act": seen.life.acts[seen.number - 1] if seen.life.acts else None,
        "moment": seen.moment,
        "words": words,
        "ROLE_NAMES": ROLE_NAMES,
        "CAPACITY_NAMES": CAPACITY_NAMES,
        "DOCUMENT_KIND_NAMES": DOCUMENT_KIND_NAMES,
        "names": seen.life.names,
    }
