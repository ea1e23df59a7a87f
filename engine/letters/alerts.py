"""Letters about alerts: what is the matter, until when, and what to do."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from engine.letters.letter import Letter, greeting, moment_text, one_line
from engine.model.alert import NEAR_DUE, Level, Rung, Subject

OTHERWISE = "otherwise"


@dataclass(frozen=True)
class AlertNews:
    """An alert that was raised or went up the ladder, as far as a letter tells of it.

    `seq` is that of the alert, `rung` the one told now, `against` the due moment (for CALENDAR
    the new one). `note` is what a supervisor says, beside that it knows nothing of the citizen.
    """

    code: str
    procedure_name: str
    seq: int
    subject: Subject
    level: Level
    rung: Rung
    step_name: str | None
    against: datetime
    note: str | None = None


def at_once(news: AlertNews) -> bool:
    """Whether this is worth a letter of its own; everything else waits for the daily digest.

    Officials get few letters, so that each is read: only what is late or will be today, what
    nobody looks after, and what was left alone until the ladder had to go on.
    """
    return news.rung > Rung.HOLDER or news.level in _AT_ONCE[news.subject]


_LATE = frozenset({Level.DUE, Level.OVERDUE})
_AT_ONCE: Mapping[Subject, frozenset[Level]] = {
    Subject.DOSSIER: _LATE,
    Subject.STEP: _LATE,
    Subject.PAUSE: _LATE,
    Subject.INTAKE: _LATE,
    Subject.OBLIGATION: _LATE,
    # Whatever its level: nobody else will see it.
    Subject.UNASSIGNED: frozenset(Level),
    Subject.PRESS: frozenset(Level),
    # The desk sees it in its list; a citizen is called when there is time.
    Subject.CONTACT: frozenset(),
    # Nothing has to be done at once about a date that moved.
    Subject.CALENDAR: frozenset(),
}


def matter(subject: Subject, level: Level) -> str:
    """What an alert is about, in a few words: «Quá hạn bước»."""
    title: str = _words(subject, level)["title"]
    return title.partition(":")[0]


def letter(news: AlertNews, full_name: str) -> Letter:
    """The letter to one of those who are told."""
    words = _words(news.subject, news.level)
    said = {key: text.format_map(_fields(news)) for key, text in words.items()}
    body = (
        f"{greeting(full_name)}\n\n"
        f"{said['what']}\n"
        f"Thủ tục: {one_line(news.procedure_name)}.\n\n"
        f"{said['ask']}\n\n"
        f"{_sentences()['why'][news.rung.name.lower()]}\n"
    )
    return Letter(said["title"], body, f"/dossiers/{news.code}")


def _fields(news: AlertNews) -> dict[str, str]:
    task = f"Việc «{one_line(news.step_name)}»" if news.step_name else "Việc đang mở"
    said = {"note": one_line(news.note or "")}
    return {"code": news.code, "task": task, "due": moment_text(news.against), **said}


def _words(subject: Subject, level: Level) -> Mapping[str, str]:
    kind = "near_due" if level in NEAR_DUE else level.value
    ours = _sentences()[subject.value]
    words: Mapping[str, str] = ours.get(kind, ours[OTHERWISE])
    return words


@cache
def _sentences() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
