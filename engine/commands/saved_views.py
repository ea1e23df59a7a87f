"""Lists of the inbox that people keep under a name of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.errors.inbox import SavedViewUnknown, TooManySavedViews
from engine.model.actor import Actor
from engine.store import saved_views

MOST = 30
"""Saved lists of one person."""
LONGEST_NAME = 60


@dataclass(frozen=True)
class SaveView:
    """Keep a filter of the inbox under a name; one of that name is replaced."""

    name: str
    filter: Mapping[str, Any]


def save_view(tx: Connection, command: SaveView, actor: Actor, now: datetime) -> int:
    """Keep a filter; returns its number. Raises `TooManySavedViews`."""
    number = saved_views.put(tx, actor.id, command.name, command.filter, now)
    if saved_views.count(tx, actor.id) > MOST:
        raise TooManySavedViews(most=MOST)
    return number


def forget_view(tx: Connection, number: int, actor: Actor) -> None:
    """Delete one of one's own; raises `SavedViewUnknown`."""
    if not saved_views.remove(tx, actor.id, number):
        raise SavedViewUnknown(view=number)
