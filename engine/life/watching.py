"""What to watch for: after every act, the moments at which something of a dossier turns worse.

Each subject is watched against one due moment. When that moves, its alert is taken back and the
levels are counted anew; when it stays, what was raised stays raised.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bpmn.steps import Stage
from engine.deadlines.clock import Clock
from engine.life.alerting import latest_alert, restore, withdraw
from engine.life.levels import levels_before, moment_at
from engine.life.reminders import awaited, reminders
from engine.life.turn import Turn
from engine.model.alert import SEVERITY, WHOLE, AlertKey, Level, Reached, Subject, Watch
from engine.model.dossier import Dossier, Task
from engine.model.status import Channel

UNTIL_NOTED = frozenset({Subject.CALENDAR, Subject.PRESS})
"""What is only to be known: it holds until somebody takes note, however long that is."""

RAISED_BY_ACTS = UNTIL_NOTED | {Subject.CONTACT}
"""What no passing of time brings or makes worse."""


@dataclass(frozen=True)
class Aim:
    """A subject with the due moment it is watched against, and the clock that leads there."""

    key: AlertKey
    against: datetime
    clock: Clock | None = None


def keep_watch(turn: Turn) -> None:
    """Bring watches and alerts in line with what is open, running, held and paused."""
    dossier = turn.dossier
    aims = {aim.key: aim for aim in _aims(turn)}
    for alert in [alert for alert in dossier.alerts if alert.live]:
        aim = aims.get(alert.key)
        if aim is None or aim.against != alert.against:
            withdraw(turn, alert, "moved" if aim else "settled")
    _forget_closed_places(dossier)
    dossier.watches = {key: _watch(turn, aim) for key, aim in aims.items()}


def _watch(turn: Turn, aim: Aim) -> Watch:
    raised = latest_alert(turn.dossier, aim.key, aim.against)
    if raised and not raised.live:
        restore(turn, raised)
    watched = turn.dossier.watches.get(aim.key)
    if watched and watched.against == aim.against:
        return watched
    levels = _levels(turn, aim)
    if raised:
        levels = tuple(r for r in levels if SEVERITY[r.level] > SEVERITY[raised.level])
    return Watch(aim.against, levels)


def _levels(turn: Turn, aim: Aim) -> tuple[Reached, ...]:
    subject = aim.key[0]
    if subject in RAISED_BY_ACTS:
        return ()
    if subject is Subject.OBLIGATION:
        return reminders(aim.against, turn.at)
    overdue = Reached(Level.OVERDUE, aim.against)
    if aim.clock is None or subject not in (Subject.DOSSIER, Subject.STEP):
        return (overdue,)
    return (*levels_before(turn, subject, aim.clock), overdue)


def _aims(turn: Turn) -> Iterator[Aim]:
    dossier = turn.dossier
    yield from _to_be_reached(dossier)
    if dossier.outcome is not None:
        return
    clock = dossier.clock
    if clock and clock.is_running and dossier.processed_at is None:
        yield Aim((Subject.DOSSIER, WHOLE), clock.due_at, clock)
    yield from _to_be_noted(dossier)
    for pause in dossier.pauses:
        if pause.until:
            yield Aim((Subject.PAUSE, pause.key), pause.until)
    for place, until in awaited(dossier):
        yield Aim((Subject.OBLIGATION, place), until)
    for task in dossier.tasks.values():
        yield from _aims_at(turn, task)


def _to_be_reached(dossier: Dossier) -> Iterator[Aim]:
    """Also of a dossier that has ended: its papers may still have to be fetched."""
    if dossier.unreached:
        latest = max(each.since for each in dossier.unreached)
        yield Aim((Subject.CONTACT, WHOLE), latest)


def _to_be_noted(dossier: Dossier) -> Iterator[Aim]:
    places = {WHOLE, *dossier.tasks}
    for alert in dossier.alerts:
        held = alert.live and not alert.acknowledged and alert.place in places
        if held and alert.subject in UNTIL_NOTED:
            yield Aim(alert.key, alert.against)


def _aims_at(turn: Turn, task: Task) -> Iterator[Aim]:
    """What is watched of an open task; a step without time limit waits for the citizen."""
    if not task.clock.limit.amount or not task.clock.is_running:
        return
    yield Aim((Subject.STEP, task.place), task.clock.due_at, task.clock)
    alerts = turn.rulebook.alerts
    unassigned = alerts.get(Subject.UNASSIGNED)
    if unassigned and unassigned.after and _waits_for_someone(turn.dossier, task):
        at = moment_at(turn, task.clock, task.held_before, unassigned.after)
        yield Aim((Subject.UNASSIGNED, task.place), at)
    intake = alerts.get(Subject.INTAKE)
    if intake and intake.after and _awaits_intake(turn.dossier, task):
        yield Aim((Subject.INTAKE, task.place), moment_at(turn, task.clock, None, intake.after))


def _waits_for_someone(dossier: Dossier, task: Task) -> bool:
    return task.assignee is None and not dossier.suspended


def _awaits_intake(dossier: Dossier, task: Task) -> bool:
    """Decree 45/2020, art. 11: an application sent in is answered within eight working hours."""
    sent_in = dossier.channel is not Channel.DIRECT
    return sent_in and dossier.received_at is None and task.stage is Stage.RECEIPT


def _forget_closed_places(dossier: Dossier) -> None:
    known = {WHOLE, *dossier.tasks, *(pause.key for pause in dossier.pauses)}
    known |= {place for place, _ in awaited(dossier)}
    dossier.alerts = [alert for alert in dossier.alerts if alert.place in known]
