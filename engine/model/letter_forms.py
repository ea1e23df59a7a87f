"""Forms of the state for letters and slips: which there are on a day, and how they are numbered."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from engine.errors.letters import FormUnknown


class LetterForm(StrEnum):
    """What a paper is for, whatever number its form has at the time."""

    APPOINTMENT = "appointment"
    SUPPLEMENT_REQUEST = "supplement_request"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    DISCONTINUATION = "discontinuation"
    CONTROL_SLIP = "control_slip"
    REGISTER = "register"


ON_DEMAND = frozenset({LetterForm.CONTROL_SLIP, LetterForm.REGISTER})
"""Drawn as things stand whenever someone asks; all others are issued once, with a number."""


@dataclass(frozen=True)
class FormDetails:
    """A form as a circular has it; `symbol` stands behind numbers and names their book.

    `by_counter`: issued by the one-stop counter, which is called `counter`. `signed`: by the
    leader, with the agency's seal.
    """

    form: LetterForm
    number: str
    title: str
    symbol: str
    paper: str
    by_counter: bool
    signed: bool
    counter: str
    circular: str


def known_form(name: str) -> LetterForm:
    """A form by its name; raises `FormUnknown`."""
    if name not in list(LetterForm):
        raise FormUnknown(form=name)
    return LetterForm(name)


def form_on(form: LetterForm, day: date) -> FormDetails | None:
    """The form in force on a day; None where the circular of that day does not know it."""
    sets = (one for one in _sets() if one.get("from", day) <= day <= one.get("until", day))
    return next((_details(one, form) for one in sets if form in one["forms"]), None)


def _details(one: Mapping[str, Any], form: LetterForm) -> FormDetails:
    raw = one["forms"][form]
    return FormDetails(
        form=form,
        number=raw["number"],
        title=raw["title"],
        symbol=raw["symbol"],
        paper=raw["paper"],
        by_counter=raw["issuer"] == "counter",
        signed=raw.get("signed", False),
        counter=one["counter"],
        circular=one["circular"],
    )


@cache
def _sets() -> list[dict[str, Any]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    sets: list[dict[str, Any]] = tomllib.loads(text)["sets"]
    return sets


def titles() -> set[str]:
    """What forms are called, in every circular."""
    return {raw["title"] for one in _sets() for raw in one["forms"].values()}
