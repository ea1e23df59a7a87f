"""Letters are issued in the transaction of what calls for them: the one place that does so."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from engine.life.acts import apply
from engine.life.letters import Due, day_of, due
from engine.life.setting import Setting
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.store import agencies, letter_templates
from engine.store.agencies import Named
from engine.store.books import next_number


def issue_due(tx: Connection, dossier: Dossier, act: Act, setting: Setting) -> None:
    """Issue what an act that was just applied calls for, in the name of whoever acted.

    Call it last: the numbers it takes keep others of the same book waiting.
    """
    for letter in list(due(dossier, dossier.news)):
        apply(dossier, _issuing(tx, dossier, act, letter), setting)


def _issuing(tx: Connection, dossier: Dossier, act: Act, letter: Due) -> Act:
    details, day = letter.details, day_of(act)
    counter = details.by_counter
    agency = dossier.receiving_agency if counter else dossier.competent_agency
    line = agencies.line(tx, agency)
    data = {
        "form": details.form.value,
        "cause": letter.cause,
        "agency": agency,
        "symbol": details.symbol,
        "year": day.year,
        "number": next_number(tx, agency, details.symbol, day.year),
        "template": letter_templates.pinned(tx, line, details.form, day),
        **_letterhead(line, details.counter if counter else None),
    }
    if "for" in act.data:
        data["for"] = act.data["for"]
    return Act(EventType.LETTER_ISSUED, act.actor, act.at, data)


def _letterhead(line: Sequence[Named], counter: str | None) -> dict[str, Any]:
    """Who issues, under whom: the counter under its agency, else the agency under the next."""
    here, above = line[0].name, line[1].name if len(line) > 1 else None
    return {"superior": here, "issuer": counter} if counter else {"superior": above, "issuer": here}
