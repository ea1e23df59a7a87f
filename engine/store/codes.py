"""Dossier codes: a daily sequence per issuing agency, never reused."""

from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.errors import AgencyUnknown
from engine.store.tables import agency, code_counter


def next_code(tx: Connection, agency_code: str, day: date) -> str:
    """The next code of an agency on a day, by the agency's pattern.

    The pattern has the fields `prefix`, `date` and `sequence` (TT 03/2025/TT-VPCP; e.g.
    `{prefix}-{date:%y%m%d}-{sequence:04}` gives H40.30.01-261122-0001). Concurrent callers
    wait for each other here, so that a sequence has no doubles.
    """
    query = select(agency.c.code_prefix, agency.c.code_pattern).where(agency.c.code == agency_code)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise AgencyUnknown(agency=agency_code)
    sequence = _next(tx, agency_code, day)
    return str(row.code_pattern).format(prefix=row.code_prefix, date=day, sequence=sequence)


def _next(tx: Connection, agency_code: str, day: date) -> int:
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    statement = (
        insert(code_counter)
        .values(agency=agency_code, day=day, last=1)
        .on_conflict_do_update(
            index_elements=["agency", "day"], set_={"last": code_counter.c.last + 1}
        )
        .returning(code_counter.c.last)
    )
    return int(tx.execute(statement).scalar_one())
