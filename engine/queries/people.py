"""People: who has an account where one administers, and who may be given a task."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from bpmn.roles import Role
from engine.errors import NotPermitted
from engine.errors.messages import AccountUnknown
from engine.model.actor import Actor, Permission, has
from engine.model.dossier import Task
from engine.queries.paging import Page, Slice, page
from engine.store.tables import grant
from engine.store.tables import user as table
from engine.store.visibility import administered

MANY = 500


@dataclass(frozen=True)
class GrantItem:
    """A role that someone has in an agency, perhaps only in one unit."""

    role: Role
    agency: str
    unit: str | None


@dataclass(frozen=True)
class UserItem:
    """An account with its roles."""

    id: int
    username: str
    full_name: str
    email: str | None
    active: bool
    grants: tuple[GrantItem, ...]


@dataclass(frozen=True)
class Person:
    """Someone by name."""

    id: int
    full_name: str


def list_users(tx: Connection, wanted: Slice, actor: Actor) -> Page[UserItem]:
    """Accounts with a role in an agency that the actor administers, by id."""
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="xem danh sách người dùng")
    query = select(table).where(administered(actor, table.c.id)).order_by(table.c.id)
    if wanted.after:
        query = query.where(table.c.id > wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    grants = _grants(tx, [row.id for row in rows])
    return page(
        rows,
        wanted,
        lambda r: _item(r, grants.get(r.id, [])),
        lambda r: (r.id,),
    )


def id_of(tx: Connection, username: str) -> int:
    """The account with this name, active or not; raises `AccountUnknown`."""
    query = select(table.c.id).where(table.c.username == username)
    found: int | None = tx.execute(query).scalar_one_or_none()
    if found is None:
        raise AccountUnknown(user=username)
    return found


def email_of(tx: Connection, user_id: int) -> str | None:
    """Where someone is written to."""
    found: str | None = tx.execute(select(table.c.email).where(table.c.id == user_id)).scalar_one()
    return found


def user(tx: Connection, user_id: int) -> UserItem:
    """One account."""
    row = tx.execute(select(table).where(table.c.id == user_id)).one()
    grants = _grants(tx, [user_id]).get(user_id, [])
    return _item(row, grants)


def _item(row: Any, grants: list[GrantItem]) -> UserItem:
    return UserItem(row.id, row.username, row.full_name, row.email, row.active, tuple(grants))


def _grants(tx: Connection, ids: list[int]) -> dict[int, list[GrantItem]]:
    found: dict[int, list[GrantItem]] = {}
    for row in tx.execute(select(grant).where(grant.c.user_id.in_(ids)).order_by(grant.c.id)):
        found.setdefault(row.user_id, []).append(GrantItem(Role(row.role), row.agency, row.unit))
    return found


def candidates(tx: Connection, task: Task) -> list[Person]:
    """Active people whom a task is meant for (the twin of `may_work`, asked from the task)."""
    fits = [grant.c.role == task.role, grant.c.agency == task.agency]
    if task.unit is not None:
        fits.append(or_(grant.c.unit.is_(None), grant.c.unit == task.unit))
    query = (
        select(table.c.id, table.c.full_name)
        .where(table.c.active, table.c.id.in_(select(grant.c.user_id).where(*fits)))
        .order_by(table.c.full_name, table.c.id)
        .limit(MANY)
    )
    return [Person(row.id, row.full_name) for row in tx.execute(query)]


def names_of(tx: Connection, ids: Iterable[int | None]) -> dict[int, str]:
    """Full names by id."""
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    query = select(table.c.id, table.c.full_name).where(table.c.id.in_(wanted))
    return {row.id: row.full_name for row in tx.execute(query)}
