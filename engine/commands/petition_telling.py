"""Who is told of a petition, through the outbox: its sender, and the officials whose time runs."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.letters.notice_rules import rules_on
from engine.letters.petitions import sms_to_sender, to_official, to_sender
from engine.model.channel import Channel
from engine.model.petition import Petition, PetitionEvent, PetitionSource
from engine.model.responsible import Recipient
from engine.store import agencies, messages
from engine.store.messages import Draft


def tell_sender(
    tx: Connection, found: Petition, first: PetitionEvent, kind: str, at: datetime, text: str = ""
) -> None:
    """Write to whoever sent a petition, by mail or else by SMS; the quiet hours hold for these.

    Nobody is written to who left no name, or who reads the answer on the national portal.
    """
    said = first.payload
    if found.anonymous or found.source is PetitionSource.PORTAL:
        return
    key, name = f"petition:{found.code}:{kind}:{at.isoformat()}", said.get("name") or "ông/bà"
    if said.get("email"):
        where = agencies.name_of(tx, found.agency)
        told = {"code": found.code, "agency": where, "until": found.clock.due_at, "text": text}
        mail = to_sender(kind, name, **told)
        drafts = [Draft(key, Channel.MAIL, said["email"], mail, name, agency=found.agency)]
    elif said.get("phone"):
        drafts = [_sms(found, key, kind, said["phone"], at)]
    else:
        drafts = []
    messages.enqueue(tx, drafts, at)


def _sms(found: Petition, key: str, kind: str, phone: str, at: datetime) -> Draft:
    morning = rules_on(local(at).date()).quiet.over(at)
    letter, name = sms_to_sender(kind, found.code), f"Người gửi {found.code}"
    return Draft(key, Channel.SMS, phone, letter, name, agency=found.agency, not_before=morning)


def tell_officials(
    tx: Connection, found: Petition, people: Iterable[Recipient], kind: str, at: datetime
) -> None:
    """Write to officials that they were given a petition, or that a time limit is near or over."""
    until = found.step_due_at or found.clock.due_at
    drafts = (
        Draft(
            f"petition:{found.code}:{kind}:{at.isoformat()}:{to.id}",
            Channel.MAIL,
            to.email,
            to_official(kind, to.full_name, found.code, found.state, until),
            to.full_name,
            user_id=to.id,
            agency=found.agency,
        )
        for to in people
        if to.email
    )
    messages.enqueue(tx, drafts, at)
