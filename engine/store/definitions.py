"""Versions of procedures: stored once per content hash, parsed once per process."""

import hashlib
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bpmn.catalogue.entry import Standing
from bpmn.facts import FILE as FACTS_FILE
from bpmn.procedure import DIAGRAM_FILE, Procedure, procedure_from_sources
from engine.errors import ProcedureUnknown
from engine.life.setting import Setting
from engine.model.procedure_life import Origin
from engine.store import editions, standings
from engine.store.standings import Announced
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
    """Store a version and put it in force at once, for everybody, on the decision that its facts
    name; False when it is in force already."""
    code = procedure.facts.code
    in_force = select(table.c.version).where(table.c.code == code)
    current = tx.execute(in_force).scalar_one_or_none()
    if current == procedure.digest:
        return False
    keep(tx, [(procedure.digest, code, procedure.sources)], by, now)
    standing = Standing.ANNOUNCED if current is None else Standing.AMENDED
    decided = announcement(procedure, standing)
    standings.record(tx, [decided], standings.day_of(now), str(by or 0), now)
    standings.bring_into_force(tx, now, code)
    return True


def announcement(procedure: Procedure, standing: Standing, **more: Any) -> Announced:
    """What the office decides when it puts a version in force; `more` are further columns."""
    facts = procedure.facts
    said = {"decision": facts.decision, "version": procedure.digest, **more}
    return Announced(
        procedure=facts.code,
        standing=standing,
        source="",
        name=facts.name,
        field=facts.field,
        levels=facts.levels,
        row={},
        row_digest="",
        origin=Origin.OFFICE,
        **said,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
