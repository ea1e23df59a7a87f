"""Who is told of an alert: the people on a rung of the escalation ladder."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, String, bindparam, or_, select

from bpmn.roles import COUNTER_ROLES, Role
from engine.model.alert import Rung
from engine.model.responsible import Recipient, Responsible
from engine.store.duties import duties
from engine.store.tables import agency, grant, user


def told(tx: Connection, rung: Rung, who: Responsible, day: date) -> tuple[Rung, list[Recipient]]:
    """The rung that is told, and everyone on it on that day, those who stand in for them too.

    It is the one asked for, or the next one up that has somebody active, or failing that the
    next one down: nobody is told only where the office has nobody at all. One query for each
    rung that is looked at.
    """
    for each in _ways(rung):
        found = _on(tx, each, who, day)
        if found:
            return each, found
    return rung, []


def head_administrators(tx: Connection) -> list[Recipient]:
    """The administrators of agencies that have none above them."""
    return _at_the_head(tx, Role.ADMINISTRATOR)


def head_guardians(tx: Connection) -> list[Recipient]:
    """They, and the auditors there."""
    return _at_the_head(tx, Role.ADMINISTRATOR, Role.AUDITOR)


def _at_the_head(tx: Connection, *roles: Role) -> list[Recipient]:
    heads = select(agency.c.code).where(agency.c.parent.is_(None))
    here = grant.c.role.in_(roles) & grant.c.agency.in_(heads)
    query = _ACTIVE.where(user.c.id.in_(select(grant.c.user_id).where(here)))
    return [Recipient(row.id, row.full_name, row.email) for row in tx.execute(query)]


def _ways(rung: Rung) -> Iterator[Rung]:
    yield from (each for each in Rung if each >= rung)
    yield from (each for each in reversed(Rung) if each < rung)


def _on(tx: Connection, rung: Rung, who: Responsible, day: date) -> list[Recipient]:
    parameters = {
        "the_day": day,
        "the_agency": who.agency,
        "the_unit": who.unit,
        "the_role": who.role,
        "the_holder": who.holder,
    }
    rows = tx.execute(_statement(rung, who), parameters).all()
    if rung is Rung.CONTROL_OFFICER:
        # Those of the agency above are told only where the agency has none of its own.
        rows = [row for row in rows if row.near] or rows
    return [Recipient(row.id, row.full_name, row.email) for row in rows]


def _statement(rung: Rung, who: Responsible) -> Select[Any]:
    if rung is Rung.HOLDER:
        return _CANDIDATES if who.holder is None else _HOLDER
    if rung is Rung.UNIT_HEAD and who.role in COUNTER_ROLES:
        return _CENTRE_DIRECTORS
    return _SUPERVISORS[rung]


_AGENCY = bindparam("the_agency", type_=String)
_UNIT = bindparam("the_unit", type_=String)
_ROLE = bindparam("the_role", type_=String)
_duty = duties(user.alias("whoever"))
_HERE = _duty.c.agency == _AGENCY


def _people(*granted: ColumnElement[bool]) -> Select[Any]:
    """Active users with a role like this."""
    having = select(_duty.c.user_id).where(*granted)
    return _ACTIVE.where(user.c.id.in_(having))


_ACTIVE = select(user.c.id, user.c.full_name, user.c.email).where(user.c.active).order_by(user.c.id)
_THE_HOLDER = bindparam("the_holder", type_=Integer)
_IN_THEIR_PLACE = select(_duty.c.user_id).where(_duty.c.lent_by == _THE_HOLDER, _HERE)
_HOLDER = _ACTIVE.where(or_(user.c.id == _THE_HOLDER, user.c.id.in_(_IN_THEIR_PLACE)))
# The twin of `engine.model.actor.may_work`, asked from the task.
_CANDIDATES = _people(
    _duty.c.role == _ROLE,
    _HERE,
    or_(_UNIT.is_(None), _duty.c.unit.is_(None), _duty.c.unit == _UNIT),
)
_CENTRE_DIRECTORS = _people(_duty.c.role == Role.CENTRE_DIRECTOR, _HERE)
_UNIT_HEADS = _people(
    _duty.c.role == Role.UNIT_HEAD, _HERE, or_(_duty.c.unit.is_(None), _duty.c.unit == _UNIT)
)
_LEADERS = _people(_duty.c.role == Role.LEADER, _HERE)
_ABOVE = select(agency.c.parent).where(agency.c.code == _AGENCY).scalar_subquery()
_CONTROL = _duty.c.role == Role.PROCEDURE_CONTROL_OFFICER
_NEAR = user.c.id.in_(select(_duty.c.user_id).where(_CONTROL, _HERE))
_CONTROL_OFFICERS = _people(_CONTROL, or_(_HERE, _duty.c.agency == _ABOVE)).add_columns(
    _NEAR.label("near")
)
# Built once: building a statement costs more than running it.
_SUPERVISORS = {
    Rung.UNIT_HEAD: _UNIT_HEADS,
    Rung.CONTROL_OFFICER: _CONTROL_OFFICERS,
    Rung.LEADER: _LEADERS,
}
