"""Versions of procedures in the making."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bpmn.findings import Finding, Severity
from engine.errors.procedure_drafts import DraftUnknown
from engine.model.procedure_draft import DraftState, ProcedureDraft
from engine.store.procedure_tables import procedure_draft as table


def add(tx: Connection, by: int, now: datetime, **values: Any) -> int:
    """Begin one; returns its number."""
    row = {
        **values,
        "state": DraftState.DRAFT.value,
        "findings": [],
        "authors": [by],
        "opened_at": now,
        "opened_by": by,
        "changed_at": now,
        "changed_by": by,
    }
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def get(tx: Connection, number: int, lock: bool = False) -> ProcedureDraft:
    """One draft; raises `DraftUnknown`. `lock`: nobody else changes it meanwhile."""
    query = select(table).where(table.c.id == number)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise DraftUnknown(draft=number)
    findings = tuple(Finding(**{**f, "severity": Severity(f["severity"])}) for f in row.findings)
    read = {"state": DraftState(row.state), "findings": findings, "authors": tuple(row.authors)}
    return ProcedureDraft(**{**row._mapping, **read})


def change(tx: Connection, number: int, by: int, now: datetime, **values: Any) -> None:
    """Change columns of a draft."""
    values |= {"revision": table.c.revision + 1, "changed_at": now, "changed_by": by}
    tx.execute(update(table).where(table.c.id == number).values(**values))


def judge(tx: Connection, number: int, findings: Iterable[Finding], **values: Any) -> None:
    """Note what lint found; the files stay as they were."""
    told = [finding.plain() for finding in findings]
    tx.execute(update(table).where(table.c.id == number).values(findings=told, **values))
