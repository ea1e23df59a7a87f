"""Which files of the store the database names, wherever it does."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, union_all

from engine.store.letter_tables import letter
from engine.store.paper_tables import dossier_file
from engine.store.report_paper_tables import report_paper, report_signature
from engine.store.tables import dossier
from engine.store.upload_tables import upload
from engine.store.vault_tables import vault_item

NAMING = (dossier_file, letter, upload, vault_item, report_paper, report_signature)
"""The tables whose column `file` names a file that must be kept; each has an index on it."""


def named(tx: Connection, digests: Sequence[str]) -> set[str]:
    """Those of some files that anything names."""
    queries = (select(table.c.file).where(table.c.file.in_(digests)) for table in NAMING)
    return set(tx.execute(union_all(*queries)).scalars())


def named_by(tx: Connection, code: str) -> Sequence[tuple[int, str]]:
    """The files that the log of a dossier ever named and those drawn of its letters, each with
    the first event that it belongs to."""
    queries = (
        select(table.c.seq, table.c.file)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(dossier.c.code == code, table.c.file.is_not(None))
        for table in (dossier_file, letter)
    )
    first: dict[str, int] = {}
    for row in sorted(tx.execute(union_all(*queries)).all()):
        first.setdefault(row.file, row.seq)
    return [(seq, file) for file, seq in first.items()]
