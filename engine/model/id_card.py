"""The text in the QR code of an ID card, as a hand scanner types it.

`number|old number|name|ddmmyyyy|sex|address|ddmmyyyy`. Parts may be missing or follow a line
break, more may come before and after, and a keyboard of another layout types another sign for
the bar: so parts are known by what they are rather than by where they stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from unicodedata import category, normalize

from engine.model.plain_text import plain

MOST_LETTERS = 1_000
"""A card holds some 150; whatever is longer is no card."""
_NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)", re.ASCII)
_OLD_NUMBER = re.compile(r"\d{9}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_SEXES = {"nam": "male", "male": "male", "nu": "female", "female": "female"}
_LINE_BREAKS = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True)
class IdCard:
    """Who a card belongs to; `gender` is `male` or `female`."""

    number: str
    name: str
    old_number: str | None = None
    birth_date: date | None = None
    gender: str | None = None
    address: str | None = None
    issued_on: date | None = None


def read_id_card(typed: str) -> IdCard | None:
    """The card that a scanner typed; None where no number and name can be made out."""
    if len(typed) > MOST_LETTERS:
        return None
    text = _without_controls(normalize("NFC", typed))
    number = _NUMBER.search(text)
    if number is None:
        return None
    parts = _parts(text[number.end() :])
    found = _Found(number[0])
    for part in parts:
        found.take(part)
        if found.issued_on is not None:
            break
    return found.card()


def _without_controls(text: str) -> str:
    spaced = _LINE_BREAKS.sub(" ", text)
    return "".join(letter for letter in spaced if category(letter) not in ("Cc", "Cf", "Cs"))


def _parts(rest: str) -> Iterator[str]:
    """What follows the number, cut at the sign that follows it."""
    rest = rest.strip()
    if not rest or rest[0].isalnum():
        return
    for part in rest.split(rest[0]):
        if stripped := " ".join(part.split()):
            yield stripped


class _Found:
    """What the parts have said so far."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.old_number: str | None = None
        self.name: str | None = None
        self.days: list[date] = []
        self.gender: str | None = None
        self.address: list[str] = []

    @property
    def issued_on(self) -> date | None:
        """The second day: the one after the address."""
        return self.days[1] if len(self.days) > 1 else None

    def take(self, part: str) -> None:
        """Understand one part."""
        if day := _day(part):
            self.days.append(day)
        elif self.name and self.gender is None and plain(part) in _SEXES:
            self.gender = _SEXES[plain(part)]
        elif self.name is None and _OLD_NUMBER.fullmatch(part):
            self.old_number = part
        elif any(letter.isalpha() for letter in part):
            self._take_words(part)

    def _take_words(self, part: str) -> None:
        if self.name is None:
            self.name = part
        else:
            self.address.append(part)

    def card(self) -> IdCard | None:
        """All of it; what the card does not say of the gender, the number does."""
        if self.name is None:
            return None
        return IdCard(
            number=self.number,
            name=_upright(self.name),
            old_number=self.old_number,
            birth_date=self.days[0] if self.days else None,
            gender=self.gender or _gender_of(self.number),
            address=_upright(", ".join(self.address)) or None,
            issued_on=self.issued_on,
        )


def _day(part: str) -> date | None:
    written = _DAY.fullmatch(part)
    if written is None:
        return None
    day, month, year = (int(digits) for digits in written.groups() if digits)
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _gender_of(number: str) -> str:
    """The fourth digit of a personal ID: even for men, odd for women (Decree 137/2015, art. 13)."""
    return "female" if int(number[3]) % 2 else "male"


def _upright(text: str) -> str:
    """The text as it stands on the card, should Caps Lock have turned its letters over."""
    turned = text[:1].islower() and text[1:2].isupper()
    return text.swapcase() if turned else text
