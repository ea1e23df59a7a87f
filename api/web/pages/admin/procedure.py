"""One procedure: its versions and who decided on them, and what may be decided further."""

from typing import Any

from flask import Blueprint, Response, flash, redirect
from werkzeug.exceptions import NotFound

from api.edge import Call
from api.fields import Code, Day, In, Text
from api.v1.schemas.procedures import VersionDigest
from api.web.edge import acts, reads
from api.web.entered import Entered, ask, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import show
from bpmn.catalogue.entry import LEVEL_NAMES
from bpmn.comparing import CHANGE_NAMES
from engine.commands.procedure_drafts import OpenDraft, open_draft
from engine.commands.procedure_ends import Repeal, Restore, RollBack, repeal, restore, roll_back
from engine.commands.putting_in_force import MOST_DECISION, Order, may_decide
from engine.errors import EngineError
from engine.model.actor import Permission, has
from engine.queries.agencies import names_of
from engine.queries.drawing import name_of, source
from engine.queries.paging import Slice
from engine.queries.procedure_differences import Compared, compare_versions
from engine.queries.procedure_drafts import drafts_of, reach_of
from engine.queries.procedure_versions import Force, VersionItem, versions_of
from engine.queries.procedures import procedure

routes = Blueprint("admin_procedure", __name__)
ONE = "/quan-tri/thu-tuc/<code:code>"
SHOWN_DRAFTS = Slice(50)


class OrderIn(In):
    """For whom, on which decision, from which day."""

    agency = Code(load_default=None)
    decision = Text(MOST_DECISION, 1, required=True)
    effective_from = Day(load_default=None)


class RepealIn(OrderIn):
    """A repeal, perhaps by another procedure."""

    replaced_by = Code(load_default=None)


class RollBackIn(OrderIn):
    """Back to a version."""

    version = VersionDigest(required=True)


class DraftIn(In):
    """A new draft."""

    agency = Code(load_default=None)
    base_version = VersionDigest(load_default=None)


class ComparisonIn(In):
    """Two versions."""

    old = VersionDigest(required=True)
    new = VersionDigest(required=True)


@routes.get(ONE)
@reads
def index(call: Call, code: str) -> str:
    """The procedure with everything decided of it."""
    return _page(call, code)


@routes.post(f"{ONE}/ban-thao")
@acts
def begin(call: Call, code: str) -> Any:
    """Begin a draft of the next version."""
    entered = read(DraftIn)
    if not entered.is_good:
        return _page(call, code, entered), 422
    number = open_draft(call.tx, OpenDraft(code, **entered.data), call.actor, call.now)
    return redirect(f"/quan-tri/ban-thao/{number}", 303)


@routes.post(f"{ONE}/bai-bo")
@acts
def end(call: Call, code: str) -> Any:
    """Repeal it, or let another one replace it."""
    entered = read(RepealIn)

    def act(said: dict[str, Any]) -> None:
        instead = said.pop("replaced_by")
        repeal(call.tx, Repeal(code, Order(**said), instead), call.actor, call.now)

    return _decided(call, code, entered, act, _("Đã ghi quyết định. Hồ sơ đã nhận vẫn giải quyết."))


@routes.post(f"{ONE}/khoi-phuc")
@acts
def bring_back(call: Call, code: str) -> Any:
    """Undo a repeal."""
    entered = read(OrderIn)

    def act(said: dict[str, Any]) -> None:
        restore(call.tx, Restore(code, Order(**said)), call.actor, call.now)

    return _decided(call, code, entered, act, _("Đã khôi phục thủ tục."))


@routes.post(f"{ONE}/tro-lai")
@acts
def go_back(call: Call, code: str) -> Any:
    """Decide for an earlier version again."""
    entered = read(RollBackIn)

    def act(said: dict[str, Any]) -> None:
        version = said.pop("version")
        roll_back(call.tx, RollBack(code, version, Order(**said)), call.actor, call.now)

    return _decided(call, code, entered, act, _("Đã ghi quyết định trở lại phiên bản trước."))


@routes.get(f"{ONE}/so-sanh")
@reads
def compare(call: Call, code: str) -> str:
    """Two versions beside each other."""
    entered = ask(ComparisonIn)
    if not entered.is_good:
        raise NotFound
    compared = compare_versions(call.tx, code, **entered.data)
    here = f"/quan-tri/thu-tuc/{code}"
    return show(
        call,
        "procedure_compared.html",
        code=code,
        name=procedure(call.tx, code, compared.new).facts.name,
        back=here,
        titles=(compared.old or "")[:12], new_title=(compared.new or "")[:12],
        **differing(compared, f"{here}/ban-ve/{compared.old}", f"{here}/ban-ve/{compared.new}"),
    )  # fmt: skip


@routes.get(f"{ONE}/ban-ve/<code:version>/<code:name>")
@reads
def drawing(call: Call, code: str, version: str, name: str) -> Response:
    """The XML of a drawing of a version."""
    found = source(procedure(call.tx, code, version), name)
    if found is None:
        raise NotFound
    return Response(found, content_type="application/xml; charset=utf-8")


def differing(compared: Compared, old: str, new: str) -> dict[str, Any]:
    """What the page of a comparison shows, with the addresses where drawings of both are."""
    return {
        "compared": compared,
        "changes": {change.value: _(name) for change, name in CHANGE_NAMES.items()},
        "drawings": {
            each.file: (
                f"{old}/{name_of(each.file)}" if each.file in compared.before else None,
                f"{new}/{name_of(each.file)}" if each.file in compared.after else None,
                marks(each.parts, "removed"),
                marks(each.parts, "added"),
            )
            for each in compared.files
            if each.is_diagram
        },
    }


def marks(parts: Any, only: str) -> dict[str, list[str]]:
    """Ids of elements by how they are marked on one side: what changed, and what only is there."""
    return {kind: [part.key for part in parts if part.change == kind] for kind in ("changed", only)}


def _decided(call: Call, code: str, entered: Entered, act: Any, said: str) -> Any:
    if entered.is_good:
        try:
            act(dict(entered.data))
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, code, entered), 422
    flash(said, "ok")
    return redirect(f"/quan-tri/thu-tuc/{code}", 303)


def _page(call: Call, code: str, entered: Entered | None = None) -> str:
    versions = versions_of(call.tx, code, call.now)
    in_force = next((v for v in versions if _holds_for_all(v)), None)
    shown = next(v.decided.version for v in versions if v.decided.version)
    return show(
        call,
        "procedure.html",
        code=code,
        facts=procedure(call.tx, code, in_force.decided.version if in_force else shown).facts,
        levels={level: _(name) for name, level in LEVEL_NAMES.items()},
        versions=versions,
        in_force=in_force,
        ended=next((v for v in versions if _is_end(v)), None),
        drafts=drafts_of(call.tx, code, call.actor),
        scopes=_scopes(call, Permission.PROCEDURE_DRAFT),
        decides=_scopes(call, Permission.PROCEDURE_DEPLOY),
        migrates=has(call.actor, Permission.DOSSIER_MIGRATE),
        today=f"{call.now:%d/%m/%Y}",
        entered=entered or nothing_yet(),
    )


def _scopes(call: Call, permission: Permission) -> list[tuple[str, str]]:
    """For whom the actor may do this: for everybody first, then for single agencies."""
    everybody = may_decide(call.tx, call.actor, permission, None)
    agencies = [
        (code, name)
        for code, name in names_of(call.tx, reach_of(call.actor)).items()
        if may_decide(call.tx, call.actor, permission, code)
    ]
    return [("", _("Danh mục chung"))] * everybody + agencies


def _holds_for_all(item: VersionItem) -> bool:
    here = item.force is Force.IN_FORCE and item.decided.agency is None
    return here and item.decided.version is not None


def _is_end(item: VersionItem) -> bool:
    ahead = item.force in (Force.IN_FORCE, Force.COMING)
    return ahead and item.decided.agency is None and item.decided.version is None
