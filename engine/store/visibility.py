"""The table of permissions as filters of lists: what one may not read is not found."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from engine.model.actor import Actor, Grant, Permission, Reach, granted
from engine.store.outbox_tables import message
from engine.store.tables import dossier, grant, task


def visible_dossiers(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Rows of `dossier` on which the actor has the permission; the twin of `may`."""
    return or_(
        false(), *(_reached(actor, grant, reach) for grant, reach in granted(actor, permission))
    )


def _reached(actor: Actor, grant: Grant, reach: Reach) -> ColumnElement[bool]:
    if reach is Reach.OWN:
        return dossier.c.submitted_by == actor.id
    agencies = sorted(grant.reached(reach))
    return or_(dossier.c.receiving_agency.in_(agencies), dossier.c.competent_agency.in_(agencies))


def workable_tasks(actor: Actor) -> ColumnElement[bool]:
    """Rows of `task` that are meant for the actor; the twin of `may_work`."""
    return or_(false(), *map(_workable, actor.grants))


def _workable(grant: Grant) -> ColumnElement[bool]:
    conditions = [task.c.role == grant.role, task.c.agency == grant.agency]
    if grant.unit is not None:
        conditions.append(task.c.unit.is_(None) | (task.c.unit == grant.unit))
    return and_(*conditions)


def tasks_at_hand(actor: Actor) -> ColumnElement[bool]:
    """Rows of `task` that the actor holds, or someone absent in a role that the actor has for
    them; the twin of `desks`."""
    lent = (grant for grant in actor.grants if grant.lent_by is not None)
    theirs = (and_(task.c.assignee == grant.lent_by, _workable(grant)) for grant in lent)
    return or_(task.c.assignee == actor.id, *theirs)


def administered(actor: Actor, user_id: ColumnElement[int]) -> ColumnElement[bool]:
    """People with a role in an agency that the actor administers."""
    return user_id.in_(
        select(grant.c.user_id).where(
            grant.c.agency.in_(agencies_with(actor, Permission.USER_MANAGE))
        )
    )


def administered_messages(actor: Actor) -> ColumnElement[bool]:
    """Messages to these people, and those that leave in the name of such an agency."""
    ours = message.c.agency.in_(agencies_with(actor, Permission.USER_MANAGE))
    return or_(ours, administered(actor, message.c.user_id))


def agencies_with(actor: Actor, permission: Permission) -> frozenset[str]:
    """The agencies in which the actor has a permission that is not for one's own only."""
    return frozenset(
        agency for given, reach in granted(actor, permission) for agency in given.reached(reach)
    )
