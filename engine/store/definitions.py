"""Versions of procedures: stored once per content hash, parsed once per process."""

import hashlib
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, insert, select, update

from bpmn.procedure import Procedure, procedure_from_sources
from engine.errors import ProcedureUnknown
from engine.life.setting import Setting
from engine.store import editions
from engine.store.reception_tables import catalogue
from engine.store.tables import definition
from engine.store.tables import procedure as table

_cache: dict[str, Procedure] = {}


def current_version(tx: Connection, code: str) -> str:
    """Digest of the version in force of a procedure; raises `ProcedureUnknown`."""
    query = select(table.c.version).where(table.c.code == code)
    version = tx.execute(query).scalar_one_or_none()
    if version is None:
        raise ProcedureUnknown(procedure=code)
    return str(version)


def version(tx: Connection, digest: str) -> Procedure:
    """The procedure in the version with this digest, parsed; raises `ProcedureUnknown`."""
    if digest not in _cache:
        query = select(definition.c.sources).where(definition.c.digest == digest)
        sources = tx.execute(query).scalar_one_or_none()
        if sources is None:
            raise ProcedureUnknown(procedure=digest)
        _cache[digest] = procedure_from_sources(sources)
    return _cache[digest]


def setting_of(tx: Connection, digest: str, rulebook: str) -> Setting:
    """The rules for dossiers of one version of a procedure, under an edition of the rulebook.

    Raises `ProcedureUnknown` or `EditionUnknown`.
    """
    return Setting(
        version(tx, digest), editions.rulebook(tx, rulebook), partial(editions.calendar, tx)
    )


def catalogue_state(tx: Connection) -> str:
    """What names the catalogue as it is now; it changes with every version put in force."""
    return str(tx.execute(select(catalogue.c.state)).scalar_one())


def _change_state(tx: Connection, code: str, version: str) -> None:
    before = tx.execute(select(catalogue.c.state).with_for_update()).scalar_one()
    state = hashlib.sha256(f"{before}|{code}|{version}".encode()).hexdigest()
    tx.execute(update(catalogue).values(state=state))


def put(tx: Connection, procedure: Procedure, by: int | None, now: datetime) -> bool:
    """Store a version and put it in force; False when it is in force already."""
    facts, digest = procedure.facts, procedure.digest
    in_force = select(table.c.version).where(table.c.code == facts.code)
    current = tx.execute(in_force).scalar_one_or_none()
    if current == digest:
        return False
    known = select(definition.c.digest).where(definition.c.digest == digest)
    if tx.execute(known).scalar_one_or_none() is None:
        tx.execute(
            insert(definition).values(
                digest=digest,
                procedure=facts.code,
                sources=dict(procedure.sources),
                deployed_at=now,
                deployed_by=by,
            )
        )
    row = {
        "version": digest,
        "name": facts.name,
        "field": facts.field,
        "level": facts.level,
        "since": now,
    }
    if current is None:
        tx.execute(insert(table).values(code=facts.code, **row))
    else:
        tx.execute(update(table).where(table.c.code == facts.code).values(**row))
    _change_state(tx, facts.code, digest)
    return True
