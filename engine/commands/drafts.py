"""Drafts: what someone has typed into a task's form so far. No part of the dossier's record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.errors import DossierUnknown, DraftTooLarge, NotCandidate, TaskNotOpen
from engine.life.guards import require_keepable
from engine.model.actor import Actor, Permission
from engine.store import drafts
from engine.store.drafts import Draft, DraftKey
from engine.store.tables import dossier, task
from engine.store.visibility import visible_dossiers, workable_tasks

MOST_LETTERS = 60_000
"""Letters of all names and texts of a draft; the largest form shipped has room for 8,000."""


@dataclass(frozen=True)
class SaveDraft:
    """Keep what was typed into the form of an open task, by the names of fields."""

    code: str
    place: int
    texts: Mapping[str, str]


def save_draft(tx: Connection, command: SaveDraft, actor: Actor, now: datetime) -> Draft:
    """Keep a draft until the task is done; what was kept before is replaced.

    Raises `DraftTooLarge`, `TaskNotOpen`, `NotCandidate` or `DossierUnknown`.
    """
    require_keepable(command.texts)
    if sum(len(name) + len(text) for name, text in command.texts.items()) > MOST_LETTERS:
        raise DraftTooLarge(most=MOST_LETTERS)
    key = _key(tx, command.code, command.place, actor)
    draft = Draft(dict(command.texts), now)
    drafts.put(tx, key, draft)
    return draft


def drop_draft(tx: Connection, code: str, place: int, actor: Actor) -> None:
    """Throw one's own draft away."""
    drafts.drop(tx, _key(tx, code, place, actor))


def _key(tx: Connection, code: str, place: int, actor: Actor) -> DraftKey:
    """Whose draft it is. Keeps the task from being completed until the draft is written, lest it
    outlive the task."""
    query = (
        select(task.c.dossier_id, task.c.name, workable_tasks(actor).label("workable"))
        .join(dossier, dossier.c.id == task.c.dossier_id)
        .where(dossier.c.code == code, visible_dossiers(actor, Permission.DOSSIER_READ))
        .where(task.c.place == place, task.c.state == "open")
        .with_for_update(of=task)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        _require_readable(tx, code, actor)
        raise TaskNotOpen(code=code, place=place)
    if not row.workable:
        raise NotCandidate(name=row.name, who="bạn")
    return DraftKey(row.dossier_id, place, actor.id)


def _require_readable(tx: Connection, code: str, actor: Actor) -> None:
    visible = visible_dossiers(actor, Permission.DOSSIER_READ)
    if tx.execute(select(dossier.c.id).where(dossier.c.code == code, visible)).first() is None:
        raise DossierUnknown(code=code)
