"""People of the test office with addresses, and more of them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update

from bpmn.roles import Role
from engine.store import users
from engine.store.database import Database
from engine.store.outbox_tables import message
from engine.store.tables import user
from tests.clock import START
from tests.office import COMMUNE_1


def address_of(username: str) -> str:
    """Where someone is written to."""
    return f"{username}@xa.example.vn"


def give_addresses(database: Database, usernames: Iterable[str] | None = None) -> None:
    """Let everyone, or some, be written to."""
    with database.transaction() as tx:
        names = tx.execute(select(user.c.username)).scalars().all()
        for name in usernames or names:
            change = update(user).where(user.c.username == name)
            tx.execute(change.values(email=address_of(name)))


def add_person(
    database: Database, username: str, role: Role, unit: str | None = None, agency: str = COMMUNE_1
) -> int:
    """Someone new, with an address."""
    with database.transaction() as tx:
        id_ = users.add(tx, username, f"Người dùng {username}", None, START)
        users.add_grant(tx, id_, role, agency, unit)
        tx.execute(update(user).where(user.c.id == id_).values(email=address_of(username)))
    return id_


def dismiss(database: Database, *usernames: str) -> None:
    """Let people leave the office."""
    with database.transaction() as tx:
        tx.execute(update(user).where(user.c.username.in_(usernames)).values(active=False))


def rows(database: Database) -> list[dict[str, Any]]:
    """The outbox, in order."""
    with database.reading() as tx:
        return [dict(row) for row in tx.execute(select(message).order_by(message.c.id)).mappings()]
