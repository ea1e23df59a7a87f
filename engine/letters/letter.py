"""A letter to one person, and how moments and names are written in it."""

from dataclasses import dataclass
from datetime import datetime

from engine.deadlines.calendar import local


@dataclass(frozen=True)
class Letter:
    """What a message says; `path` is the page of the office's site where one reads on.

    It has no signature and no link: these belong to the channel that carries it.
    """

    subject: str
    body: str
    path: str


def moment_text(moment: datetime) -> str:
    """As letters say it: «17:00 ngày 07/09/2026»."""
    return f"{local(moment):%H:%M ngày %d/%m/%Y}"


def one_line(text: str) -> str:
    """A name or a title without line breaks and other control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def greeting(full_name: str) -> str:
    """The first line."""
    return f"Kính gửi {one_line(full_name)},"
