"""People: who has an account where one administers, and who may be given a task."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, tuple_

from bpmn.roles import Role
from engine.errors import NotPermitted
from engine.errors.messages import AccountUnknown
from engine.model.actor import Actor, Permission, has
from engine.model.dossier import Task
from engine.model.plain_text import plain
from engine.queries.paging import Page, Slice, page
from engine.store import tasks
from engine.store.tables import grant
from engine.store.tables import user as table
from engine.store.tasks import HeldTask
from engine.store.visibility import administered

MANY = 500
FEW = 20


@dataclass(frozen=True)
class GrantItem:
    """A role that someone has in an agency, perhaps only in one unit, with its number."""

    id: int
    role: Role
    agency: str
    unit: str | None


@dataclass(frozen=True)
class UserItem:
    """An account with its roles; `revision` grows with every change."""

    id: int
    username: str
    full_name: str
    email: str | None
    sign_in_id: str | None
    active: bool
    revision: int
    grants: tuple[GrantItem, ...]


@dataclass(frozen=True)
class UserFilter:
    """Which people are wanted; `name` is part of a full name or of a user name, marks or not."""

    name: str | None = None
    agency: str | None = None
    unit: str | None = None
    role: Role | None = None
    active: bool | None = None


_EVERYBODY = UserFilter()


@dataclass(frozen=True)
class Person:
    """Someone by name."""

    id: int
    full_name: str


@dataclass(frozen=True)
class Account:
    """Someone by name and user name."""

    id: int
    username: str
    full_name: str


def list_users(
    tx: Connection, wanted: Slice, actor: Actor, chosen: UserFilter = _EVERYBODY
) -> Page[UserItem]:
    """Accounts with a role in an agency that the actor administers, by name."""
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="xem danh sách người dùng")
    query = (
        select(table)
        .where(administered(actor, table.c.id), *_conditions(chosen))
        .order_by(table.c.plain_name, table.c.id)
    )
    if wanted.after:
        query = query.where(tuple_(table.c.plain_name, table.c.id) > wanted.after)
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    grants = _grants(tx, [row.id for row in rows])
    return page(
        rows,
        wanted,
        lambda r: _item(r, grants.get(r.id, [])),
        lambda r: (r.plain_name, r.id),
    )


def _conditions(chosen: UserFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.name is not None:
        part = plain(chosen.name)
        yield or_(
            table.c.plain_name.contains(part, autoescape=True),
            table.c.username.contains(part, autoescape=True),
        )
    if chosen.active is not None:
        yield table.c.active if chosen.active else ~table.c.active
    where = {"agency": chosen.agency, "unit": chosen.unit, "role": chosen.role}
    fits = [grant.c[name] == value for name, value in where.items() if value is not None]
    if fits:
        yield table.c.id.in_(select(grant.c.user_id).where(*fits))


def administered_user(tx: Connection, user_id: int, actor: Actor) -> UserItem:
    """One account that the actor sees in lists; raises `AccountUnknown`, `NotPermitted`."""
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="xem người dùng")
    query = select(table.c.id).where(table.c.id == user_id, administered(actor, table.c.id))
    if tx.execute(query).first() is None:
        raise AccountUnknown(user=user_id)
    return user(tx, user_id)


def held_tasks(tx: Connection, user_id: int, limit: int, actor: Actor) -> list[HeldTask]:
    """Open tasks that someone holds, the most urgent first; raises as `administered_user`."""
    administered_user(tx, user_id, actor)
    return tasks.held_by(tx, user_id, limit)


def id_of(tx: Connection, username: str) -> int:
    """The account with this name, active or not; raises `AccountUnknown`."""
    query = select(table.c.id).where(table.c.username == username)
    found: int | None = tx.execute(query).scalar_one_or_none()
    if found is None:
        raise AccountUnknown(user=username)
    return found


def called(tx: Connection, name: str, agencies: Collection[str]) -> list[Account]:
    """Whoever has this user name and a role in one of these agencies, active or not; else at most
    `FEW` in whose name it is."""
    there = _accounts_at(agencies)
    exact = tx.execute(there.where(table.c.username == name)).all()
    part = table.c.plain_name.contains(plain(name), autoescape=True)
    like = there.where(part).order_by(table.c.plain_name, table.c.id).limit(FEW)
    return [Account(*row) for row in exact or tx.execute(like)]


def colleague(tx: Connection, user_id: int, agencies: Collection[str]) -> Account | None:
    """The account with this number, active or not, if it has a role in one of these agencies."""
    row = tx.execute(_accounts_at(agencies).where(table.c.id == user_id)).first()
    return Account(*row) if row else None


def _accounts_at(agencies: Collection[str]) -> Select[Any]:
    there = select(grant.c.user_id).where(grant.c.agency.in_(sorted(agencies)))
    query = select(table.c.id, table.c.username, table.c.full_name)
    return query.where(table.c.id.in_(there))


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
    return UserItem(
        row.id,
        row.username,
        row.full_name,
        row.email,
        row.sign_in_id,
        row.active,
        row.revision,
        tuple(grants),
    )


def _grants(tx: Connection, ids: list[int]) -> dict[int, list[GrantItem]]:
    found: dict[int, list[GrantItem]] = {}
    for row in tx.execute(select(grant).where(grant.c.user_id.in_(ids)).order_by(grant.c.id)):
        found.setdefault(row.user_id, []).append(_grant(row))
    return found


def _grant(row: Any) -> GrantItem:
    return GrantItem(row.id, Role(row.role), row.agency, row.unit)


def candidates(tx: Connection, task: Task) -> list[Person]:
    """Active people whom a task is meant for (the twin of `may_work`, asked from the task)."""
    return candidates_for(tx, task.role, task.agency, task.unit)


def candidates_for(tx: Connection, role: Role, agency: str, unit: str | None) -> list[Person]:
    """Active people whom tasks for a role in an agency, perhaps of one unit, are meant for."""
    fits = [grant.c.role == role, grant.c.agency == agency]
    if unit is not None:
        fits.append(or_(grant.c.unit.is_(None), grant.c.unit == unit))
    query = (
        select(table.c.id, table.c.full_name)
        .where(table.c.active, table.c.id.in_(select(grant.c.user_id).where(*fits)))
        .order_by(table.c.full_name, table.c.id)
        .limit(MANY)
    )
    return [Person(row.id, row.full_name) for row in tx.execute(query)]


def people_with(
    tx: Connection, agency: str, roles: frozenset[Role] = frozenset(Role)
) -> list[Person]:
    """Active people who have one of these roles in an agency, by name."""
    fits = grant.c.role.in_(sorted(roles)), grant.c.agency == agency
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
