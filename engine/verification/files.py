"""Whether the files that the database names are there as they were, and which nothing names.

`motcua verify` reads bytes between transactions.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from engine.errors.files import FileAltered, FileMissing
from engine.files import FileStore, Held
from engine.store.database import Database
from engine.store.file_names import named, named_by
from engine.verification.finding import Broken, Finding, Part

YOUNG = timedelta(days=1)
"""Files are in the store before anything names them; younger ones may yet be named."""

BATCH = 500


def verify_files(database: Database, files: FileStore, code: str) -> Broken | None:
    """The first file that a dossier's log ever named and that is gone or altered."""
    with database.reading() as tx:
        wanted = named_by(tx, code)
    first = next(lost_files(files, wanted), None)
    return Broken(code, first.seq, first.reason) if first else None


def lost_files(files: FileStore, wanted: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Read files, each with the event that names it, and tell those gone or altered."""
    for seq, digest in wanted:
        try:
            files.open(digest).close()
        except FileMissing:
            yield Finding(Part.FILES, seq, f"Kho tệp thiếu tệp {digest}.")
        except FileAltered:
            yield Finding(Part.FILES, seq, f"Tệp {digest} trong kho đã bị sửa.")


def orphans(database: Database, files: FileStore, now: datetime) -> Iterator[Held]:
    """What has lain in the store for a day or longer and nothing names."""
    old = (each for each in files.held() if each.since < now - YOUNG)
    while batch := list(islice(old, BATCH)):
        with database.reading() as tx:
            known = named(tx, [each.digest for each in batch if each.digest])
        yield from (each for each in batch if each.digest not in known)


def remove_orphan(database: Database, files: FileStore, held: Held, now: datetime) -> bool:
    """Remove one, unless something names it by now or it came again; whether it is gone."""
    with database.reading() as tx:
        if held.digest and named(tx, [held.digest]):
            return False
    again = files.find(held.digest) if held.digest else held
    if again is None or again.since >= now - YOUNG:
        return False
    files.remove(held)
    return True
