"""The rulebook: pause reasons and warnings, changed in forms, seen as differences, published."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import PageIn, answer, wanted
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet
from api.web.language import gettext as _
from api.web.pages.admin.rule_forms import (
    LATER,
    LEVELS,
    MOST_LEVELS,
    RUNGS,
    SUBJECTS,
    entered_rules,
    reason_of,
    reason_values,
    warning_values,
    warnings_of,
)
from api.web.pages.admin.rule_words import differences
from api.web.pages.admin.scope import asked, scope_of, show
from bpmn.steps import PauseCode
from engine.commands.rulebooks import PublishRulebook, publish_rulebook
from engine.deadlines.clock_policy import ClockPolicy
from engine.errors import EngineError, UnknownPauseReason
from engine.life.rulebook_changes import rule_changes
from engine.life.rulebook_reading import APPROVERS, RESTING, read_rulebook
from engine.model.actor import Permission
from engine.model.status import STATUS_NAMES
from engine.queries import rulebooks
from engine.queries.rulebooks import POLICY_WORDS, RulebookView

routes = Blueprint("admin_rulebook", __name__)
HERE = "/quan-tri/quy-tac"
NEW = "moi"
"""In the address of a reason that there is not yet; none may be called so."""
Document = Mapping[str, Any]


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """What is in force for an agency."""
    scope = scope_of(call, Permission.RULEBOOK_PUBLISH)
    in_force = rulebooks.rulebook_in_force(call.tx, scope.chosen)
    return show(
        call,
        "rulebook.html",
        scope=scope,
        in_force=in_force,
        rules=read_rulebook(in_force.document),
        policies=POLICY_WORDS,
        builtin={code.value for code in PauseCode},
    )


@routes.get(f"{HERE}/ly-do/<code:code>")
@reads
def edit_reason(call: Call, code: str) -> str:
    """The form of one reason, or of a new one (`moi`)."""
    pauses = _in_force(call).document["pauses"]
    if code != NEW and code not in pauses:
        raise UnknownPauseReason(reason=code)
    known = pauses.get(code, {"policy": "PAUSE", "status": "suspended", "manual": True})
    return _reason(call, code, nothing_yet(**reason_values("" if code == NEW else code, known)))


@routes.post(f"{HERE}/ly-do/<code:code>")
@acts
def change_reason(call: Call, code: str) -> Any:
    """Show the differences of a reason, or publish them."""
    entered, in_force = entered_rules(), _in_force(call)
    name = entered.values.get("code", "") if code == NEW else code
    if code == NEW and (name == NEW or name in in_force.document["pauses"]):
        entered.errors["code"] = [_("Đã có lý do dùng mã này.")]
        return _reason(call, code, entered), 422
    pauses = {**in_force.document["pauses"], name: reason_of(entered.values)}
    if entered.values.get("act") in ("remove", "publish-remove"):
        del pauses[name]
    document = {**in_force.document, "pauses": pauses}
    return _next(call, entered, in_force, document, lambda **more: _reason(
        call, code, entered, **more
    ))  # fmt: skip


@routes.get(f"{HERE}/canh-bao")
@reads
def edit_warnings(call: Call) -> str:
    """The form of warnings."""
    return _warnings(call, nothing_yet(**warning_values(_in_force(call).document)))


@routes.post(f"{HERE}/canh-bao")
@acts
def change_warnings(call: Call) -> Any:
    """Show the differences of warnings, or publish them."""
    entered, in_force = entered_rules(), _in_force(call)
    document = {**in_force.document, **warnings_of(entered.values)}
    return _next(call, entered, in_force, document, lambda **more: _warnings(call, entered, **more))


class HistoryIn(PageIn):
    """Which page of the history."""


@routes.get(f"{HERE}/lich-su")
@reads
def history(call: Call) -> str:
    """The editions that were in force, each with what it changed."""
    scope = scope_of(call, Permission.RULEBOOK_PUBLISH)
    found = answer(rulebooks.publications(call.tx, wanted(asked(HistoryIn)), scope.chosen))
    editions = [
        (one, differences(rule_changes(one.before, one.after), one.before, one.after)
         if one.before is not None else None)
        for one in found["items"]
    ]  # fmt: skip
    return show(call, "rulebook_history.html", scope=scope, editions=editions, next=found["next"])


def _next(
    call: Call, entered: Entered, in_force: RulebookView, document: Document, form: Any
) -> AnyResponse | tuple[str, int]:
    """The form again with the differences, or back to the rulebook when they are published."""
    act = entered.values.get("act", "")
    try:
        read_rulebook(document)
        if act.startswith("publish") and entered.values.get("reason"):
            return _published(call, entered, document)
    except EngineError as refused:
        entered.refuse(refused)
        return form(), 422
    if act.startswith("publish"):
        entered.errors["reason"] = [_("Hãy ghi căn cứ của thay đổi.")]
    changes = rule_changes(in_force.document, document)
    shown = form(
        seen=True,
        changes=differences(changes, in_force.document, document),
        digest=in_force.digest,
        removing=act.endswith("remove"),
    )
    return shown, 200 if entered.is_good else 422


def _published(call: Call, entered: Entered, document: Document) -> AnyResponse:
    scope = scope_of(call, Permission.RULEBOOK_PUBLISH)
    reason, expected = entered.values.get("reason"), entered.values.get("expected", "")
    command = PublishRulebook(scope.chosen, document, reason, expected)
    publish_rulebook(call.tx, command, call.actor, call.now)
    flash(_("Đã ban hành. Hồ sơ tiếp nhận từ nay theo quy tắc mới; hồ sơ cũ giữ quy tắc cũ."), "ok")
    return redirect(f"{HERE}?co-quan={scope.chosen}", 303)


def _in_force(call: Call) -> RulebookView:
    scope = scope_of(call, Permission.RULEBOOK_PUBLISH)
    return rulebooks.rulebook_in_force(call.tx, scope.chosen)


def _reason(call: Call, code: str, entered: Entered, **more: Any) -> str:
    return _form(
        call,
        "reason.html",
        entered,
        code=code,
        policies=[(one.value, POLICY_WORDS[one]) for one in ClockPolicy],
        statuses=[(one.value, _(STATUS_NAMES[one])) for one in RESTING],
        approvers=APPROVERS,
        removable=code != NEW and code not in {one.value for one in PauseCode},
        **more,
    )


def _warnings(call: Call, entered: Entered, **more: Any) -> str:
    return _form(
        call,
        "warnings.html",
        entered,
        subjects=SUBJECTS,
        later=LATER,
        levels=LEVELS,
        rungs=RUNGS,
        most=MOST_LEVELS,
        **more,
    )


def _form(call: Call, template: str, entered: Entered, **more: Any) -> str:
    scope = scope_of(call, Permission.RULEBOOK_PUBLISH)
    empty = {"seen": False, "changes": (), "digest": "", "removing": False}
    action = f"{request.path}?co-quan={scope.chosen}"
    return show(call, template, scope=scope, entered=entered, action=action, **{**empty, **more})
