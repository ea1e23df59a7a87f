"""Who applies: the first step at the counter."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from api.fields import Choice, Code, Flag, In, Part, Text
from api.v1.schemas.dossiers import TICKET, PersonIn, PriorityIn
from api.v1.schemas.money import CategoryIn
from api.web.entered import Entered, understand
from api.web.jsonform import Field, Kind
from api.web.jsonform.texts import ABSENT, Mistyped, text_of, value_of
from bpmn.particulars import OWNER, SUBMITTER, Particular
from engine.model.contact import Means
from engine.model.id_card import IdCard

PREFIXES = (f"{SUBMITTER}.", f"{OWNER}.", "case.")
_DAY = Field("", Kind.DATE)
_ENGINE_KNOWS = frozenset(PersonIn().fields)


class _TypedDay(fields.String):
    """A day as people type it; comes out as ISO text."""

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> str:
        try:
            return _iso(str(value))
        except Mistyped as error:
            raise ValidationError(str(error)) from error


class PersonTypedIn(PersonIn):
    """A person with what an ID card says beside."""

    birth_date = _TypedDay()
    gender = Text(6, pattern=("male|female", "Hãy chọn nam hoặc nữ."))


class NoticeWish(StrEnum):
    """By what the applicant wishes to be told; nothing said: by all that they gave."""

    PHONE = "phone"
    MAIL = "mail"
    NOTHING = "nothing"


MEANS = {NoticeWish.PHONE: (Means.PHONE,), NoticeWish.MAIL: (Means.MAIL,), NoticeWish.NOTHING: ()}


class CaseIn(In):
    """What is particular about this one."""

    other_owner = Flag(load_default=False)
    assisted = Flag(load_default=False)
    ticket = Text(16, 1, pattern=TICKET)
    competent_agency = Code()
    priority = Part(PriorityIn)
    category = Part(CategoryIn)
    notices = Choice(NoticeWish)


class ApplicantIn(In):
    """The step as a whole."""

    submitter = Part(PersonTypedIn, required=True)
    owner = Part(PersonTypedIn)
    case = Part(CaseIn, load_default=CaseIn().load({}))

    @validates_schema(skip_on_field_errors=False)
    def reachable(self, data: Mapping[str, Any], **more: Any) -> None:
        """Whoever has a telephone gives it; who has none is helped by an officer."""
        case, submitter = data.get("case", {}), data.get("submitter")
        if submitter and not (submitter.get("phone") or case.get("assisted")):
            message = "Ghi số điện thoại để báo kết quả; nếu không có, hãy chọn «viết giúp»."
            raise ValidationError({"submitter": {"phone": [message]}})

    @validates_schema(skip_on_field_errors=False)
    def owned(self, data: Mapping[str, Any], **more: Any) -> None:
        """Where somebody else is the owner, they are named."""
        if data.get("case", {}).get("other_owner") and not data.get("owner"):
            raise ValidationError({"owner": {"name": ["Ghi họ tên chủ hồ sơ."]}})


def read_applicant(texts: Mapping[str, str]) -> Entered:
    """Who applies, as typed; an owner counts only where it is said to be somebody else."""
    ours = {name: text for name, text in texts.items() if name.startswith(PREFIXES)}
    if "case.other_owner" not in ours:
        ours = {name: text for name, text in ours.items() if not name.startswith(f"{OWNER}.")}
    entered = understand(ApplicantIn, ours)
    if "submitter" in entered.errors:
        entered.errors["submitter.name"] = entered.errors.pop("submitter")
    entered.values = texts
    return entered


def known(texts: Mapping[str, str], who: str) -> dict[str, str]:
    """What is typed of the submitter or the owner, by particular, even if more is wrong or
    missing. The owner is the submitter unless said to be somebody else."""
    if who == OWNER and "case.other_owner" not in texts:
        who = SUBMITTER
    said = {each.value: texts.get(f"{who}.{each}", "").strip() for each in Particular}
    try:
        said[Particular.BIRTH_DATE] = _iso(said[Particular.BIRTH_DATE])
    except Mistyped:
        said[Particular.BIRTH_DATE] = ""
    return {name: text for name, text in said.items() if text}


def person(entered: Entered, who: str) -> dict[str, str]:
    """The submitter or the owner as the engine takes a person."""
    said = entered.data.get(who) or entered.data.get(SUBMITTER) or {}
    return {name: value for name, value in said.items() if name in _ENGINE_KNOWS}


def _iso(typed: str) -> str:
    day = value_of(_DAY, typed)
    return "" if day is ABSENT else str(day)


def card_known(card: IdCard) -> dict[str, str]:
    """What an ID card says of its holder, by particular."""
    said = {
        Particular.NAME: card.name,
        Particular.PERSONAL_ID: card.number,
        Particular.BIRTH_DATE: card.birth_date and card.birth_date.isoformat(),
        Particular.GENDER: card.gender,
        Particular.ADDRESS: card.address,
    }
    return {name.value: value for name, value in said.items() if value}


def card_texts(card: IdCard, who: str) -> dict[str, str]:
    """The fields of a person that an ID card fills."""
    said = card_known(card)
    if born := said.get(Particular.BIRTH_DATE):
        said[Particular.BIRTH_DATE] = text_of(_DAY, born)
    return {f"{who}.{name}": text for name, text in said.items()}
