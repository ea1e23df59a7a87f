"""Reads and checks the document of a rulebook; its author is told what is wrong where."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from bpmn.roles import Role
from bpmn.steps import PauseCode
from bpmn.threshold import Threshold, levels
from bpmn.time_limit import TimeLimitError, Unit
from engine.deadlines.clock_policy import ClockPolicy
from engine.life.rulebook import (
    AlertRule,
    ExtensionRule,
    Ladder,
    OverdueCause,
    PauseReason,
    PriorityReason,
    Rulebook,
)
from engine.life.rulebook_part import Part
from engine.model.actor import PERMISSIONS, Permission
from engine.model.alert import NEAR_DUE, Level, Rung, Subject
from engine.model.status import Status

FAULTS = frozenset({"own", "other_agency", "external_system", "citizen", "force_majeure"})
DEMANDABLE = (Subject.DOSSIER, Subject.STEP)
"""What may end late and is then asked why."""
APPROVERS = tuple(role for role in Role if Permission.DOSSIER_PAUSE in PERMISSIONS[role])
"""Whoever approves a pause orders it."""
RESTING = (Status.SUPPLEMENT_REQUESTED, Status.AWAITING_FINANCIAL_OBLIGATION, Status.SUSPENDED)
"""Where a dossier may stand while it rests."""

_BEFORE = (Subject.DOSSIER, Subject.STEP)
_AFTER = (Subject.UNASSIGNED, Subject.INTAKE)
_WORKING = (Unit.HOURS, Unit.WORKING_DAYS)
_RUNGS: dict[str, Rung] = {rung.name.lower(): rung for rung in Rung if rung is not Rung.HOLDER}


def read_rulebook(document: Mapping[str, Any]) -> Rulebook:
    """The rulebook that a document describes; raises `RulebookInvalid` naming what is wrong.

    Every subject has its alert rule and every level its ladder: one that the document leaves
    out warns of nothing and climbs to nobody. One without `priorities` gives priority to nobody.
    """
    whole = Part.of("", document)
    whole.only("pauses", "alerts", "ladder", "extension", "overdue", "priorities")
    overdue = whole.part("overdue")
    overdue.only("demanded", "causes")
    return Rulebook(
        pauses=_pauses(whole.part("pauses")),
        alerts=_alerts(whole.part("alerts")),
        ladders=_ladders(whole.part("ladder")),
        extension=_extension(whole.part("extension")),
        causes=_causes(overdue.part("causes")),
        demanded=overdue.chosen("demanded", DEMANDABLE),
        priorities=_priorities(whole.part("priorities")) if whole.has("priorities") else {},
    )


def _pauses(part: Part) -> dict[str, PauseReason]:
    if missing := [code for code in PauseCode if not part.has(code)]:
        raise part.refusal(missing[0], "thiếu lý do này, là lý do mà quy trình có thể dùng")
    return {code: _pause(code, reason) for code, reason in part.coded()}


def _pause(code: str, part: Part) -> PauseReason:
    part.only(
        "name", "policy", "status", "manual", "limit", "times", "evidence", "approvers",
        "extension",
    )  # fmt: skip
    reason = PauseReason(
        code=code,
        name=part.text("name"),
        policy=part.choice("policy", ClockPolicy),
        status=part.choice("status", RESTING),
        manual=part.flag("manual"),
        limit=part.limit("limit"),
        times=part.count("times"),
        evidence=part.flag("evidence"),
        approvers=part.chosen("approvers", APPROVERS),
        extension=part.limit("extension"),
    )
    _require_sense(reason, part)
    return reason


def _require_sense(reason: PauseReason, part: Part) -> None:
    if (reason.policy is ClockPolicy.EXTEND) != (reason.extension is not None):
        raise part.refusal("extension", "cần có khi và chỉ khi policy là EXTEND")
    if reason.policy in (ClockPolicy.STOP, ClockPolicy.DEEMED) and reason.limit is None:
        raise part.refusal("limit", f"cần có thời hạn vì policy là {reason.policy}")
    if not reason.manual and (reason.evidence or reason.approvers):
        name = "evidence" if reason.evidence else "approvers"
        raise part.refusal(name, "chỉ dùng khi manual = true, vì quy trình tự tạm dừng thì không")


def _alerts(part: Part) -> dict[Subject, AlertRule]:
    part.only(*_BEFORE, *_AFTER)
    return {s: _alert(s, part.part(s)) if part.has(s) else AlertRule() for s in Subject}


def _alert(subject: Subject, part: Part) -> AlertRule:
    part.only("near_due" if subject in _BEFORE else "after")
    return AlertRule(_near_due(part), part.limit("after", _WORKING))


def _near_due(part: Part) -> tuple[Threshold, ...]:
    try:
        return levels(part.raw.get("near_due", []))
    except TimeLimitError as error:
        raise part.refusal("near_due", str(error)) from error


def _ladders(part: Part) -> dict[Level, Ladder]:
    names = {Level.DUE: "due", Level.OVERDUE: "overdue", **dict.fromkeys(NEAR_DUE, "near_due")}
    part.only("near_due", "due", "overdue")
    read = {name: _ladder(part.part(name)) for name in part.raw}
    return {level: read.get(names.get(level, ""), Ladder({})) for level in Level}


def _ladder(part: Part) -> Ladder:
    part.only(*_RUNGS, "until_acknowledged")
    rungs = {
        rung: limit
        for name, rung in _RUNGS.items()
        if (limit := part.limit(name, _WORKING, zero=True)) is not None
    }
    hours: list[Decimal] = [limit.working_hours() for limit in rungs.values()]
    if any(one > other for one, other in pairwise(hours)):
        raise part.refusal(" → ".join(_RUNGS), "cấp sau không được báo sớm hơn cấp trước")
    return Ladder(rungs, part.flag("until_acknowledged"))


def _extension(part: Part) -> ExtensionRule:
    part.only("times", "notice")
    times = part.count("times", least=0)
    notice = part.limit("notice", (Unit.WORKING_DAYS,))
    if times is None:
        raise part.refusal("times", "thiếu số lần được gia hạn; ghi 0 nếu không cho gia hạn")
    if notice is None or notice.amount % 1:
        raise part.refusal("notice", 'phải là số nguyên ngày làm việc, ví dụ "1 working_days"')
    return ExtensionRule(times, notice)


def _causes(part: Part) -> dict[str, OverdueCause]:
    causes = {code: _cause(code, cause) for code, cause in part.coded()}
    if all(cause.outage for cause in causes.values()):
        reason = "cần ít nhất một nguyên nhân không phải gắn với lần gián đoạn hệ thống"
        raise part.refusal("*", reason)
    return causes


def _cause(code: str, part: Part) -> OverdueCause:
    part.only("name", "fault", "outage")
    fault = part.choice("fault", FAULTS)
    return OverdueCause(code, part.text("name"), fault, part.flag("outage"))


def _priorities(part: Part) -> dict[str, PriorityReason]:
    return {code: _priority(code, reason) for code, reason in part.coded()}


def _priority(code: str, part: Part) -> PriorityReason:
    part.only("name", "note")
    return PriorityReason(code, part.text("name"), part.flag("note"))
