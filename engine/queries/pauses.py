"""The pause ledger of a dossier: who, why, since when, until when, on what evidence, and what it
did to the due date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.clock_policy import ClockPolicy
from engine.life.setting import Setting
from engine.model.actor import Actor, Permission, may
from engine.model.event import EventType, person_of
from engine.queries.dossiers import Found
from engine.queries.people import names_of
from engine.store.tables import event, event_payload


@dataclass(frozen=True)
class PauseItem:
    """A pause, with its end (None while it lasts); `place` is None where a person ordered it.

    `overdue_at` is when it had lasted longer than it may. `due_before` and `due_after` are None
    while it has not moved the due date; `excluded` is its working time that does not count.
    """

    reason: str
    name: str
    policy: ClockPolicy
    place: int | None
    since: datetime
    by: str
    until: datetime | None = None
    by_name: str | None = None
    asked_by: str | None = None
    asked_by_name: str | None = None
    evidence: Mapping[str, Any] | None = None
    note: str | None = None
    overdue_at: datetime | None = None
    resumed_at: datetime | None = None
    resumed_by: str | None = None
    resumed_by_name: str | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    excluded: timedelta = timedelta(0)


def list_pauses(tx: Connection, found: Found, actor: Actor, now: datetime) -> list[PauseItem]:
    """Every pause of a dossier in order, read off its events; what people said only with the
    permission to read it."""
    rows = tx.execute(_pause_events(found.id)).all()
    open_ = may(actor, Permission.EVENT_READ, found.dossier)
    pauses = _read(rows, found.setting, open_)
    names = names_of(tx, _people(pauses))
    return [_completed(pause, names, found.calendar, now) for pause in pauses]


def _pause_events(dossier_id: int) -> Any:
    types = (
        EventType.DOSSIER_PAUSED, EventType.PAUSE_LIMIT_SET, EventType.PAUSE_OVERDUE,
        EventType.DOSSIER_RESUMED, EventType.DUE_DATE_SET,
    )  # fmt: skip
    same = (event_payload.c.dossier_id == event.c.dossier_id) & (event_payload.c.seq == event.c.seq)
    return (
        select(event.c.type, event.c.at, event.c.actor, event.c.data, event_payload.c.body)
        .outerjoin(event_payload, same)
        .where(event.c.dossier_id == dossier_id, event.c.type.in_(types))
        .order_by(event.c.seq)
    )


def _read(rows: Any, setting: Setting, open_: bool) -> list[PauseItem]:
    """A fold over the events; each but the first kind changes the pause that it speaks of."""
    pauses: list[PauseItem] = []
    for row in rows:
        if row.type == EventType.DOSSIER_PAUSED:
            pauses.append(_begun(row, setting, open_))
            continue
        index = _spoken_of(pauses, row)
        if index is not None:
            pauses[index] = replace(pauses[index], **_change(row))
    return pauses


def _begun(row: Any, setting: Setting, open_: bool) -> PauseItem:
    reason = setting.pause_reason(row.data["reason"])
    return PauseItem(
        reason=reason.code,
        name=reason.name,
        policy=reason.policy,
        place=row.data.get("place"),
        since=row.at,
        by=row.actor,
        until=_moment(row.data.get("until")),
        evidence=row.data.get("evidence"),
        note=(row.body or {}).get("note") if open_ else None,
    )


def _spoken_of(pauses: list[PauseItem], row: Any) -> int | None:
    """Index of the pause: the open one at the place, or for a due date the last of its reason."""
    indexes = range(len(pauses) - 1, -1, -1)
    if row.type == EventType.DUE_DATE_SET:
        return next((i for i in indexes if pauses[i].reason == row.data["why"]), None)
    place = row.data.get("place")
    return next((i for i in indexes if _is_open(pauses[i]) and pauses[i].place == place), None)


def _is_open(pause: PauseItem) -> bool:
    return pause.resumed_at is None


def _change(row: Any) -> dict[str, Any]:
    if row.type == EventType.PAUSE_LIMIT_SET:
        return {"until": _moment(row.data["until"]), "asked_by": row.data["asked_by"]}
    if row.type == EventType.PAUSE_OVERDUE:
        return {"overdue_at": row.at}
    if row.type == EventType.DOSSIER_RESUMED:
        return {"resumed_at": row.at, "resumed_by": row.actor}
    return {"due_before": _moment(row.data["before"]), "due_after": _moment(row.data["after"])}


def _people(pauses: list[PauseItem]) -> Iterator[int | None]:
    for pause in pauses:
        yield from (person_of(who or "") for who in (pause.by, pause.asked_by, pause.resumed_by))


def _completed(
    pause: PauseItem, names: Mapping[int, str], calendar: WorkingCalendar, now: datetime
) -> PauseItem:
    end = pause.resumed_at or max(now, pause.since)
    excluded = calendar.working_time(pause.since, end) if pause.policy.halts else timedelta(0)
    return replace(
        pause,
        by_name=_name(pause.by, names),
        asked_by_name=_name(pause.asked_by, names),
        resumed_by_name=_name(pause.resumed_by, names),
        excluded=excluded,
    )


def _name(who: str | None, names: Mapping[int, str]) -> str | None:
    person = person_of(who or "")
    return None if person is None else names.get(person)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
