"""A dossier's log as a story: acts, the latest first, each with what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.dossier.scene import Scene
from bpmn.answers import Answer, answers
from engine.model.event import Event, EventType
from engine.queries.events import EventItem
from engine.queries.people import names_of
from engine.queries.telling import Teller, people_in


@dataclass(frozen=True)
class ToldAct:
    """One act in words, what was entered with it, and its consequences in words."""

    event: EventItem
    who: str
    text: str
    entered: Sequence[Answer]
    note: str
    consequences: Sequence[str]


def told(scene: Scene) -> list[ToldAct]:
    """The whole story."""
    items = scene.events()
    log = [_event(item) for item in items]
    teller = Teller.of(log, scene.setting, names_of(scene.call.tx, people_in(log)))
    effects: dict[int, list[str]] = {}
    for event in log:
        if event.caused_by is not None:
            effects.setdefault(event.caused_by, []).append(teller.tell(event))
    return [
        _told(scene, item, event, teller, effects.get(item.seq, []))
        for item, event in reversed(list(zip(items, log, strict=True)))
        if event.caused_by is None
    ]


def _told(
    scene: Scene, item: EventItem, event: Event, teller: Teller, effects: list[str]
) -> ToldAct:
    said = item.payload or {}
    note = said.get("note") or said.get("reason") or ""
    return ToldAct(
        event=item,
        who=teller.actor(event),
        text=teller.tell(event),
        entered=_entered(event, teller),
        note=note if isinstance(note, str) else "",
        consequences=effects,
    )


def _entered(event: Event, teller: Teller) -> Sequence[Answer]:
    form = event.payload.get("form")
    asked = teller.form_of(event)
    if event.type is not EventType.TASK_COMPLETED or not form or asked is None:
        return ()
    return answers(form, asked)


def _event(item: EventItem) -> Event:
    """The event without what the reader may not read."""
    return Event(
        item.seq, item.type, item.at, item.actor, item.data, item.payload or {}, item.caused_by
    )
