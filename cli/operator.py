"""Who acts when commands are given at the machine itself: someone who administers everything."""

from sqlalchemy import Connection

from bpmn.roles import Role
from engine.model.actor import Actor, Grant
from engine.queries.agencies import AgencyItem, list_agencies
from engine.queries.paging import Slice

EVERYTHING = 10_000


def operator(tx: Connection) -> Actor:
    """An actor who is no user and administers every agency there is."""
    codes = frozenset(agency.code for agency in all_agencies(tx))
    return Actor(0, "operator", "Người vận hành", (Grant(Role.ADMINISTRATOR, "", None, codes),))


def all_agencies(tx: Connection) -> list[AgencyItem]:
    """Every agency by code."""
    return list_agencies(tx, Slice(EVERYTHING)).items
