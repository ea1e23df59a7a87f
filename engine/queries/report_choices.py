"""What someone may choose from when asking for a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted
from engine.store.tables import agency, procedure


@dataclass(frozen=True)
class Choices:
    """Agencies by code, with names, from the top down; the levels of these; all fields."""

    agencies: Mapping[str, str]
    levels: Sequence[str]
    fields: Sequence[str]


def choices(tx: Connection, actor: Actor) -> Choices:
    """What the actor may ask for; raises `NotPermitted` where that is nothing."""
    codes = {
        code
        for grant, reach in granted(actor, Permission.REPORT_READ)
        for code in grant.reached(reach)
    }
    if not codes:
        raise NotPermitted(what="xem báo cáo")
    query = select(agency.c.code, agency.c.name, agency.c.level).where(agency.c.code.in_(codes))
    rows = tx.execute(query.order_by(agency.c.code)).all()
    fields = tx.execute(select(procedure.c.field).distinct().order_by(procedure.c.field))
    return Choices(
        agencies={row.code: row.name for row in rows},
        levels=sorted({row.level for row in rows}),
        fields=fields.scalars().all(),
    )
