"""What names the catalogue as it is now: every process can tell by it that something changed."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from engine.store.reception_tables import catalogue


def catalogue_state(tx: Connection) -> str:
    """What names the catalogue as it is now; it changes with every version put in force."""
    return str(tx.execute(select(catalogue.c.state)).scalar_one())


def change_state(tx: Connection, changes: Iterable[tuple[str, str]]) -> None:
    """Say that procedures changed, each to what is given."""
    state = tx.execute(select(catalogue.c.state).with_for_update()).scalar_one()
    for code, change in changes:
        state = hashlib.sha256(f"{state}|{code}|{change}".encode()).hexdigest()
    tx.execute(update(catalogue).values(state=state))
