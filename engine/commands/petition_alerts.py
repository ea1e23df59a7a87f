"""Time limits of petitions that come near or are over: noted in the log, and told to people."""

from datetime import datetime

from sqlalchemy import Connection

from engine.commands.petition_telling import tell_officials
from engine.deadlines.calendar import local
from engine.model.alert import Level
from engine.model.event import SYSTEM
from engine.model.petition import Petition, PetitionEvent, PetitionEventType
from engine.petitions.life import alert_at
from engine.store import petition_people, petitions


def alert_petition(tx: Connection, code: str, now: datetime) -> Petition | None:
    """Note and tell what has become of a petition as time passed; None where nothing has, or
    somebody else was at it meanwhile. Raises `PetitionUnknown`."""
    held = petitions.lock(tx, code)
    alert = alert_at(held.petition, now)
    if alert is None:
        return None
    level, rung = alert
    calendar = petitions.calendar_of(tx, held.petition.agency)
    data = {"level": level.value, "rung": int(rung), "calendar": calendar}
    at = max(now, held.events[-1].at)
    event = PetitionEvent(PetitionEventType.PETITION_ALERTED, at, SYSTEM, data)
    found = petitions.add(tx, held, event)
    people = petition_people.told_of(tx, found, rung, local(now).date())
    tell_officials(tx, found, people, "overdue" if level is Level.OVERDUE else "near", at)
    return found
