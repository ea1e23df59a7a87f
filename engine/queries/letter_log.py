"""A letter in the log of its dossier: what called for it, and the dossier as it was then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from bpmn.answers import answers
from bpmn.steps import Step
from engine.errors.letters import LetterErased, LetterUnknown
from engine.life.letters import day_of
from engine.life.setting import Setting
from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.model.letter_forms import FormDetails, LetterForm, form_on
from engine.queries.dossiers import Found
from engine.replay import Mismatch, turns
from engine.store.events import log_of


@dataclass(frozen=True)
class LetterLog:
    """A letter's event, the log up to it, and the dossier as it stood when it was issued."""

    issued: Event
    events: Sequence[Event]
    dossier: Dossier
    setting: Setting

    @cached_property
    def details(self) -> FormDetails:
        """The form as it was on that day."""
        details = form_on(LetterForm(self.issued.data["form"]), day_of(self.issued))
        if details is None:
            raise LetterUnknown(code=self.dossier.code, letter=self.issued.seq)
        return details

    @property
    def cause(self) -> Event:
        """What called for the letter."""
        seq: int = self.issued.data["cause"]
        return self.events[seq - 1]

    @property
    def act(self) -> Event:
        """What someone did that had this cause as its consequence."""
        by = self.cause.caused_by
        return self.events[by - 1] if by else self.cause

    @property
    def handed_in(self) -> Event:
        """The beginning: what the applicant declared and brought."""
        return self.events[0]

    @property
    def said(self) -> Mapping[str, Any]:
        """What was said with the act: its form, else its own words."""
        form: Mapping[str, Any] = self.act.payload.get("form", self.act.payload)
        return form

    def in_words(self, field: str) -> str | None:
        """What a field of the act's form says, as people read it."""
        if self.said.get(field) is None:
            return None
        step = self._step
        form = self.setting.procedure.form_of(step) if step else None
        return answers({field: self.said[field]}, form)[0].text

    @property
    def _step(self) -> Step | None:
        place = self.act.data.get("place")
        opened = (e for e in self.events if e.type is EventType.TASK_OPENED)
        named = {e.data["place"]: e.data["step"] for e in opened}
        return self.setting.procedure.places.steps.get(named.get(place, ""))


def letter_log(tx: Connection, found: Found, seq: int) -> LetterLog:
    """The letter that was issued as event `seq`; raises `LetterUnknown`, and `LetterErased` where
    what it was about was taken away by law."""
    logged = log_of(tx, found.id, limit=seq)
    if found.dossier.masked_at:
        raise LetterErased(code=found.dossier.code)
    if len(logged) != seq or not seq or logged[-1].event.type is not EventType.LETTER_ISSUED:
        raise LetterUnknown(code=found.dossier.code, letter=seq)
    events = [each.event for each in logged]
    try:
        *_, (_, dossier) = turns(events, found.setting)
    except Mismatch as mismatch:
        if any(each.erased for each in logged):
            raise LetterErased(code=found.dossier.code) from mismatch
        raise
    return LetterLog(events[-1], events, dossier, found.setting)
