"""Notices to the citizen as they would be written; none is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.deadlines.calendar import local
from engine.letters.notice_rules import NoticeRule, rules_on
from engine.letters.notice_texts import Notice, written
from engine.model.channel import Channel
from engine.model.dossier import Dossier
from engine.model.event import Event


@dataclass(frozen=True)
class Told:
    """A notice: when, its subject and its words."""

    at: datetime
    subject: str
    text: str


def told(
    called: Iterable[tuple[Event, NoticeRule, Mapping[str, Any]]], dossier: Dossier
) -> list[Told]:
    """The letters that events call for, as mail words them."""
    return [letter for call in called for letter in _letters(*call, dossier)]


def _letters(
    event: Event, rule: NoticeRule, said: Mapping[str, Any], dossier: Dossier
) -> Iterable[Told]:
    until = said.get("until")
    notice = Notice(
        id=event.seq,
        rule=rule,
        code=dossier.code,
        agency=dossier.receiving_agency,
        due=dossier.due_at,
        until=datetime.fromisoformat(until) if until else None,
        number=said.get("number"),
    )
    rules = rules_on(local(event.at).date())
    for _notices, letter in written(Channel.MAIL, [notice], rules, ""):
        yield Told(event.at, letter.subject, letter.body)
