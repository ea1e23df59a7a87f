"""What was found of the signatures in files that were sent, so that lists need not read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from engine.signatures.verdict import Verdict
from engine.store.upload_tables import file_signatures as table


@dataclass(frozen=True)
class FileVerdict:
    """The worst of a file's signatures, with its sentence."""

    verdict: Verdict
    sentence: str

    @property
    def doubtful(self) -> bool:
        """Whether somebody has to look at it before they rely on it."""
        return self.verdict is not Verdict.VALID


def put(tx: Connection, digest: str, found: FileVerdict, now: datetime) -> None:
    """Note what was found; what was known before is replaced."""
    tx.execute(delete(table).where(table.c.digest == digest))
    row = {"digest": digest, "verdict": found.verdict, "sentence": found.sentence}
    tx.execute(insert(table).values(**row, examined_at=now))


def of_files(tx: Connection, digests: Collection[str]) -> dict[str, FileVerdict]:
    """What is known of some files; those without signatures are left out."""
    rows = tx.execute(select(table).where(table.c.digest.in_(digests)))
    return {row.digest: FileVerdict(Verdict(row.verdict), row.sentence) for row in rows}
