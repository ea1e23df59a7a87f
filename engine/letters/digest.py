"""The daily digest: what one person should know in the morning, all of it, most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from engine.letters.letter import Letter, greeting, moment_text, one_line

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class Group(StrEnum):
    """What a matter is listed under; in the order of a digest."""

    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    NEAR_DUE = "near_due"
    PAUSED_OVERDUE = "paused_overdue"
    INTAKE = "intake"
    UNASSIGNED = "unassigned"
    CALENDAR = "calendar"
    PAUSED = "paused"


GROUP_NAMES = {
    Group.OVERDUE: "Quá hạn",
    Group.DUE_TODAY: "Đến hạn hôm nay",
    Group.NEAR_DUE: "Sắp đến hạn",
    Group.PAUSED_OVERDUE: "Tạm dừng quá thời hạn",
    Group.INTAKE: "Chưa trả lời tiếp nhận",
    Group.UNASSIGNED: "Chưa có người nhận",
    Group.CALENDAR: "Hạn trả vừa đổi theo lịch làm việc",
    Group.PAUSED: "Đang tạm dừng",
}

Lines = Mapping[Group, Sequence[str]]


@dataclass(frozen=True)
class Item:
    """One dossier or task of a digest.

    `due_at` is the moment that counts in its group, `remaining` the working time until then
    (negative after it) in days of `day_length`. `held_by` says who has it, None where that goes
    without saying. A paused one has `pause`, the name of the reason.
    """

    group: Group
    code: str
    procedure_name: str
    due_at: datetime | None
    remaining: timedelta | None = None
    day_length: timedelta = 8 * HOUR
    step_name: str | None = None
    held_by: str | None = None
    pause: str | None = None


def line(item: Item) -> str:
    """The item in one line."""
    parts = [
        item.code,
        one_line(item.procedure_name),
        item.step_name and f"«{one_line(item.step_name)}»",
        item.pause and f"tạm dừng: {one_line(item.pause)}",
        item.due_at and f"hạn {moment_text(item.due_at)}",
        _remaining(item),
        item.held_by and f"đang giữ: {one_line(item.held_by)}",
    ]
    return "- " + " · ".join(part for part in parts if part)


def _remaining(item: Item) -> str | None:
    if item.remaining is None:
        return None
    span = span_text(abs(item.remaining), item.day_length)
    return f"{'còn' if item.remaining > timedelta(0) else 'quá'} {span}"


def span_text(span: timedelta, day_length: timedelta) -> str:
    """Working time in words, to the hour from one day on: «1 ngày 3 giờ làm việc»."""
    days, rest = divmod(span, day_length)
    hours, rest = divmod(rest, HOUR)
    minutes = 0 if days else rest // MINUTE
    units = ((days, "ngày"), (hours, "giờ"), (minutes, "phút"))
    said = " ".join(f"{number} {unit}" for number, unit in units if number)
    return f"{said or '0 phút'} làm việc"


def digest(day: date, full_name: str, own: Lines, watched: Lines) -> Letter | None:
    """The letter of a day with one's own work and what one watches over; None if all is empty."""
    parts = [
        _part("Việc của ông/bà", own, with_counts=False),
        _part("Trong phạm vi ông/bà phụ trách", watched, with_counts=True),
    ]
    said = [part for part in parts if part]
    if not said:
        return None
    title = f"Tóm tắt ngày {day:%d/%m/%Y}: {_counts(own) or _counts(watched)}"
    return Letter(title, "\n".join([greeting(full_name), "", *said]), "/")


def _counts(lines: Lines) -> str:
    return ", ".join(f"{GROUP_NAMES[g].lower()} {len(lines[g])}" for g in Group if lines.get(g))


def _part(title: str, lines: Lines, with_counts: bool) -> str:
    groups = [group for group in Group if lines.get(group)]
    if not groups:
        return ""
    counts = [f"  {GROUP_NAMES[group]}: {len(lines[group])}" for group in groups]
    head = [f"{title}:", *counts, ""] if with_counts else [f"{title}:", ""]
    for group in groups:
        head += [f"{GROUP_NAMES[group].upper()} ({len(lines[group])})", *lines[group], ""]
    return "\n".join(head)
