"""That looking at a dossier is written down before it is shown, on pages as in REST."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from api.services import services
from engine.errors.accesses import ReadingNotRecorded
from engine.model.actor import Actor
from engine.model.reading import Looked, Reading
from engine.store import accesses, petition_accesses


class Caller(Protocol):
    """A request that was let in, as far as it matters here."""

    @property
    def tx(self) -> Connection: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def now(self) -> datetime: ...


def unrecorded(call: Caller, code: str, looked: Looked) -> Reading | None:
    """The reading that is still to be written down; None where that was done not long before."""
    reading = Reading(code, call.actor.id, looked, call.now)
    return None if accesses.is_recorded(call.tx, reading) else reading


def record(reading: Reading) -> None:
    """Write a reading down, in a transaction of its own after that of the view.

    Raises `ReadingNotRecorded`; what was to be shown must then not be.
    """
    try:
        with services().database.transaction() as tx:
            accesses.add(tx, reading)
    except SQLAlchemyError as error:
        raise ReadingNotRecorded() from error


def record_petition(call: Caller, petition_id: int) -> None:
    """The same for a petition, before it is shown; costs nothing where it was done not long before.

    Raises `ReadingNotRecorded`.
    """
    if petition_accesses.is_recorded(call.tx, petition_id, call.actor.id, call.now):
        return
    try:
        with services().database.transaction() as tx:
            petition_accesses.add(tx, petition_id, call.actor.id, call.now)
    except SQLAlchemyError as error:
        raise ReadingNotRecorded() from error
