"""Who stands under a letter: the officer who acted, and whose signature it awaits."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from bpmn.roles import Role
from engine.queries.people import names_of
from engine.store.tables import grant, unit

COMMITTEE = "Ủy ban nhân dân"


@dataclass(frozen=True)
class Officer:
    """Who acted, and in which unit; empty where a program did."""

    name: str = ""
    unit: str | None = None


@dataclass(frozen=True)
class Signer:
    """How the signature is headed, and whose it will be; the name is empty while that is open."""

    title: str
    name: str = ""


def officer_of(tx: Connection, actor: str, agency: str) -> Officer:
    """The person behind an event's actor."""
    if not actor.isdecimal():
        return Officer()
    query = (
        select(unit.c.name)
        .join(grant, (grant.c.agency == unit.c.agency) & (grant.c.unit == unit.c.code))
        .where(grant.c.user_id == int(actor), grant.c.agency == agency)
        .order_by(grant.c.id)
        .limit(1)
    )
    name = names_of(tx, [int(actor)]).get(int(actor), "")
    return Officer(name, tx.execute(query).scalar_one_or_none())


def signer_of(tx: Connection, actor: str, agency: str, agency_name: str) -> Signer:
    """Who signs for an agency: the leader who acted, else a leader who is not known yet."""
    is_committee = agency_name.startswith(COMMITTEE)
    title = f"TM. {COMMITTEE}" if is_committee else "Thủ trưởng cơ quan"
    leads = actor.isdecimal() and _leads(tx, int(actor), agency)
    return Signer(title, officer_of(tx, actor, agency).name if leads else "")


def _leads(tx: Connection, user: int, agency: str) -> bool:
    query = select(grant.c.id).where(
        grant.c.user_id == user, grant.c.agency == agency, grant.c.role == Role.LEADER
    )
    return tx.execute(query.limit(1)).first() is not None
