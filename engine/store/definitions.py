"""Versions of procedures: stored once per content hash, parsed once per process."""

import hashlib
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bpmn.facts import FILE as FACTS_FILE
from bpmn.procedure import DIAGRAM_FILE, Procedure, procedure_from_sources
from engine.deadlines.calendar import local
from engine.errors import ProcedureUnknown
from engine.life.setting import Setting
from engine.store import editions, report_catalogue
from engine.store.reception_tables import catalogue
from engine.store.tables import definition, source_text
from engine.store.tables import procedure as table

PARSED_KEPT = 400
"""How many versions a process keeps parsed: each takes about half a megabyte."""
_OWN = frozenset({FACTS_FILE, DIAGRAM_FILE})
"""Files that no two procedures have in common."""
_cache: dict[str, Procedure] = {}
_caching = threading.Lock()
_KEEP_TEXT: Mapping[str, Any] = {
    "sqlite": sqlite_insert(source_text).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(source_text).on_conflict_do_nothing(),
}


def current_version(tx: Connection, code: str) -> str:
    """Digest of the version in force of a procedure; raises `ProcedureUnknown`."""
    query = select(table.c.version).where(table.c.code == code)
    version = tx.execute(query).scalar_one_or_none()
    if version is None:
        raise ProcedureUnknown(procedure=code)
    return str(version)


def version(tx: Connection, digest: str) -> Procedure:
    """The procedure in the version with this digest, parsed; raises `ProcedureUnknown`."""
    found = _cache.get(digest)
    if found is None:
        found = procedure_from_sources(_sources(tx, digest))
        with _caching:
            while len(_cache) >= PARSED_KEPT:
                del _cache[next(iter(_cache))]
            _cache[digest] = found
    return found


def known(tx: Connection, code: str, beginning: str) -> str | None:
    """The digest of a procedure's version by its first letters, None where there is no such."""
    named = definition.c.digest.startswith(beginning, autoescape=True)
    query = select(definition.c.digest).where(definition.c.procedure == code, named)
    return tx.execute(query.limit(1)).scalar_one_or_none()


def _sources(tx: Connection, digest: str) -> dict[str, str]:
    query = select(definition.c.sources, definition.c.files).where(definition.c.digest == digest)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise ProcedureUnknown(procedure=digest)
    files = row.files or {}
    kept = select(source_text.c.digest, source_text.c.text).where(
        source_text.c.digest.in_(set(files.values()))
    )
    texts = {each.digest: each.text for each in tx.execute(kept)} if files else {}
    return {**row.sources, **{name: texts[digest] for name, digest in files.items()}}


def setting_of(tx: Connection, digest: str, rulebook: str) -> Setting:
    """The rules for dossiers of one version of a procedure, under an edition of the rulebook.

    Raises `ProcedureUnknown` or `EditionUnknown`.
    """
    return Setting(
        version(tx, digest),
        editions.rulebook(tx, rulebook),
        partial(editions.calendar, tx),
        partial(version, tx),
    )


def catalogue_state(tx: Connection) -> str:
    """What names the catalogue as it is now; it changes with every version put in force."""
    return str(tx.execute(select(catalogue.c.state)).scalar_one())


def change_state(tx: Connection, changes: Iterable[tuple[str, str]]) -> None:
    """Say that procedures changed, each to what is given."""
    state = tx.execute(select(catalogue.c.state).with_for_update()).scalar_one()
    for code, change in changes:
        state = hashlib.sha256(f"{state}|{code}|{change}".encode()).hexdigest()
    tx.execute(update(catalogue).values(state=state))


def keep(
    tx: Connection,
    versions: Iterable[tuple[str, str, Mapping[str, str]]],
    by: int | None,
    now: datetime,
) -> None:
    """Store versions that are not yet: digest, procedure code and files of each."""
    rows: list[dict[str, Any]] = []
    texts: dict[str, str] = {}
    for digest, code, sources in versions:
        known = select(definition.c.digest).where(definition.c.digest == digest)
        if tx.execute(known).scalar_one_or_none() is None:
            common = {name: text for name, text in sources.items() if name not in _OWN}
            files = {name: _digest(text) for name, text in common.items()}
            texts |= {files[name]: text for name, text in common.items()}
            own = {name: text for name, text in sources.items() if name in _OWN}
            rows.append(
                {
                    "digest": digest,
                    "procedure": code,
                    "sources": own,
                    "files": files,
                    "deployed_at": now,
                    "deployed_by": by,
                }
            )
    if rows:
        keep_texts = [{"digest": digest, "text": text} for digest, text in texts.items()]
        tx.execute(_KEEP_TEXT[tx.dialect.name], keep_texts)
        tx.execute(insert(definition), rows)


def put(tx: Connection, procedure: Procedure, by: int | None, now: datetime) -> bool:
    """Store a version and put it in force; False when it is in force already."""
    facts, digest = procedure.facts, procedure.digest
    in_force = select(table.c.version).where(table.c.code == facts.code)
    current = tx.execute(in_force).scalar_one_or_none()
    if current == digest:
        return False
    keep(tx, [(digest, facts.code, procedure.sources)], by, now)
    row = {
        "version": digest,
        "name": facts.name,
        "field": facts.field,
        "level": facts.level,
        "also_at": " ".join(facts.also_at),
        "since": now,
    }
    if current is None:
        tx.execute(insert(table).values(code=facts.code, **row))
    else:
        report_catalogue.keep_procedures(tx, {facts.code: local(now).date()})
        tx.execute(update(table).where(table.c.code == facts.code).values(**row))
    change_state(tx, [(facts.code, digest)])
    return True


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
