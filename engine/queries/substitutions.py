"""Who stands in for whom, and who might."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.model.actor import Actor
from engine.model.substitution import Substitution, SubstitutionState
from engine.queries.people import MANY, Person
from engine.store import substitutions, users
from engine.store.tables import user

LATEST = 100
"""So many of a person's leaves are shown."""


@dataclass(frozen=True)
class SubstitutionItem(Substitution):
    """A leave with where it stands today."""

    standing: SubstitutionState


def list_substitutions(
    tx: Connection, person: int, actor: Actor, now: datetime
) -> list[SubstitutionItem]:
    """Those in which somebody is away or stands in, the latest first: of oneself, or of someone
    whom one administers; raises `NotPermitted`."""
    _require(tx, person, actor)
    return [
        item(found, local(now).date()) for found in substitutions.concerning(tx, person, LATEST)
    ]


def item(found: Substitution, day: date) -> SubstitutionItem:
    """A leave as it stands on a day."""
    return SubstitutionItem(**vars(found), standing=found.state(day))


def possible_substitutes(tx: Connection, absent: int, actor: Actor) -> list[Person]:
    """Those who may stand in for somebody, by name; raises `NotPermitted`."""
    _require(tx, absent, actor)
    query: Any = select(user.c.id, user.c.full_name).where(substitutions.may_stand_in(absent))
    rows = tx.execute(query.order_by(user.c.full_name, user.c.id).limit(MANY))
    return [Person(row.id, row.full_name) for row in rows]


def standing_in(tx: Connection, actor: Actor, now: datetime) -> list[SubstitutionItem]:
    """For whom the actor stands in today."""
    mine = list_substitutions(tx, actor.id, actor, now)
    lasting = SubstitutionState.LASTING
    return [each for each in mine if each.substitute == actor.id and each.standing is lasting]


def _require(tx: Connection, person: int, actor: Actor) -> None:
    if not users.in_charge_of(tx, actor, person):
        raise NotPermitted(what="xem việc làm thay của người này")
