"""What lies beside the log of a dossier and says something of people, taken away by law."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, update

from engine.model.dossier import Dossier
from engine.model.masking import MASK
from engine.store import search_terms
from engine.store.desk_tables import draft
from engine.store.inbox_tables import search_term
from engine.store.letter_tables import letter
from engine.store.notice_tables import notice
from engine.store.outbox_tables import message
from engine.store.paper_tables import dossier_file
from engine.store.rating_tables import rating
from engine.store.tables import dossier as dossiers
from engine.store.tables import event_payload


class Left(NamedTuple):
    """What is left of the payload of an event, with the salt of its digest."""

    seq: int
    salt: bytes
    body: Mapping[str, Any]


def replace_payloads(tx: Connection, dossier_id: int, left: Iterable[Left]) -> None:
    """Take away all that was said in a dossier, and put what is left of it in its place."""
    tx.execute(delete(event_payload).where(event_payload.c.dossier_id == dossier_id))
    rows = [{"dossier_id": dossier_id, **each._asdict()} for each in left]
    tx.execute(insert(event_payload), rows)


def forget(
    tx: Connection, dossier_id: int, dossier: Dossier, said: Mapping[str, Any], files: Sequence[str]
) -> None:
    """Bring what was derived of it in line: by what the dossier is found, what its owner is called
    (`said` is what is left of the submission), what was sent, drawn, commented and drafted; and
    name its destroyed `files` no more."""
    tx.execute(
        update(dossiers).where(dossiers.c.id == dossier_id).values(owner_name=said["owner"]["name"])
    )
    tx.execute(delete(search_term).where(search_term.c.dossier_id == dossier_id))
    search_terms.add(tx, dossier_id, dossier, said)
    sent = dict.fromkeys(("address", "name", "subject", "body"), MASK)
    ours = (message.c.dossier_id == dossier_id, message.c.user_id.is_(None))
    waiting = message.c.next_attempt_at.is_not(None)
    dropped = {"next_attempt_at": None, "withdrawn_at": dossier.masked_at}
    tx.execute(update(message).where(*ours, waiting).values(dropped))
    tx.execute(update(message).where(*ours).values(sent))
    told: dict[str, Any] = {"address": MASK, "said": {}, "answer": None}
    tx.execute(update(notice).where(notice.c.dossier_id == dossier_id).values(told))
    tx.execute(update(rating).where(rating.c.dossier_id == dossier_id).values(comment=None))
    tx.execute(update(letter).where(letter.c.dossier_id == dossier_id).values(file=None))
    tx.execute(delete(draft).where(draft.c.dossier_id == dossier_id))
    gone = dossier_file.c.file.in_(files)
    tx.execute(delete(dossier_file).where(dossier_file.c.dossier_id == dossier_id, gone))
