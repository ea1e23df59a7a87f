"""What people tell an agency, and what they add to it: without an account, or taken down by staff.

Nothing of what they say is trusted: texts are bounded, a dossier is linked only where there is
one, and nobody is told whether there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.commands.petition_telling import tell_sender
from engine.errors import NotPermitted
from engine.errors.petitions import PetitionActNotOpen, PetitionImported, PetitionInvalid
from engine.model.actor import Actor, Permission, may_at
from engine.model.email import read_email
from engine.model.factor import plain
from engine.model.petition import (
    CITIZEN,
    PETITION_STATE_NAMES,
    Petition,
    PetitionEvent,
    PetitionEventType,
    PetitionKind,
    PetitionSource,
)
from engine.store import petition_log, petition_people, petitions, tracking
from engine.store.petition_people import PetitionClaim
from engine.store.petition_tables import petition as table
from engine.store.ratings import CHANGEABLE
from engine.store.tables import dossier
from engine.store.tracking import Claim

MOST_TEXT, MOST_NAME, MOST_PHONE, MOST_STARS = 5_000, 200, 20, 5
ENTERED = (PetitionSource.HOTLINE, PetitionSource.PORTAL)
"""How staff may say that a petition came."""


@dataclass(frozen=True)
class Sender:
    """Whoever sends a petition. Without a name it is anonymous, and nobody is written to."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


@dataclass(frozen=True)
class SubmitPetition:
    """What is told to which agency. `dossier` is a code as people write it, `about` the official
    as they name them, `claim` shows that one comes from the page of a dossier."""

    kind: PetitionKind
    agency: str
    text: str = field(repr=False)
    sender: Sender = field(default_factory=Sender)
    dossier: str = ""
    about: str = ""
    claim: Claim | None = None


@dataclass(frozen=True)
class EnterPetition:
    """What staff take down from the hotline, or bring over from the national portal (`external` is
    its code there). `officer` is the account of the official complained of."""

    said: SubmitPetition
    source: PetitionSource
    external: str | None = None
    officer: int | None = None
    field: str | None = None


def submit_petition(
    tx: Connection, command: SubmitPetition, secret: str, now: datetime
) -> Petition:
    """Keep what someone without an account says; `secret` is the installation's secret key.

    Raises `PetitionInvalid`, `AgencyUnknown`, `EmailInvalid`, `NothingTracked`.
    """
    source, code = PetitionSource.PUBLIC, _dossier(tx, command.dossier)
    if command.claim is not None:
        tracking.admit(tx, command.claim, secret)
        source, code = PetitionSource.TRACKING, command.claim.plain_code
    data = {"source": source.value, "dossier": code, "officer": None, "external": None}
    return _keep(tx, command, {**data, "field": None}, CITIZEN, now)


def enter_petition(tx: Connection, command: EnterPetition, actor: Actor, now: datetime) -> Petition:
    """Take down what came by telephone, or bring over what came to the national portal.

    Raises `NotPermitted`, `PetitionInvalid`, `PetitionImported`, `AgencyUnknown`, `UserUnknown`,
    `EmailInvalid`.
    """
    said = command.said
    if not may_at(actor, Permission.PETITION_ENTER, said.agency):
        raise NotPermitted(what="ghi phản ánh, kiến nghị cho cơ quan này")
    _require_new(tx, command)
    data = {
        "source": command.source.value,
        "dossier": _dossier(tx, said.dossier),
        "officer": command.officer,
        "external": command.external,
        "field": command.field,
    }
    return _keep(tx, said, data, actor.key, now)


@dataclass(frozen=True)
class SupplyPetition:
    """What a sender adds when asked for more."""

    claim: PetitionClaim
    text: str = field(repr=False)


def supply(tx: Connection, command: SupplyPetition, secret: str, now: datetime) -> Petition:
    """Keep what the sender adds; it goes on being dealt with.

    Raises `PetitionNotTracked`, `PetitionInvalid`, `PetitionActNotOpen`.
    """
    held = petitions.lock(tx, petition_people.admit(tx, command.claim, secret))
    payload = {"text": _text(command.text)}
    type_ = PetitionEventType.PETITION_SUPPLIED
    return _add(tx, held, PetitionEvent(type_, now, CITIZEN, payload=payload))


@dataclass(frozen=True)
class RateAnswer:
    """How content a sender is with the answer: from 1 to 5 stars, and why."""

    claim: PetitionClaim
    stars: int
    comment: str = field(default="", repr=False)


def rate_answer(tx: Connection, command: RateAnswer, secret: str, now: datetime) -> Petition:
    """Keep a rating of an answer; for a day it may be put right.

    Raises `PetitionNotTracked`, `PetitionInvalid`, `PetitionActNotOpen`.
    """
    held = petitions.lock(tx, petition_people.admit(tx, command.claim, secret))
    if not 1 <= command.stars <= MOST_STARS:
        raise PetitionInvalid(reason=f"hãy chọn từ 1 đến {MOST_STARS} sao")
    rated_at = held.petition.rated_at
    if rated_at is not None and now >= rated_at + CHANGEABLE:
        state = PETITION_STATE_NAMES[held.petition.state]
        raise PetitionActNotOpen(code=held.petition.code, state=state, act="đánh giá lại")
    payload = {"comment": _bounded(command.comment)}
    data = {"stars": command.stars}
    type_ = PetitionEventType.PETITION_RATED
    return _add(tx, held, PetitionEvent(type_, now, CITIZEN, data, payload))


def _keep(
    tx: Connection, said: SubmitPetition, data: Mapping[str, Any], actor: str, now: datetime
) -> Petition:
    calendar = petitions.calendar_of(tx, said.agency)
    payload = {"text": _text(said.text), "about": _line(said.about), **_sender(said.sender, data)}
    known = {
        **data,
        "kind": said.kind.value,
        "agency": said.agency,
        "anonymous": not payload["name"],
        "calendar": calendar,
    }
    event = PetitionEvent(PetitionEventType.PETITION_RECEIVED, now, actor, known, payload)
    found = petitions.open_(tx, event)
    tell_sender(tx, found, event, "received", now)
    return found


def _add(tx: Connection, held: petitions.Held, event: PetitionEvent) -> Petition:
    known = {**event.data, "calendar": petitions.calendar_of(tx, held.petition.agency)}
    at = max(event.at, held.events[-1].at)
    return petitions.add(tx, held, replace(event, at=at, data=known))


def _sender(sender: Sender, data: Mapping[str, Any]) -> dict[str, str | None]:
    """What is kept of a sender: of one without a name nothing."""
    name, phone, email = (_line(each) for each in (sender.name, sender.phone, sender.email))
    if name is None:
        return {"name": None, "phone": None, "email": None}
    if email is not None:
        read_email(email)
    if phone is not None and (len(phone) > MOST_PHONE or not plain(phone)):
        raise PetitionInvalid(reason="số điện thoại chưa đúng")
    if phone is None and email is None and data["source"] != PetitionSource.PORTAL:
        raise PetitionInvalid(
            reason="hãy để lại số điện thoại hoặc thư điện tử để nhận trả lời, hoặc bỏ trống họ tên"
            " nếu muốn ẩn danh"
        )
    return {"name": name, "phone": phone, "email": email}


def _dossier(tx: Connection, written: str) -> str | None:
    """The code of the dossier that is meant, where there is one."""
    code = Claim(written).plain_code
    found = tx.execute(select(dossier.c.code).where(dossier.c.code == code[:64]))
    known: str | None = found.scalar_one_or_none()
    return known


def _require_new(tx: Connection, command: EnterPetition) -> None:
    """Whoever brings something over waits for whoever does so at the same time."""
    if command.source not in ENTERED or (command.external is None) == _is_brought(command):
        raise PetitionInvalid(
            reason="phản ánh từ cổng quốc gia phải có mã ở đó, phản ánh qua điện thoại thì không"
        )
    if command.officer is not None:
        petition_people.person(tx, command.officer)
    if command.external is not None:
        petition_log.one_at_a_time(tx)
        query = select(table.c.code).where(table.c.external == command.external)
        if known := tx.execute(query).scalar_one_or_none():
            raise PetitionImported(external=command.external, code=known)


def _is_brought(command: EnterPetition) -> bool:
    return command.source is PetitionSource.PORTAL


def _text(text: str) -> str:
    said = _bounded(text)
    if not said:
        raise PetitionInvalid(reason="hãy viết nội dung")
    return said


def _bounded(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if len(said) > MOST_TEXT or "\0" in said:
        raise PetitionInvalid(reason=f"nội dung không quá {MOST_TEXT} ký tự")
    return said


def _line(text: str) -> str | None:
    said = " ".join(text.split())
    if len(said) > MOST_NAME or "\0" in said:
        raise PetitionInvalid(reason=f"họ tên, liên hệ không quá {MOST_NAME} ký tự")
    return said or None
