"""Letters of the one-stop mechanism: what calls for one, and that it is issued.

The paper itself is drawn later, from the log as it was when the letter was issued.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bpmn.steps import Outcome
from engine.deadlines.calendar import local
from engine.errors.letters import LetterNotDue
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act, Event, EventType
from engine.model.letter_forms import FormDetails, LetterForm, form_on


@dataclass(frozen=True)
class Due:
    """A letter that something calls for: its form on that day, and the `seq` of the cause."""

    details: FormDetails
    cause: int


def due(dossier: Dossier, news: Iterable[Event]) -> Iterator[Due]:
    """The letters that events call for; none where the law of that day has no form for it."""
    for event in news:
        form = _called_for(dossier, event)
        details = form and form_on(form, day_of(event))
        if details:
            yield Due(details, event.seq)


def day_of(event: Event | Act) -> date:
    """The day of an event in Vietnam: letters bear it, and the year of their number is its."""
    return local(event.at).date()


def _called_for(dossier: Dossier, event: Event) -> LetterForm | None:
    if event.type is EventType.DOSSIER_FINISHED:
        ended = Outcome(event.data["outcome"])
        stopped = ended in _STOPPED and dossier.received_at is not None
        return LetterForm.DISCONTINUATION if stopped else _ENDINGS.get(ended)
    return _CALLS.get(event.type)


_CALLS = {
    EventType.DOSSIER_RECEIVED: LetterForm.APPOINTMENT,
    EventType.SUPPLEMENT_REQUESTED: LetterForm.SUPPLEMENT_REQUEST,
    EventType.DUE_DATE_EXTENDED: LetterForm.APOLOGY,
}
_ENDINGS = {Outcome.REFUSED_INTAKE: LetterForm.REFUSAL}
_STOPPED = frozenset({Outcome.WITHDRAWN, Outcome.DISCONTINUED})


def issue(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A letter is issued, with its number; raises `LetterNotDue` where nothing called for it."""
    form = LetterForm(act.data["form"])
    stands = form in _STANDS and _STANDS[form](dossier)
    if not stands or not 0 < act.data["cause"] <= dossier.seq:
        raise LetterNotDue(code=dossier.code)
    return Turn.of(dossier, act, setting)


_STANDS: dict[LetterForm, Callable[[Dossier], bool]] = {
    LetterForm.APPOINTMENT: lambda dossier: dossier.received_at is not None,
    LetterForm.SUPPLEMENT_REQUEST: lambda dossier: dossier.outcome is None,
    LetterForm.REFUSAL: lambda dossier: dossier.outcome is Outcome.REFUSED_INTAKE,
    LetterForm.APOLOGY: lambda dossier: dossier.extensions > 0,
    LetterForm.DISCONTINUATION: lambda dossier: dossier.outcome in _STOPPED,
}
"""What must be so of a dossier that has been issued such a letter."""
