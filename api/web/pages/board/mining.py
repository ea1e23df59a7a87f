"""What really happens to the dossiers of a procedure, and the log of it for other tools."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from api.edge import Call
from api.sending import Streamed
from api.services import services
from api.v1.mining import as_file
from api.v1.schemas.mining import EventLogIn, PeriodIn
from api.web.edge import reads
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes, show
from engine.deadlines.calendar import VIETNAM
from engine.mining.conformance import Departure
from engine.queries.mining import Asked, event_log, picture
from engine.queries.progress_words import ENDINGS
from engine.queries.supervised import supervised_agencies

WEEKS = 26


def _usual(call: Call) -> dict[str, str]:
    """The last half year."""
    today = call.now.astimezone(VIETNAM).date()
    return {"from": f"{today - timedelta(weeks=WEEKS)}", "to": f"{today}"}


@routes.get("/quy-trinh/<code:code>/dien-bien")
@reads
def ways(call: Call, code: str) -> str:
    """Which ways dossiers took, how long from step to step, what was done again."""
    query = asked(PeriodIn, **_usual(call))
    chosen = Asked(**query)
    found = picture(call.tx, chosen, code, call.actor)
    same = {"from": chosen.first, "to": chosen.last, "agency": chosen.agency, "procedure": code}
    return show(
        "board/ways.html",
        call.tx,
        call.actor,
        chosen.agency,
        found=found,
        procedure=found.procedure.facts,
        asked=chosen,
        step=lambda id_: found.step_names.get(id_, id_),
        outcomes=_outcome_names(),
        departures=_departure_names(),
        logs={
            name: address("/nhat-ky", same, format=format_)
            for name, format_ in (("XES", "xes"), ("OCEL 2.0", "ocel"))
        },
    )


@routes.get("/nhat-ky")
@reads
def export(call: Call) -> Streamed:
    """The event log as a file."""
    query = asked(EventLogIn, **_usual(call))
    format_ = query.pop("format")
    pieces = event_log(
        services().database, Asked(**query), supervised_agencies(call.actor), format_
    )
    return as_file(pieces, format_)


def _outcome_names() -> Mapping[str, str]:
    return {outcome.value: _(words) for outcome, words in ENDINGS.items()}


def _departure_names() -> Mapping[Departure, Any]:
    return {
        Departure.NOT_DRAWN: _("được mở mà bản vẽ không có đường tới"),
        Departure.SAME_PERSON: _("do cùng một người làm, trái quy định bốn mắt"),
    }
