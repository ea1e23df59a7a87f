"""Letters about petitions: to whoever sent one, and to officials whose time runs out."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from engine.letters.letter import Letter, greeting, moment_text
from engine.model.petition import PetitionState

TRACKING = "/phan-anh/tra-cuu?ma={code}"
"""The page on which senders read on; it asks for a second factor."""


def to_sender(kind: str, name: str, **said: Any) -> Letter:
    """The mail to a sender: `kind` of `petitions.toml` with code, agency, until and text."""
    words = _words("sender", kind)
    body = f"{greeting(name)}\n\n{words['body'].format_map(_texts(said))}\n"
    return Letter(words["subject"].format_map(_texts(said)), body, _path(said["code"]))


def sms_to_sender(kind: str, code: str) -> Letter:
    """The same for a telephone that lies on a table: it names the code only."""
    return Letter("", _words("sender", kind)["sms"].format(code=code), _path(code))


def to_official(kind: str, name: str, code: str, state: PetitionState, until: datetime) -> Letter:
    """The mail to an official whose time runs out, or who is given a petition."""
    words = _words("official", kind)
    said = {"code": code, "act": _sentences()["act"].get(state, ""), "until": moment_text(until)}
    body = f"{greeting(name)}\n\n{words['body'].format_map(said)}\n"
    return Letter(words["subject"].format_map(said), body, f"/dieu-hanh/phan-anh/{code}")


def _path(code: str) -> str:
    return TRACKING.format(code=code)


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: moment_text(value) if isinstance(value, datetime) else str(value)
        for name, value in said.items()
    }


def _words(whom: str, kind: str) -> Mapping[str, str]:
    words: Mapping[str, str] = _sentences()[whom][kind]
    return words


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
