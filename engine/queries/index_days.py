"""Index 766 over time."""

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.model.service_index import IndexDay
from engine.queries.reports import require_reader
from engine.reports.asked import Asked
from engine.reports.scene import reached
from engine.store import agencies, index_days


def list_index_days(tx: Connection, asked: Asked, actor: Actor) -> list[IndexDay]:
    """The days of a period at whose end the points of an agency were counted, the first one first.

    Raises `NotPermitted`, `AgencyUnknown`, `ReportPeriodInvalid`.
    """
    require_reader(actor, asked)
    agencies.level_of(tx, asked.agency)
    return index_days.of(tx, asked.agency, reached(asked))
