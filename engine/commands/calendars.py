"""Days off and working hours are announced, and every agency they hold for gets its calendar."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from engine.deadlines.announcement import (
    LONGEST_CLOSURE,
    Announced,
    closed_too_long,
    compose,
    faults,
)
from engine.deadlines.calendar import local
from engine.deadlines.edition import Document, first_difference, read_calendar
from engine.errors import AgencyUnknown, NotPermitted
from engine.errors.calendars import AnnouncementInvalid
from engine.model.actor import Actor, Permission, has, may_at
from engine.model.event import SYSTEM
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import announcements, editions, followers, office_log
from engine.store.announcements import New
from engine.store.composing import Office
from engine.store.editions import EditionKind

UPGRADE = "Cập nhật lịch quốc gia kèm phần mềm"
"""Source of what no one announced: a release knows more of the national calendar."""

_NOTHING = Announced().document()


@dataclass(frozen=True)
class Announce:
    """Days and hours for an agency and all below it; `agency` None is the whole country.

    `source`: number and date of the decision. Hours without a first day hold from today.
    """

    agency: str | None
    source: str
    announced: Announced


@dataclass(frozen=True)
class Preview:
    """What an announcement would do: the calendar it makes, and the open dossiers in its reach."""

    calendar: Document
    agencies: int
    dossiers: int


def announce(tx: Connection, command: Announce, actor: Actor, now: datetime) -> int:
    """Announce; returns the id. Open dossiers follow soon after, one by one."""
    office_log.one_at_a_time(tx)
    announcements.one_at_a_time(tx)
    announced, source = _dated(command.announced, now), command.source.strip()
    office = Office.of(tx)
    _check(office, command, announced, actor)
    new = New(command.agency, announced.document(), source, announced.first_day)
    id_ = announcements.add(tx, new, actor.id or None, now)
    Office.of(tx).point(tx, office.below(command.agency))
    _record(tx, new, id_, actor.key, now)
    return id_


def preview(tx: Connection, command: Announce, actor: Actor, now: datetime) -> Preview:
    """What `announce` would do or refuse; nothing is changed."""
    office, announced = Office.of(tx), _dated(command.announced, now)
    calendar = _check(office, command, announced, actor)
    reached = office.below(command.agency)
    dossiers = followers.count(tx, reached, announced.first_day)
    return Preview(calendar, len(reached), dossiers)


def renew(tx: Connection, now: datetime) -> int | None:
    """After an upgrade: lay what was announced over the national calendar of this release.

    Where an agency's calendar changes, that is an announcement of its own (its id is given
    back), so that open dossiers follow. Agencies on an older shipped rulebook get the newest;
    their dossiers stay on the one they were received under.
    """
    office_log.one_at_a_time(tx)
    announcements.one_at_a_time(tx)
    newest = editions.shipped_rulebook(tx)
    for code in editions.outdated(tx):
        editions.point(tx, code, EditionKind.RULEBOOK, newest)
    office = Office.of(tx)
    changes = office.point(tx, office.below(None))
    days = [day for pair in changes if (day := first_difference(*pair)) is not None]
    if not days:
        return None
    new = New(None, _NOTHING, UPGRADE, min(days))
    id_ = announcements.add(tx, new, None, now)
    _record(tx, new, id_, SYSTEM, now)
    return id_


def _record(tx: Connection, new: New, id_: int, by: str, now: datetime) -> None:
    after = {"source": new.source, "first_day": new.first_day.isoformat(), **new.document}
    event = OfficeEvent(
        OfficeEventType.CALENDAR_ANNOUNCED, new.agency, f"announcement:{id_}", after=after
    )
    office_log.record(tx, event, by, now)


def _dated(announced: Announced, now: datetime) -> Announced:
    today = local(now).date()
    hours = (replace(one, since=one.since or today) for one in announced.hours)
    return replace(announced, hours=tuple(hours))


def _check(office: Office, command: Announce, announced: Announced, actor: Actor) -> Document:
    """The calendar that the announcement makes; raises what it is refused for."""
    _require(command.agency, actor, office)
    before = office.calendar(command.agency)
    found: dict[str, list[str]] = {}
    if not command.source.strip():
        found["source"] = ["Hãy ghi số, ngày của văn bản công bố."]
    for field, message in faults(announced, read_calendar(before)):
        found.setdefault(field, []).append(message)
    if found:
        raise AnnouncementInvalid(found)
    _check_closures(office, command.agency, announced)
    return compose(before, [announced.document()])


def _require(agency: str | None, actor: Actor, office: Office) -> None:
    """For the whole country announces who reaches every agency that is below no other."""
    if agency is not None and agency not in office.parents:
        raise AgencyUnknown(agency=agency)
    reached = [agency] if agency is not None else office.roots
    permission = Permission.CALENDAR_ANNOUNCE
    if not has(actor, permission) or not all(may_at(actor, permission, one) for one in reached):
        where = f"của cơ quan {agency}" if agency else "chung cho mọi cơ quan"
        raise NotPermitted(what=f"công bố lịch {where}")


def _check_closures(office: Office, agency: str | None, announced: Announced) -> None:
    for line, code in office.lines([agency, *office.below(agency)]).items():
        calendar = compose(office.laid_over(line), [announced.document()])
        if day := closed_too_long(calendar, announced):
            where = f"cơ quan {code}" if code else "cả nước"
            message = (
                f"Cùng với ngày {day:%d/%m/%Y}, {where} nghỉ liền quá {LONGEST_CLOSURE} ngày;"
                " hãy bớt ngày nghỉ."
            )
            raise AnnouncementInvalid({"days": [message]})
