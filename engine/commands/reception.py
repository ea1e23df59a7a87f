"""Receiving at the counter, step by step: what is typed is kept until it becomes one dossier."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.submission import SubmitDossier, submit_dossier
from engine.errors import NotPermitted
from engine.errors.catalogue import NobodyCompetent
from engine.errors.reception import ReceptionTooLarge
from engine.life.guards import require_keepable
from engine.model.actor import Actor, Permission, may_at
from engine.store import agencies, definitions, opening, reception_drafts
from engine.store.reception_drafts import ReceptionDraft

MOST_LETTERS = 120_000
"""Letters of all names and texts: twice what the largest form has room for."""


def begin_reception(
    tx: Connection, procedure: str, agency: str, actor: Actor, now: datetime
) -> int:
    """Begin to receive somebody's application; returns the number of the draft. For a procedure
    that was replaced it is one of that which replaced it.

    Raises `NotPermitted`, `ProcedureUnknown`, `ProcedureRepealed` or `NobodyCompetent`.
    """
    if not may_at(actor, Permission.DOSSIER_RECEIVE, agency):
        raise NotPermitted(what=f"tiếp nhận hồ sơ tại cơ quan {agency}")
    procedure = opening.in_its_place(tx, procedure, now)
    version = definitions.version(tx, opening.open_version(tx, procedure, now))
    if not agencies.deciding(tx, version.facts.levels, agency):
        raise NobodyCompetent(procedure=procedure)
    return reception_drafts.add(tx, actor.id, agency, procedure, now)


def save_reception(
    tx: Connection, number: int, texts: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Keep what was typed in the place of what was kept before.

    Raises `ReceptionUnknown`, `ReceptionTooLarge` or `ValueNotKeepable`.
    """
    require_keepable(texts)
    if sum(len(name) + len(text) for name, text in texts.items()) > MOST_LETTERS:
        raise ReceptionTooLarge(most=MOST_LETTERS)
    draft = reception_drafts.get(tx, number, actor.id, lock=True)
    if draft.dossier is None:
        reception_drafts.save(tx, number, texts, now)


def drop_reception(tx: Connection, number: int, actor: Actor) -> None:
    """Throw away what was typed; raises `ReceptionUnknown`."""
    reception_drafts.get(tx, number, actor.id, lock=True)
    reception_drafts.drop(tx, number)


def finish_reception(
    tx: Connection,
    number: int,
    command: Callable[[ReceptionDraft], SubmitDossier],
    actor: Actor,
    now: datetime,
) -> str:
    """Make the dossier and forget what was typed; returns its code. However often it is asked
    for, there is one dossier.

    Raises `ReceptionUnknown` and what `submit_dossier` raises.
    """
    draft = reception_drafts.get(tx, number, actor.id, lock=True)
    if draft.dossier is not None:
        return draft.dossier
    code = submit_dossier(tx, command(draft), actor, now).code
    reception_drafts.hand_in(tx, number, code, now)
    return code
