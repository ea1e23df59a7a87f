"""People around a petition: who may track it, who is told of it, who may deal with it."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import UserUnknown
from engine.errors.petitions import PetitionNotTracked
from engine.model.actor import Actor, Permission, allowing_at
from engine.model.alert import Rung
from engine.model.factor import matches
from engine.model.petition import Petition
from engine.model.responsible import Recipient, Responsible
from engine.model.slip_link import is_slip_key
from engine.store import agencies
from engine.store.petition_tables import petition, petition_payload
from engine.store.recipients import told
from engine.store.tables import user


@dataclass(frozen=True)
class PetitionClaim:
    """A code, with a phone number or e-mail address that was left, or with the secret key."""

    code: str
    factor: str = field(default="", repr=False)
    key: str = field(default="", repr=False)

    @property
    def plain_code(self) -> str:
        """The code as it is kept, however it was typed."""
        return "".join(self.code.split()).replace("–", "-").upper()


def admit(tx: Connection, claim: PetitionClaim, secret: str) -> str:
    """The code of the petition that a claim is good for; raises `PetitionNotTracked`.

    It says the same whether there is no such petition or the rest is wrong.
    """
    code = claim.plain_code
    said = _contacts(tx, code)
    by_key = is_slip_key(secret, code, claim.key) or is_slip_key(secret, code, claim.factor)
    if said is None or not (by_key or _is_theirs(claim.factor, said)):
        raise PetitionNotTracked()
    return code


def _contacts(tx: Connection, code: str) -> dict[str, Any] | None:
    """What the sender left; nothing of a petition whose payload was erased."""
    query = (
        select(petition_payload.c.body)
        .select_from(petition)
        .outerjoin(petition_payload, petition_payload.c.seq == petition.c.opened_seq)
        .where(petition.c.code == code)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else row.body or {}


def _is_theirs(factor: str, said: dict[str, Any]) -> bool:
    email = (said.get("email") or "").casefold().encode()
    by_email = hmac.compare_digest(email, factor.strip().casefold().encode())
    return matches(factor, [said.get("phone")]) or (by_email and bool(email))


def may_handle(actor: Actor, found: Petition) -> bool:
    """Whether the actor may deal with a petition: nobody does with one about themselves, nor in
    the place of someone it is about."""
    if found.officer is not None and found.officer == actor.id:
        return False
    grants = allowing_at(actor, Permission.PETITION_HANDLE, found.agency)
    return any(grant.lent_by is None or grant.lent_by != found.officer for grant in grants)


def may_know_sender(actor: Actor, found: Petition) -> bool:
    """Whether the actor may see who sent a petition: not those it is about, nor who stands in
    for them."""
    lenders = {grant.lent_by for grant in actor.grants} - {None}
    return found.officer is None or found.officer not in {actor.id, *lenders}


def person(tx: Connection, user_id: int) -> Recipient:
    """Someone by name and address; raises `UserUnknown`."""
    query = select(user.c.id, user.c.full_name, user.c.email).where(user.c.id == user_id)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise UserUnknown(user=user_id)
    return Recipient(row.id, row.full_name, row.email)


def told_of(tx: Connection, found: Petition, rung: Rung, day: date) -> list[Recipient]:
    """Who is told that a time limit is near or over; never those it is about. Where the agency
    has nobody else, those of the one above."""
    above = agencies.parents(tx).get(found.agency)
    for where, step in ((found.agency, rung), (found.agency, Rung.LEADER), (above, Rung.LEADER)):
        if where is not None and (people := _on(tx, where, step, found, day)):
            return people
    return []


def _on(tx: Connection, agency: str, rung: Rung, found: Petition, day: date) -> list[Recipient]:
    """Of a petition that nobody deals with yet, the officers of procedure control are told."""
    held = rung is Rung.HOLDER and found.handler is not None
    step = Rung.CONTROL_OFFICER if rung is Rung.HOLDER and not held else rung
    _, people = told(tx, step, Responsible(agency, holder=found.handler), day)
    return list(_others(people, found))


def _others(people: Iterable[Recipient], found: Petition) -> Iterable[Recipient]:
    return (person for person in people if person.id != found.officer)
