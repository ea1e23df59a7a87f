"""Files of the store become one document of the store; no transaction, for it takes long."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

from engine.files import FileStore
from engine.model.document import FileFacts
from engine.scans.arrangement import Arrangement
from engine.scans.assembly import Source
from engine.scans.limits import Limits
from engine.scans.papers import PDF
from engine.scans.worker import GoOn, Made, Order, make_apart
from engine.signatures.preparing import DIGITISING, prepare


@dataclass(frozen=True)
class Digitised:
    """The document, kept in the store, and what came of making it."""

    file: FileFacts
    made: Made


def digitise(
    files: FileStore,
    sources: Sequence[FileFacts],
    arrangement: Arrangement,
    limits: Limits,
    go_on: GoOn = lambda done: True,
) -> Digitised:
    """Make one PDF/A of pages of files: components of dossiers, or results of former days. It is
    ready to be signed by whoever digitised it, at the top right of its first page (NĐ 30/2020,
    Phụ lục I).

    Raises what `make_apart` and the store raise.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-scan-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        fetched = [_fetched(files, file, folder) for file in dict.fromkeys(sources)]
        by_file = dict(zip(dict.fromkeys(sources), fetched, strict=True))
        target = folder / "document.pdf"
        made = make_apart(Order([by_file[s] for s in sources], arrangement, target), limits, go_on)
        content = target.read_bytes()
        stored = files.put(content if made.signed else prepare(content, DIGITISING))
    return Digitised(FileFacts(stored.digest, stored.size, len(arrangement), PDF), made)


def _fetched(files: FileStore, file: FileFacts, folder: Path) -> Source:
    path = folder / file.digest
    with files.open(file.digest) as kept, path.open("wb") as copy:
        copyfileobj(kept, copy)
    return Source(path, file.media_type)
