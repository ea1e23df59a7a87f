"""What someone has typed into a task's form so far, on whatever computer."""

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.queries.dossiers import Found
from engine.store import drafts
from engine.store.drafts import Draft, DraftKey


def draft_of(tx: Connection, found: Found, place: int, actor: Actor) -> Draft | None:
    """The actor's own draft of an open task; nobody sees another's."""
    return drafts.find(tx, DraftKey(found.id, place, actor.id))
