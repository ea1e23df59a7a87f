"""What officials do with a petition. Nobody deals with one that is about themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.petition_telling import tell_officials, tell_sender
from engine.errors import NotPermitted
from engine.errors.petitions import (
    ConflictOfInterest,
    HandlerNotEligible,
    PersonalDataLeft,
    PetitionChanged,
    PetitionInvalid,
    PetitionUnknown,
)
from engine.model.actor import Actor, Permission, may_at
from engine.model.petition import Petition, PetitionEvent, PetitionEventType
from engine.petitions.redacting import personal_data
from engine.store import agencies, dossiers, petition_people, petitions, users
from engine.store.petitions import Held

MOST_TEXT = 10_000


@dataclass(frozen=True)
class OnPetition:
    """The petition that is meant, and as the actor last saw it (None: as it is); `text` is what is
    said with the act: a reason, a question, an answer."""

    code: str
    revision: int | None = None
    text: str = field(default="", repr=False)


def accept(
    tx: Connection, command: OnPetition, handler: int, actor: Actor, now: datetime
) -> Petition:
    """Take a petition up, or give it to someone else; who has it is told.

    Raises what all acts here do, and `HandlerNotEligible`, `UserUnknown`.
    """
    case = _Case.of(tx, command, actor, now)
    person, before = users.actor_by_id(tx, handler, now), case.held.petition
    if person.id == before.officer:
        raise ConflictOfInterest(code=command.code, name=person.full_name)
    if not petition_people.may_handle(person, before):
        raise HandlerNotEligible(name=person.full_name)
    found = case.add(PetitionEventType.PETITION_ACCEPTED, {"handler": handler})
    if person.id != actor.id:
        tell_officials(tx, found, [petition_people.person(tx, handler)], "given", now)
    return found


@dataclass(frozen=True)
class Concerned:
    """Which dossier and which official a petition is about; None where neither is known."""

    dossier: str | None = None
    officer: int | None = None


def link(
    tx: Connection, command: OnPetition, about: Concerned, actor: Actor, now: datetime
) -> Petition:
    """Note what a petition is about; an official who is complained of deals with it no longer.

    Raises what all acts here do, and `DossierUnknown`, `UserUnknown`.
    """
    case = _Case.of(tx, command, actor, now)
    if about.dossier is not None:
        dossiers.read(tx, about.dossier)
    if about.officer is not None:
        users.actor_by_id(tx, about.officer)
    return case.add(PetitionEventType.PETITION_LINKED, vars(about))


def refuse(tx: Connection, command: OnPetition, actor: Actor, now: datetime) -> Petition:
    """Do not deal with it, for a reason that the sender is told."""
    case = _Case.of(tx, command, actor, now)
    return case.say(PetitionEventType.PETITION_REFUSED, command.text, "refused")


def ask_for_more(tx: Connection, command: OnPetition, actor: Actor, now: datetime) -> Petition:
    """Ask the sender for more; until it comes no time is counted.

    Raises what all acts here do, and `PetitionInvalid` where nobody can be asked.
    """
    case = _Case.of(tx, command, actor, now)
    if case.held.petition.anonymous:
        raise PetitionInvalid(reason="phản ánh ẩn danh, không có ai để hỏi thêm")
    return case.say(PetitionEventType.PETITION_SUPPLEMENT_ASKED, command.text, "asked")


def answer(tx: Connection, command: OnPetition, actor: Actor, now: datetime) -> Petition:
    """Answer the sender."""
    case = _Case.of(tx, command, actor, now)
    return case.say(PetitionEventType.PETITION_ANSWERED, command.text, "answered")


@dataclass(frozen=True)
class Forwarding:
    """To whom a petition goes: an agency of the house, or one that works with other software."""

    agency: str | None = None
    outside: str | None = None


def forward(
    tx: Connection, command: OnPetition, to: Forwarding, actor: Actor, now: datetime
) -> Petition:
    """Let the agency that is competent deal with it; its time begins anew.

    Raises what all acts here do, `AgencyUnknown`, and `PetitionInvalid` unless there is exactly
    one other agency to go to.
    """
    case = _Case.of(tx, command, actor, now)
    outside = (to.outside or "").strip() or None
    if (to.agency is None) == (outside is None) or to.agency == case.held.petition.agency:
        raise PetitionInvalid(reason="hãy chọn một cơ quan khác để chuyển đến")
    data: dict[str, Any] = {"agency": to.agency, "outside": outside}
    if to.agency is not None:
        data["calendar"] = petitions.calendar_of(tx, to.agency)
    text = _text(command.text)
    found = case.add(PetitionEventType.PETITION_FORWARDED, data, {"text": text})
    where = outside or agencies.name_of(tx, found.agency)
    told = f"Cơ quan nhận: {where}. {text}"
    tell_sender(tx, found, case.held.events[0], "forwarded", now, told)
    return found


@dataclass(frozen=True)
class Public:
    """What is published: the matter and the answer in short, without anybody's personal data."""

    question: str
    answer: str


def publish(
    tx: Connection, command: OnPetition, public: Public, actor: Actor, now: datetime
) -> Petition:
    """Put matter and answer on the public list.

    Raises what all acts here do, and `PersonalDataLeft` where somebody can be found by them.
    """
    case = _Case.of(tx, command, actor, now)
    payload = {"question": _text(public.question), "answer": _text(public.answer)}
    names = known_names(tx, case.held.petition, case.held.events[0])
    if found := personal_data("\n".join(payload.values()), names):
        raise PersonalDataLeft(found=", ".join(found))
    return case.add(PetitionEventType.PETITION_PUBLISHED, {}, payload)


def withhold(tx: Connection, command: OnPetition, actor: Actor, now: datetime) -> Petition:
    """Decide not to publish it, for a reason."""
    case = _Case.of(tx, command, actor, now)
    return case.say(PetitionEventType.PETITION_WITHHELD, command.text)


def known_names(tx: Connection, found: Petition, first: PetitionEvent) -> list[str | None]:
    """The names that must not be published: of the sender, and of whom it is about."""
    officer = found.officer and petition_people.person(tx, found.officer).full_name
    return [first.payload.get("name"), first.payload.get("about"), officer or None]


@dataclass(frozen=True)
class _Case:
    """A petition in the hands of someone who may deal with it."""

    tx: Connection
    held: Held
    actor: Actor
    now: datetime

    @classmethod
    def of(cls, tx: Connection, command: OnPetition, actor: Actor, now: datetime) -> "_Case":
        """Raises `PetitionUnknown`, `NotPermitted`, `ConflictOfInterest`, `PetitionChanged`."""
        held = petitions.lock(tx, command.code)
        if not may_at(actor, Permission.PETITION_READ, held.petition.agency):
            raise PetitionUnknown(code=command.code)
        if not may_at(actor, Permission.PETITION_HANDLE, held.petition.agency):
            raise NotPermitted(what="xử lý phản ánh, kiến nghị của cơ quan này")
        if not petition_people.may_handle(actor, held.petition):
            raise ConflictOfInterest(code=command.code, name=actor.full_name)
        if command.revision is not None and command.revision != held.revision:
            raise PetitionChanged(code=command.code)
        return cls(tx, held, actor, now)

    def add(
        self,
        type_: PetitionEventType,
        data: Mapping[str, Any],
        payload: Mapping[str, Any] | None = None,
    ) -> Petition:
        """Let it happen; never dated before what happened last, whatever the wall clock says."""
        known = {"calendar": petitions.calendar_of(self.tx, self.held.petition.agency), **data}
        at = max(self.now, self.held.events[-1].at)
        event = PetitionEvent(type_, at, self.actor.key, known, payload or {})
        return petitions.add(self.tx, self.held, event)

    def say(self, type_: PetitionEventType, text: str, letter: str | None = None) -> Petition:
        """Let it happen with these words, and tell the sender where there is a letter for it."""
        said = _text(text)
        found = self.add(type_, {}, {"text": said})
        if letter is not None:
            tell_sender(self.tx, found, self.held.events[0], letter, self.now, said)
        return found


def _text(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said or len(said) > MOST_TEXT or "\0" in said:
        raise PetitionInvalid(reason=f"hãy ghi nội dung, không quá {MOST_TEXT} ký tự")
    return said
