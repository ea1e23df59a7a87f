"""What the tests of migration share."""

from bpmn.procedure import Procedure
from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from tests.unit.engine.living import Life

Steps = dict[str, str]


def moved(
    life: Life, to: Procedure, steps: Steps | None = None, limits: str = "kept"
) -> list[Event]:
    """Person 9 takes the dossier to another version."""
    life.versions[to.digest] = to
    data = {"to": to.digest, "steps": steps or {}, "limits": limits}
    return life.act(EventType.DOSSIER_MIGRATED, 9, None, **data)


def open_steps(dossier: Dossier) -> list[str]:
    tasks, waits = dossier.tasks.values(), dossier.waits.values()
    return sorted([*(task.step for task in tasks), *(wait.step for wait in waits)])


def types(events: list[Event]) -> list[EventType]:
    return [event.type for event in events]
