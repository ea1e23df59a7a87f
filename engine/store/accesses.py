"""Who looked at which dossier: rows are only ever appended (a trigger refuses anything else).

Someone who looks at the same thing again within `MEANWHILE` is not written down again, so that
a page that is refreshed costs a look into an index and no write.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, literal, select

from engine.model.reading import Reading
from engine.store.audit_tables import access as table
from engine.store.schema import Code, Id, Moment
from engine.store.tables import dossier

MEANWHILE = timedelta(minutes=10)

_USER, _LOOKED = bindparam("user", type_=Id), bindparam("looked", type_=table.c.looked.type)
_AT, _SINCE = bindparam("at", type_=Moment), bindparam("since", type_=Moment)
_CODE = bindparam("the_code", type_=Code)
_NOT_LONG_BEFORE = exists().where(
    table.c.dossier_id == dossier.c.id,
    table.c.user_id == _USER,
    table.c.looked == _LOOKED,
    table.c.at > _SINCE,
)
_RECORDED = select(literal(1)).where(dossier.c.code == _CODE, _NOT_LONG_BEFORE)
_ADD = insert(table).from_select(
    ["dossier_id", "agency", "user_id", "looked", "at"],
    select(dossier.c.id, dossier.c.competent_agency, _USER, _LOOKED, _AT).where(
        dossier.c.code == _CODE, ~_NOT_LONG_BEFORE
    ),
)


def is_recorded(tx: Connection, reading: Reading) -> bool:
    """Whether the same person was written down for the same thing not long before."""
    return tx.execute(_RECORDED, _values(reading)).first() is not None


def add(tx: Connection, reading: Reading) -> None:
    """Write a reading down, unless that was done not long before."""
    tx.execute(_ADD, _values(reading))


def _values(reading: Reading) -> dict[str, Any]:
    return {
        "the_code": reading.code,
        "user": reading.user,
        "looked": reading.looked,
        "at": reading.at,
        "since": reading.at - MEANWHILE,
    }
