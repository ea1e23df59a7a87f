"""An office with an agency of every level, and one person for every task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.catalogue.entry import Level
from bpmn.roles import LANES, Role
from engine.model.actor import Actor
from engine.store import agencies, users

_PROVINCE = "T00"
_CODES = {
    Level.PROVINCE: _PROVINCE,
    Level.COMMUNE: "T00.01",
    Level.MINISTRY: "T00.02",
    Level.OTHER: "T00.03",
}


@dataclass(frozen=True)
class Desk:
    """An agency with its people by role."""

    agency: str
    people: Mapping[Role, Actor]


def found_office(tx: Connection, now: datetime) -> dict[str, Desk]:
    """Found it in an empty database; the desks by level."""
    for level, code in _CODES.items():
        parent = None if code == _PROVINCE else _PROVINCE
        agencies.add(tx, code, f"Cơ quan thử ({level})", level, code, parent)
    return {level: _desk(tx, level, code, now) for level, code in _CODES.items()}


def _desk(tx: Connection, level: Level, agency: str, now: datetime) -> Desk:
    people = {role: _employ(tx, f"{level}.{role}", role, agency, now) for role in LANES.values()}
    return Desk(agency, people)


def _employ(tx: Connection, username: str, role: Role, agency: str, now: datetime) -> Actor:
    user = users.add(tx, username, f"Người thử {username}", None, now)
    users.add_grant(tx, user, role, agency, None)
    found = users.actor_by_username(tx, username)
    if found is None:
        raise LookupError(username)
    return found[0]
