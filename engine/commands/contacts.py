"""Messages that do not reach the citizen, contacts put right, notices sent again."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require, require_readable
from engine.errors.contacts import NoAddress, NoticeUnknown, NoticeWaiting, PartyUnknown
from engine.model.actor import Actor, Permission
from engine.model.channel import Channel
from engine.model.contact import MEANS_NAMES, Contact, Means, Party
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Act, EventType
from engine.store import dossiers, notices
from engine.store.contacts import contacts


@dataclass(frozen=True)
class CorrectContact:
    """How someone is reached from now on; what is None they do not have."""

    target: Target
    party: Party
    contact: Contact = field(repr=False)
    note: str | None = None


@dataclass(frozen=True)
class SendAgain:
    """A notice of a dossier that is to reach the citizen once more."""

    code: str
    notice: int


@dataclass(frozen=True)
class Undelivered:
    """A message to a citizen that the other side will never take, or gave back: what it said."""

    key: str
    channel: Channel
    why: str
    said: str = field(repr=False)


REFUSED, BOUNCED = "refused", "bounced"
"""Why a message did not arrive: not taken at the door, or given back later."""


def correct_contact(
    tx: Connection, command: CorrectContact, actor: Actor, now: datetime
) -> Dossier:
    """Put a contact right; what had not arrived goes there.

    Raises `DossierUnknown`, `NotPermitted`, `PartyUnknown`, `RevisionStale`.
    """
    check = require(actor, Permission.CITIZEN_TELL, "sửa liên hệ của người nộp hồ sơ này")
    loaded = dossiers.lock(tx, command.target.code)
    require_readable(actor, loaded.dossier)
    if command.party not in contacts(tx, loaded.id, loaded.dossier).people:
        raise PartyUnknown(code=command.target.code)
    said = {**vars(command.contact), "note": command.note}
    act = act_of(actor, EventType.CONTACT_CORRECTED, now, {"party": command.party.value}, said)
    dossier = act_on(tx, command.target, act, check)
    for means in Means:
        address = command.contact.address(means)
        notices.redirect(tx, loaded.id, command.party, means, address, now)
    return dossier


def send_again(tx: Connection, command: SendAgain, actor: Actor, now: datetime) -> None:
    """Let a notice leave once more, to where the citizen is reached now; quiet hours still hold.

    Raises `DossierUnknown`, `NotPermitted`, `NoticeUnknown`, `NoticeWaiting`, `NoAddress`.
    """
    loaded = dossiers.lock(tx, command.code)
    require(actor, Permission.CITIZEN_TELL, "gửi tin cho người nộp hồ sơ này")(loaded.dossier)
    row = notices.get(tx, loaded.id, command.notice)
    if row is None:
        raise NoticeUnknown(code=command.code)
    if row.ready_at is not None:
        raise NoticeWaiting()
    means = Means(row.means)
    address = contacts(tx, loaded.id, loaded.dossier).of(Party(row.party)).address(means)
    if address is None:
        raise NoAddress(code=command.code, means=MEANS_NAMES[means])
    notices.send_again(tx, row, address, now)


def note_undelivered(tx: Connection, failed: Undelivered, now: datetime) -> None:
    """A notice did not arrive: who has no Zalo is told by SMS; else the counter will find out.

    No dossier is touched here, for outcomes of many messages are recorded together. Nothing
    happens to messages that tell no notice, or whose notices were settled meanwhile.
    """
    if failed.channel is Channel.ZALO:
        notices.try_by(tx, failed.key, Channel.SMS, now)
    else:
        notices.fail(tx, failed.key, failed.why, failed.said)


def note_missed(tx: Connection, now: datetime) -> bool:
    """Write into the log of one dossier that a contact failed; False where none is left to note.

    It is no news when it is known already, is not the contact any more, or does not matter.
    """
    missed = notices.next_missed(tx)
    if missed is None:
        return False
    loaded = dossiers.lock(tx, missed.code)
    party, means = missed.party, missed.means
    known = {(each.party, each.means) for each in loaded.dossier.unreached}
    address = contacts(tx, loaded.id, loaded.dossier).of(party).address(means)
    if missed.verified and (party, means) not in known and address == missed.address:
        plain = {name: str(getattr(missed, name)) for name in ("party", "means", "channel", "why")}
        said = {"address": missed.address, "said": missed.answer}
        act = Act(EventType.CONTACT_FAILED, SYSTEM, now, plain, said)
        act_on(tx, Target(missed.code), act, lambda _: None)
    notices.noted(tx, missed.id)
    return True
