"""Rules of a rulebook in words: what an entry is called, and what it says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.web.language import gettext as _
from bpmn.roles import ROLE_NAMES, Role
from bpmn.threshold import Threshold
from bpmn.time_limit import TimeLimit
from engine.deadlines.clock_policy import ClockPolicy
from engine.life.rulebook_changes import RuleChange
from engine.model.status import STATUS_NAMES, Status
from engine.queries.rulebooks import FAULT_WORDS, POLICY_WORDS


@dataclass(frozen=True)
class Difference:
    """A rule that changes: where it stands, what it said and what it is to say."""

    where: str
    before: str
    after: str


def differences(changes: Iterable[RuleChange], *documents: Mapping[str, Any]) -> list[Difference]:
    """Changes in words; `documents` give the names of reasons."""
    names: dict[str, str] = {}
    for document in documents:
        names |= {code: str(one.get("name", code)) for code, one in document["pauses"].items()}
    return [
        Difference(_where(change.path, names), _said(change.path, change.before),
                   _said(change.path, change.after))
        for change in changes
    ]  # fmt: skip


def _where(path: tuple[str, ...], names: Mapping[str, str]) -> str:
    words = _words()
    parts = [
        f"«{names.get(part, part)}»" if number == 1 and path[0] == "pauses"
        else words.get(part, part)
        for number, part in enumerate(path)
    ]  # fmt: skip
    return " › ".join(parts)


def _said(path: tuple[str, ...], value: Any) -> str:
    if value is None:
        return _("không có")
    if isinstance(value, bool):
        return _("có") if value else _("không")
    read = _READ.get(path[-1]) or (_limit if path[0] == "ladder" else str)
    return read(value)


def _limit(text: str) -> str:
    return TimeLimit.parse(text).in_words()


_READ: dict[str, Callable[[Any], str]] = {
    "limit": _limit,
    "extension": _limit,
    "after": _limit,
    "notice": _limit,
    "policy": lambda code: POLICY_WORDS[ClockPolicy(code)],
    "status": lambda code: _(STATUS_NAMES[Status(code)]),
    "fault": lambda code: FAULT_WORDS[code],
    "approvers": lambda roles: ", ".join(_(ROLE_NAMES[Role(role)]) for role in roles),
    "near_due": lambda texts: ", ".join(Threshold.parse(text).in_words() for text in texts),
}


def _words() -> dict[str, str]:
    return {
        "pauses": _("Lý do tạm dừng"),
        "alerts": _("Cảnh báo"),
        "ladder": _("Báo lên cấp trên"),
        "name": _("Tên"),
        "policy": _("Thời hạn của hồ sơ"),
        "status": _("Trạng thái khi tạm dừng"),
        "manual": _("Cán bộ được chọn"),
        "limit": _("Dừng lâu nhất"),
        "times": _("Số lần nhiều nhất"),
        "evidence": _("Phải có căn cứ"),
        "approvers": _("Người quyết định"),
        "extension": _("Cộng thêm"),
        "dossier": _("Hồ sơ"),
        "step": _("Việc"),
        "unassigned": _("Việc chưa ai nhận"),
        "intake": _("Hồ sơ chờ tiếp nhận"),
        "near_due": _("Sắp đến hạn"),
        "due": _("Đến hạn"),
        "overdue": _("Quá hạn"),
        "after": _("Cảnh báo sau"),
        "unit_head": _(ROLE_NAMES[Role.UNIT_HEAD]),
        "control_officer": _(ROLE_NAMES[Role.PROCEDURE_CONTROL_OFFICER]),
        "leader": _(ROLE_NAMES[Role.LEADER]),
        "until_acknowledged": _("Dừng khi đã xác nhận"),
    }
