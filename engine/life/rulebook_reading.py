"""Reads and checks the document of a rulebook; its author is told what is wrong where."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bpmn.roles import Role
from bpmn.steps import PauseCode
from bpmn.threshold import Threshold
from bpmn.time_limit import TimeLimit, Unit
from engine.deadlines.clock_policy import ClockPolicy
from engine.errors.time import RulebookInvalid
from engine.life.rulebook import (
    AlertRule,
    ExtensionRule,
    Ladder,
    OverdueCause,
    PauseReason,
    Rulebook,
)
from engine.model.alert import NEAR_DUE, Level, Rung, Subject
from engine.model.status import Status

Read = TypeVar("Read")
Raw = Mapping[str, Any]

FAULTS = frozenset({"own", "other_agency", "external_system", "citizen", "force_majeure"})
_PARTS = frozenset({"pauses", "alerts", "ladder", "extension", "overdue"})
_WORKING = (Unit.HOURS, Unit.WORKING_DAYS)


def read_rulebook(document: Raw) -> Rulebook:
    """The rulebook that a document describes; raises `RulebookInvalid` naming what is wrong."""
    _only(document, _PARTS, "")
    alerts, ladder = _table(document, "alerts"), _table(document, "ladder")
    overdue = _table(document, "overdue")
    _only(overdue, {"demanded", "causes"}, "overdue.")
    return Rulebook(
        pauses=_pauses(_table(document, "pauses")),
        alerts={_at(f"alerts.{s}", Subject, s): _alert(s, raw) for s, raw in alerts.items()},
        ladders=dict(_ladders(ladder)),
        extension=_extension(_table(document, "extension")),
        causes={code: _cause(code, raw) for code, raw in _table(overdue, "causes").items()},
        demanded=frozenset(
            _at("overdue.demanded", Subject, s) for s in _list(overdue, "demanded", "overdue.")
        ),
    )


def _pauses(raw: Raw) -> dict[str, PauseReason]:
    if missing := [code for code in PauseCode if code not in raw]:
        raise RulebookInvalid(where="pauses", reason=f"thiếu lý do {', '.join(missing)}.")
    return {code: _pause(code, reason) for code, reason in raw.items()}


def _pause(code: str, raw: Any) -> PauseReason:
    where = f"pauses.{code}"
    known = {
        "name", "policy", "status", "manual", "limit", "times", "evidence", "approvers",
        "extension",
    }  # fmt: skip
    _only(_mapping(raw, where), known, f"{where}.")
    reason = PauseReason(
        code=code,
        name=_text(raw, "name", where),
        policy=_at(f"{where}.policy", ClockPolicy, raw.get("policy")),
        status=_at(f"{where}.status", Status, raw.get("status")),
        manual=_flag(raw, "manual", where),
        limit=_limit(raw, "limit", where),
        times=_count(raw, "times", where),
        evidence=_flag(raw, "evidence", where),
        approvers=frozenset(
            _at(f"{where}.approvers", Role, role) for role in _list(raw, "approvers", f"{where}.")
        ),
        extension=_limit(raw, "extension", where),
    )
    _require_complete(reason, where)
    return reason


def _require_complete(reason: PauseReason, where: str) -> None:
    if (reason.policy is ClockPolicy.EXTEND) != (reason.extension is not None):
        raise RulebookInvalid(
            where=f"{where}.extension", reason="cần có khi và chỉ khi policy là EXTEND."
        )
    if reason.policy in (ClockPolicy.STOP, ClockPolicy.DEEMED) and reason.limit is None:
        raise RulebookInvalid(where=f"{where}.limit", reason=f"{reason.policy} cần có thời hạn.")


def _alert(subject: str, raw: Any) -> AlertRule:
    where = f"alerts.{subject}"
    _only(_mapping(raw, where), {"near_due", "after"}, f"{where}.")
    levels = _list(raw, "near_due", f"{where}.")
    if len(levels) > len(NEAR_DUE):
        raise RulebookInvalid(where=f"{where}.near_due", reason="nhiều nhất ba mức.")
    near_due = tuple(_at(f"{where}.near_due", Threshold.parse, level) for level in levels)
    return AlertRule(near_due, _limit(raw, "after", where, working=True))


def _ladders(raw: Raw) -> list[tuple[Level, Ladder]]:
    _only(raw, {"near_due", "due", "overdue"}, "ladder.")
    found = [(Level.DUE, "due"), (Level.OVERDUE, "overdue")]
    found += [(level, "near_due") for level in NEAR_DUE]
    return [(level, _ladder(name, raw[name])) for level, name in found if name in raw]


def _ladder(level: str, raw: Any) -> Ladder:
    where = f"ladder.{level}"
    names: dict[str, Rung] = {r.name.lower(): r for r in Rung if r is not Rung.HOLDER}
    _only(_mapping(raw, where), {*names, "until_acknowledged"}, f"{where}.")
    rungs = {rung: _limit(raw, name, where, working=True) for name, rung in names.items()}
    told: dict[Rung, TimeLimit] = {
        rung: limit for rung, limit in rungs.items() if limit is not None
    }
    return Ladder(told, _flag(raw, "until_acknowledged", where))


def _extension(raw: Raw) -> ExtensionRule:
    _only(raw, {"times", "notice"}, "extension.")
    times = _count(raw, "times", "extension", least=0)
    notice = _limit(raw, "notice", "extension")
    if times is None or notice is None or notice.unit is not Unit.WORKING_DAYS or notice.amount % 1:
        raise RulebookInvalid(
            where="extension", reason="cần times là số nguyên và notice là số ngày làm việc."
        )
    return ExtensionRule(times, notice)


def _cause(code: str, raw: Any) -> OverdueCause:
    where = f"overdue.causes.{code}"
    _only(_mapping(raw, where), {"name", "fault", "outage"}, f"{where}.")
    if raw.get("fault") not in FAULTS:
        raise RulebookInvalid(where=f"{where}.fault", reason=f"chọn trong {_or(FAULTS)}.")
    return OverdueCause(code, _text(raw, "name", where), raw["fault"], _flag(raw, "outage", where))


def _at(where: str, read: Callable[[Any], Read], value: Any) -> Read:
    """What `read` makes of a value, or where it would not."""
    try:
        return read(value)
    except (ValueError, TypeError, AttributeError) as error:
        choices = list(read) if isinstance(read, type) else None  # type: ignore[call-overload]
        reason = f"«{value}» không dùng được; chọn trong {_or(choices)}." if choices else str(error)
        raise RulebookInvalid(where=where, reason=reason) from error


def _or(choices: Any) -> str:
    return ", ".join(sorted(choices))


def _only(raw: Raw, known: Any, where: str) -> None:
    if unknown := sorted(set(raw) - set(known)):
        raise RulebookInvalid(where=f"{where}{unknown[0]}", reason="không có mục này.")


def _table(raw: Raw, name: str) -> Raw:
    return _mapping(raw.get(name), name)


def _mapping(raw: Any, where: str) -> Raw:
    if not isinstance(raw, Mapping):
        raise RulebookInvalid(where=where, reason="thiếu bảng này.")
    return raw


def _list(raw: Raw, name: str, where: str) -> list[Any]:
    value = raw.get(name, [])
    if not isinstance(value, list):
        raise RulebookInvalid(where=f"{where}{name}", reason="phải là một danh sách.")
    return value


def _text(raw: Raw, name: str, where: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise RulebookInvalid(where=f"{where}.{name}", reason="phải là chữ, không để trống.")
    return value


def _flag(raw: Raw, name: str, where: str) -> bool:
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise RulebookInvalid(where=f"{where}.{name}", reason="phải là true hoặc false.")
    return value


def _count(raw: Raw, name: str, where: str, least: int = 1) -> int | None:
    value = raw.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise RulebookInvalid(where=f"{where}.{name}", reason=f"phải là số nguyên từ {least}.")
    return value


def _limit(raw: Raw, name: str, where: str, working: bool = False) -> TimeLimit | None:
    value = raw.get(name)
    if value is None:
        return None
    limit = _at(f"{where}.{name}", TimeLimit.parse, value)
    if working and limit.unit not in _WORKING:
        raise RulebookInvalid(where=f"{where}.{name}", reason="chỉ dùng hours hoặc working_days.")
    return limit
