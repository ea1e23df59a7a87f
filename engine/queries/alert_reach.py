"""Who is told of which alerts, asked from the person: the twin of `engine.store.recipients`."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, or_

from bpmn.roles import COUNTER_ROLES, Role
from engine.model.actor import Actor, Grant
from engine.model.alert import Rung
from engine.queries.supervised import at_each
from engine.store.time_tables import alert as table

Condition = ColumnElement[bool]


def told_to(actor: Actor) -> Iterator[Condition]:
    """Alerts that someone is told of: of what they hold, of what nobody holds yet and they might,
    and those that have climbed to them. One condition for each index walk; they may overlap."""
    yield table.c.holder == actor.id
    for grant in actor.grants:
        if grant.lent_by is not None:
            yield and_(table.c.holder == grant.lent_by, table.c.agency == grant.agency)
        for reached in _reached(grant):
            walks = at_each(table.c.agency, _agencies(grant))
            yield from (and_(part, reached) for part in walks)


def _agencies(grant: Grant) -> frozenset[str]:
    control = grant.role is Role.PROCEDURE_CONTROL_OFFICER
    return grant.agencies if control else frozenset({grant.agency})


def _reached(grant: Grant) -> Iterator[Condition]:
    """Within the agencies of a grant."""
    yield and_(table.c.holder.is_(None), table.c.role == grant.role, _of_unit(grant, True))
    if grant.role is Role.UNIT_HEAD:
        others = or_(table.c.role.is_(None), table.c.role.not_in(COUNTER_ROLES))
        yield and_(table.c.told >= Rung.UNIT_HEAD, others, _of_unit(grant, False))
    elif grant.role is Role.CENTRE_DIRECTOR:
        yield and_(table.c.told >= Rung.UNIT_HEAD, table.c.role.in_(COUNTER_ROLES))
    elif grant.role is Role.PROCEDURE_CONTROL_OFFICER:
        yield table.c.told >= Rung.CONTROL_OFFICER
    elif grant.role is Role.LEADER:
        yield table.c.told >= Rung.LEADER


def _of_unit(grant: Grant, candidate: bool) -> Condition:
    """A candidate may also take what is for no unit in particular."""
    if grant.unit is None:
        return table.c.agency.is_not(None)
    unit = table.c.unit == grant.unit
    return or_(table.c.unit.is_(None), unit) if candidate else unit
