"""The life of a petition: a fold over its events. Pure; calendars are given by the caller.

Every event carries (`data["calendar"]`) the edition of the calendar that was in force for the
agency then, so that the same events always give the same petition.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.deadlines.calendar import WorkingCalendar, local
from engine.deadlines.clock_policy import ClockPolicy
from engine.errors.petitions import PetitionActNotOpen
from engine.model.alert import Level, Rung
from engine.model.petition import (
    OPEN_STATES,
    PETITION_STATE_NAMES,
    Petition,
    PetitionEvent,
    PetitionEventType,
    PetitionKind,
    PetitionSource,
    PetitionState,
)
from engine.petitions.rules import PetitionRules, rules_on

Calendars = Callable[[str], WorkingCalendar]
"""The calendar of an edition, by its digest."""

_T, _S = PetitionEventType, PetitionState
_OPEN: Mapping[PetitionEventType, tuple[frozenset[PetitionState], str]] = {
    _T.PETITION_REFUSED: (OPEN_STATES, "từ chối xử lý"),
    _T.PETITION_SUPPLEMENT_ASKED: (OPEN_STATES - {_S.SUPPLEMENT_ASKED}, "yêu cầu bổ sung"),
    _T.PETITION_SUPPLIED: (frozenset({_S.SUPPLEMENT_ASKED}), "nhận bổ sung"),
    _T.PETITION_ACCEPTED: (OPEN_STATES - {_S.SUPPLEMENT_ASKED}, "giao xử lý"),
    _T.PETITION_LINKED: (OPEN_STATES, "ghi hồ sơ hoặc cán bộ liên quan"),
    _T.PETITION_FORWARDED: (OPEN_STATES, "chuyển cơ quan khác"),
    _T.PETITION_ANSWERED: (frozenset({_S.PROCESSING}), "trả lời"),
    _T.PETITION_PUBLISHED: (frozenset({_S.ANSWERED}), "công khai"),
    _T.PETITION_WITHHELD: (frozenset({_S.ANSWERED}), "quyết định không công khai"),
    _T.PETITION_ALERTED: (OPEN_STATES | {_S.ANSWERED}, "cảnh báo"),
    _T.PETITION_RATED: (frozenset({_S.ANSWERED, _S.PUBLISHED, _S.WITHHELD}), "đánh giá"),
}
"""In which states an act is open, and what it is called in a refusal."""


def fold(code: str, events: Iterable[PetitionEvent], calendars: Calendars) -> Petition:
    """The petition that its events give; the first one is its receipt."""
    first, *others = events
    petition = received(code, first, calendars)
    for event in others:
        petition = after(petition, event, calendars)
    return petition


def received(code: str, event: PetitionEvent, calendars: Calendars) -> Petition:
    """A petition as it is when it came in."""
    data, calendar = event.data, calendars(event.data["calendar"])
    rules = rules_on(local(event.at).date())
    petition = Petition(
        code=code,
        kind=PetitionKind(data["kind"]),
        source=PetitionSource(data["source"]),
        agency=data["agency"],
        field=data["field"],
        dossier=data["dossier"],
        officer=data["officer"],
        anonymous=data["anonymous"],
        external=data["external"],
        received_at=event.at,
        here_since=event.at,
        state=PetitionState.RECEIVED,
        clock=rules.clock(event.at, calendar),
        step_due_at=None,
    )
    return _watched(petition, event.at, rules, calendar)


def after(petition: Petition, event: PetitionEvent, calendars: Calendars) -> Petition:
    """The petition after one more event; raises `PetitionActNotOpen`."""
    states, act = _OPEN[event.type]
    if petition.state not in states:
        state = PETITION_STATE_NAMES[petition.state]
        raise PetitionActNotOpen(code=petition.code, state=state, act=act)
    calendar, rules = calendars(event.data["calendar"]), rules_of(petition)
    changed = _CHANGES[event.type](petition, event, rules, calendar)
    if event.type in _UNWATCHED:
        return changed
    return _watched(changed, event.at, rules, calendar)


def rules_of(petition: Petition) -> PetitionRules:
    """The time limits that hold for a petition."""
    return rules_on(local(petition.received_at).date())


def alert_at(petition: Petition, now: datetime) -> tuple[Level, Rung] | None:
    """What is to be told now: the worst that has come; None when nothing has."""
    if petition.watched is None or petition.step_due_at is None or now < petition.watched:
        return None
    if petition.level is Level.OVERDUE:
        return Level.OVERDUE, Rung.LEADER
    late = now >= petition.step_due_at
    return (Level.OVERDUE if late else Level.NEAR_DUE_1), Rung.HOLDER


def _watched(
    petition: Petition, at: datetime, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    """With the next time limit, and the first moment at which that turns worse."""
    calm = replace(petition, level=None, rung=int(Rung.HOLDER), alerted_at=None)
    limit = _limit(petition, at, rules, calendar)
    if limit is None:
        return replace(calm, step_due_at=None, watched=None)
    name, until = limit
    spare = calendar.working_time(at, until) - rules.near[name]
    near = calendar.add_working_time(at, spare) if spare.total_seconds() > 0 else until
    return replace(calm, step_due_at=until, watched=min(near, until))


def _limit(
    petition: Petition, at: datetime, rules: PetitionRules, calendar: WorkingCalendar
) -> tuple[str, datetime] | None:
    if petition.state is PetitionState.RECEIVED:
        return "refuse", rules.until("refuse", petition.here_since, calendar)
    if petition.state is PetitionState.PROCESSING:
        return "answer", petition.clock.due_at
    if petition.state is PetitionState.ANSWERED:
        return "publish", rules.until("publish", petition.answered_at or at, calendar)
    return None


def _refused(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    if petition.asked:
        late = petition.clock.is_overdue(event.at)
    else:
        late = event.at > rules.until("refuse", petition.here_since, calendar)
    clock = petition.clock.stop(calendar, event.at)
    ended = replace(petition, state=PetitionState.REFUSED, clock=clock, ended_at=event.at)
    return _missing(ended, "refuse") if late else ended


def _asked(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    """Only the first time it is asked counts from the receipt."""
    late = not petition.asked and event.at > rules.until("ask", petition.here_since, calendar)
    clock = petition.clock.pause(calendar, event.at, ClockPolicy.PAUSE)
    asked = replace(
        petition, state=PetitionState.SUPPLEMENT_ASKED, clock=clock, asked=petition.asked + 1
    )
    return _missing(asked, "ask") if late else asked


def _supplied(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    clock = petition.clock.resume(calendar, event.at)
    return replace(petition, state=PetitionState.PROCESSING, clock=clock)


def _accepted(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    return replace(petition, state=PetitionState.PROCESSING, handler=event.data["handler"])


def _linked(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    """Whoever is complained of deals with it no longer."""
    officer = event.data["officer"]
    handler = None if petition.handler == officer else petition.handler
    return replace(petition, dossier=event.data["dossier"], officer=officer, handler=handler)


def _forwarded(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    """The clock of the agency that is competent begins anew, on its own calendar."""
    if event.data["agency"] is None:
        clock = petition.clock.stop(calendar, event.at)
        return replace(petition, state=PetitionState.FORWARDED, clock=clock, ended_at=event.at)
    return replace(
        petition,
        agency=event.data["agency"],
        state=PetitionState.RECEIVED,
        here_since=event.at,
        clock=rules.clock(event.at, calendar),
        handler=None,
        asked=0,
    )


def _answered(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    late = petition.clock.is_overdue(event.at)
    clock = petition.clock.stop(calendar, event.at)
    answered = replace(
        petition,
        state=PetitionState.ANSWERED,
        clock=clock,
        answered_at=event.at,
        ended_at=event.at,
    )
    return _missing(answered, "answer") if late else answered


def _published(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    public = replace(petition, state=PetitionState.PUBLISHED, published_at=event.at)
    late = petition.step_due_at is not None and event.at > petition.step_due_at
    return _missing(public, "publish") if late else public


def _withheld(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    return replace(petition, state=PetitionState.WITHHELD)


def _alerted(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    level, rung = Level(event.data["level"]), Rung(event.data["rung"])
    due_at = petition.step_due_at
    if level is not Level.OVERDUE:
        watched = due_at
    elif rung < Rung.LEADER and due_at is not None:
        watched = calendar.add_working_time(due_at, rules.climb)
    else:
        watched = None
    return replace(petition, level=level, rung=int(rung), watched=watched, alerted_at=event.at)


def _rated(
    petition: Petition, event: PetitionEvent, rules: PetitionRules, calendar: WorkingCalendar
) -> Petition:
    first = petition.rated_at or event.at
    return replace(petition, stars=event.data["stars"], rated_at=first)


def _missing(petition: Petition, name: str) -> Petition:
    return replace(petition, missed=(*petition.missed, name))


_CHANGES: Mapping[PetitionEventType, Callable[[Petition, PetitionEvent, Any, Any], Petition]] = {
    _T.PETITION_REFUSED: _refused,
    _T.PETITION_SUPPLEMENT_ASKED: _asked,
    _T.PETITION_SUPPLIED: _supplied,
    _T.PETITION_ACCEPTED: _accepted,
    _T.PETITION_LINKED: _linked,
    _T.PETITION_FORWARDED: _forwarded,
    _T.PETITION_ANSWERED: _answered,
    _T.PETITION_PUBLISHED: _published,
    _T.PETITION_WITHHELD: _withheld,
    _T.PETITION_ALERTED: _alerted,
    _T.PETITION_RATED: _rated,
}
_UNWATCHED = frozenset({_T.PETITION_ALERTED, _T.PETITION_RATED, _T.PETITION_LINKED})
"""After these the same time limit is watched as before."""
