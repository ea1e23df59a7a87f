"""Conditions that many acts share."""

from collections.abc import Mapping
from typing import Any

from engine.errors import DossierFinished, DossierSuspended, TaskNotOpen, ValueNotKeepable
from engine.life.setting import Setting
from engine.model.dossier import Dossier, Task


def require_unfinished(dossier: Dossier) -> None:
    """Raise `DossierFinished` when nothing more can happen to the dossier."""
    if dossier.outcome is not None:
        raise DossierFinished(code=dossier.code)


def require_work_allowed(dossier: Dossier, setting: Setting) -> None:
    """Raise `DossierFinished` or `DossierSuspended` unless people may work on the dossier."""
    require_unfinished(dossier)
    if pause := dossier.suspended:
        raise DossierSuspended(code=dossier.code, reason=setting.pause_reason(pause.reason).name)


def open_task(dossier: Dossier, place: int) -> Task:
    """The open task at a place; raises `TaskNotOpen` when someone was faster."""
    if place not in dossier.tasks:
        raise TaskNotOpen(code=dossier.code, place=place)
    return dossier.tasks[place]


def require_keepable(said: Any) -> None:
    """Raise `ValueNotKeepable` for a text that databases cannot hold, however deep it lies."""
    if isinstance(said, str):
        if "\0" in said or (not said.isascii() and _has_half_letters(said)):
            raise ValueNotKeepable(reason="ký tự không hợp lệ")
    elif isinstance(said, Mapping):
        for key, value in said.items():
            require_keepable(key)
            require_keepable(value)
    elif isinstance(said, list | tuple):
        for value in said:
            require_keepable(value)


def _has_half_letters(text: str) -> bool:
    """Whether a text holds one half of a surrogate pair, which has no UTF-8 form."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
