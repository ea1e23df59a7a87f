"""Conditions that many acts share."""

from engine.errors import DossierFinished, DossierSuspended, TaskNotOpen
from engine.life.pause_reasons import pause_reason
from engine.model.dossier import Dossier, Task


def require_unfinished(dossier: Dossier) -> None:
    """Raise `DossierFinished` when nothing more can happen to the dossier."""
    if dossier.outcome is not None:
        raise DossierFinished(code=dossier.code)


def require_work_allowed(dossier: Dossier) -> None:
    """Raise `DossierFinished` or `DossierSuspended` unless people may work on the dossier."""
    require_unfinished(dossier)
    if pause := dossier.suspended:
        raise DossierSuspended(code=dossier.code, reason=pause_reason(pause.reason).name)


def open_task(dossier: Dossier, place: int) -> Task:
    """The open task at a place; raises `TaskNotOpen` when someone was faster."""
    if place not in dossier.tasks:
        raise TaskNotOpen(code=dossier.code, place=place)
    return dossier.tasks[place]
