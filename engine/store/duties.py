"""The roles that people have on a day: their own, and those of absent people they stand in for.

One stands in only in agencies where one has an office role oneself. What was lent is not lent
on: of who stands in for a substitute, only the substitute's own roles are asked.
"""

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    null,
    select,
    type_coerce,
    union_all,
)

from engine.model.actor import NEVER_LENT
from engine.store.sign_in_tables import substitution
from engine.store.tables import grant, user

DAY = bindparam("the_day", type_=Date)
"""The Vietnamese day that is asked about, to be given by name; None for own roles only."""

_GRANT = (grant.c.id.label("number"), grant.c.role, grant.c.agency, grant.c.unit)


def duties(people: FromClause) -> Subquery:
    """The roles of people, who have an `id`: user_id, number, role, agency, unit, lent_by."""
    return union_all(_own(people), _lent(people)).subquery("duty")


def lasting() -> ColumnElement[bool]:
    """Substitutions that hold on the day."""
    begun, over = substitution.c.first_day <= DAY, substitution.c.last_day < DAY
    return and_(begun, ~over, substitution.c.ended_at.is_(None))


def _own(people: FromClause) -> Select[tuple[object, ...]]:
    nobody = type_coerce(null(), Integer).label("lent_by")
    return select(people.c.id.label("user_id"), *_GRANT, nobody).join(
        grant, grant.c.user_id == people.c.id
    )


def _lent(people: FromClause) -> Select[tuple[object, ...]]:
    absent, own = user.alias("absent"), grant.alias("own")
    colleague = exists().where(
        own.c.user_id == people.c.id,
        own.c.agency == grant.c.agency,
        own.c.role.not_in(NEVER_LENT),
    )
    return (
        select(people.c.id.label("user_id"), *_GRANT, absent.c.id.label("lent_by"))
        .select_from(people)
        .join(substitution, substitution.c.substitute == people.c.id)
        .join(absent, (absent.c.id == substitution.c.absent) & absent.c.active)
        .join(grant, grant.c.user_id == absent.c.id)
        .where(lasting(), grant.c.role.not_in(NEVER_LENT), colleague)
    )
