"""Tasks that would be left when someone rests or loses a role, and who could take them all."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from engine.model.actor import Actor, Grant, may_work
from engine.queries.people import MANY, Person, UserItem
from engine.store import tasks
from engine.store.tables import grant
from engine.store.tables import user as table
from engine.store.tasks import HeldTask


def tasks_without(tx: Connection, user: UserItem, going: int | None) -> list[HeldTask]:
    """Open tasks that someone could not work on without a grant (None: without any)."""
    staying = (one for one in user.grants if going is not None and one.id != going)
    grants = tuple(Grant(one.role, one.agency, one.unit) for one in staying)
    then = Actor(user.id, user.username, user.full_name, grants)
    return [task for task in tasks.held_by(tx, user.id, MANY) if not may_work(then, task)]


def successors(tx: Connection, left: Sequence[HeldTask], leaving: int) -> list[Person]:
    """Active people whom every one of these tasks is meant for, by name."""
    query = select(table.c.id, table.c.full_name).where(table.c.active, table.c.id != leaving)
    for role, agency, unit in {(task.role, task.agency, task.unit) for task in left}:
        fits = [grant.c.role == role, grant.c.agency == agency]
        if unit is not None:
            fits.append(or_(grant.c.unit.is_(None), grant.c.unit == unit))
        query = query.where(table.c.id.in_(select(grant.c.user_id).where(*fits)))
    rows = tx.execute(query.order_by(table.c.plain_name, table.c.id).limit(MANY)) if left else ()
    return [Person(row.id, row.full_name) for row in rows]
