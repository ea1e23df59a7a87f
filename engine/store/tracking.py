"""Who may look up a dossier without an account: whoever knows its code and one thing more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.errors.tracking import NothingTracked
from engine.model.event import EventType
from engine.model.factor import matches
from engine.model.slip_link import is_slip_key
from engine.store.tables import dossier, event, event_payload

_SUBMISSION = 1
"""`seq` of the event whose payload says who owns and who handed in a dossier."""
_FACTORS = [("owner", "personal_id"), ("owner", "phone")]
_FACTORS += [("submitter", number) for _, number in _FACTORS]
_LOOK_UP = (
    select(dossier.c.id, *(event_payload.c.body[path].as_string() for path in _FACTORS))
    .outerjoin(
        event_payload,
        (event_payload.c.dossier_id == dossier.c.id) & (event_payload.c.seq == _SUBMISSION),
    )
    .where(dossier.c.code == bindparam("the_code"))
)


_CORRECTED = (
    select(event.c.data, event_payload.c.body["phone"].as_string())
    .outerjoin(
        event_payload,
        (event_payload.c.dossier_id == event.c.dossier_id) & (event_payload.c.seq == event.c.seq),
    )
    .where(
        event.c.dossier_id == bindparam("the_dossier"),
        event.c.type == EventType.CONTACT_CORRECTED,
    )
    .order_by(event.c.seq)
)


@dataclass(frozen=True)
class Claim:
    """A code with a personal ID or phone number of owner or submitter, or the key of its slip."""

    code: str
    factor: str = field(default="", repr=False)
    key: str = field(default="", repr=False)

    @property
    def plain_code(self) -> str:
        """The code as it is kept, however it was typed: without blanks, in capital letters."""
        return "".join(self.code.split()).replace("–", "-").upper()


def admit(tx: Connection, claim: Claim, secret: str) -> int:
    """The id of the dossier that a claim is good for; raises `NothingTracked`.

    It does the same, and says the same, whether there is no such dossier or the rest is wrong.
    """
    code = claim.plain_code
    row: Sequence[Any] = tx.execute(_LOOK_UP, {"the_code": code}).one_or_none() or _NOBODY
    id_, *said = row
    kept = _as_corrected(tx, id_, said)
    by_key, by_factor = is_slip_key(secret, code, claim.key), matches(claim.factor, kept)
    if id_ is None or not (by_key or by_factor):
        raise NothingTracked()
    return int(id_)


def _as_corrected(tx: Connection, id_: int | None, said: Sequence[Any]) -> list[Any]:
    """What is known of people now: whoever has a number that turned out wrong is a stranger."""
    known = dict(zip(_FACTORS, said, strict=True))
    for data, phone in tx.execute(_CORRECTED, {"the_dossier": id_}):
        known[data["party"], "phone"] = phone
    return list(known.values())


_NOBODY = (None,) * (1 + len(_FACTORS))
