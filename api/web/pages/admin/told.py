"""Entries of the log of administration in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.edge import Call
from api.web.language import gettext as _
from api.web.words import day, moment
from bpmn.roles import ROLE_NAMES, Role
from engine.model.office_event import OFFICE_EVENT_NAMES
from engine.queries.agencies import names_of as agency_names
from engine.queries.office_log import OfficeEventItem
from engine.queries.people import names_of


@dataclass(frozen=True)
class Line:
    """One thing that was changed: what it was and what it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A change as a page tells it."""

    at: datetime
    title: str
    about: str
    who: str
    where: str
    lines: tuple[Line, ...]


def told(call: Call, items: Iterable[OfficeEventItem]) -> list[Told]:
    """Changes with the names of those concerned."""
    found = list(items)
    people = names_of(call.tx, (_person(item.subject) for item in found))
    agencies = agency_names(call.tx, {item.agency for item in found if item.agency})
    return [_one(item, people, agencies) for item in found]


def _one(item: OfficeEventItem, people: Mapping[int, str], agencies: Mapping[str, str]) -> Told:
    person = _person(item.subject)
    kind, _colon, name = item.subject.partition(":")
    about = people.get(person, "") if person else ("" if kind == "agency" else name)
    return Told(
        at=item.at,
        title=_(OFFICE_EVENT_NAMES[item.type]),
        about=about,
        who=item.actor_name or _("Người vận hành máy chủ"),
        where=agencies.get(item.agency, item.agency) if item.agency else _("Mọi cơ quan"),
        lines=tuple(_lines(item.before, item.after)),
    )


def _person(subject: str) -> int | None:
    kind, _colon, number = subject.partition(":")
    return int(number) if kind == "user" and number.isdecimal() else None


def _lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    words = _words()
    for name in {**before, **after}:
        if name in words:
            old, new = _text(name, before.get(name)), _text(name, after.get(name))
            if old or new:
                yield Line(words[name], "" if old == new else old, new)


def _text(name: str, value: Any) -> str:
    if value is None or value == []:
        return ""
    return _READ[name](value) if name in _READ else str(value)


def _role(value: str) -> str:
    return _(ROLE_NAMES[Role(value)])


_READ: dict[str, Callable[[Any], str]] = {
    "role": _role,
    "grants": lambda grants: ", ".join(_role(grant["role"]) for grant in grants),
    "rulebook": lambda digest: str(digest)[:12],
    "days": lambda days: ", ".join(
        f"{day(date.fromisoformat(one['date']))} ({one['why']})" for one in days
    ),
    "hours": lambda hours: "; ".join(", ".join(one["sessions"]) for one in hours),
    "started_at": lambda text: moment(datetime.fromisoformat(text)),
    "ended_at": lambda text: moment(datetime.fromisoformat(text)),
}
"""What is not said as it is kept."""


def _words() -> dict[str, str]:
    return {
        "username": _("Tên đăng nhập"),
        "full_name": _("Họ và tên"),
        "email": _("Thư điện tử"),
        "grants": _("Vai trò"),
        "role": _("Vai trò"),
        "unit": _("Đơn vị"),
        "name": _("Tên"),
        "tasks": _("Số việc chuyển đi"),
        "source": _("Văn bản"),
        "days": _("Ngày"),
        "hours": _("Giờ làm việc"),
        "rulebook": _("Phiên bản"),
        "reason": _("Căn cứ"),
        "system": _("Hệ thống"),
        "started_at": _("Từ"),
        "ended_at": _("Đến"),
    }
