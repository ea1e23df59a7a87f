"""The evidence bundle of a dossier: a ZIP file with all that proves it, and what checks it offline.

The same dossier with the same anchors gives the same bytes. `verify_bundle.py` in this folder goes
into every bundle; it imports nothing of ours.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files as resources
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Connection

from engine.errors.files import FileAltered, FileMissing
from engine.evidence import anchored, logged
from engine.evidence.named import named_by_log
from engine.evidence.summary import summary
from engine.files import FileStore
from engine.replay import stored
from engine.signatures.trust import Trust
from engine.store.events import log_of
from engine.store.file_names import named_by

VERIFIER = "verify_bundle.py"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_TYPES = {
    b"%PDF": "pdf",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"II*\0": "tif",
    b"MM\0*": "tif",
}


@dataclass(frozen=True)
class Evidence:
    """What the database gives of a dossier, and which files of the store belong to it."""

    code: str
    parts: Mapping[str, bytes]
    files: tuple[str, ...]
    absent: Mapping[str, str]

    def bundled(self, files: FileStore, trust: Trust) -> bytes:
        """The bundle; reads the files, so no transaction may be open."""
        found, absent = dict(self.parts), dict(self.absent)
        for digest in self.files:
            try:
                content = files.read(digest)
            except (FileMissing, FileAltered) as error:
                absent[digest] = error.message
            else:
                found[f"files/{digest}.{_suffix(content)}"] = content
        log = json.loads(found["events.json"]) | {"absent": dict(sorted(absent.items()))}
        found["events.json"] = logged.as_json(log)
        found["certificates/roots.pem"] = anchored.as_pem(trust.roots)
        found[VERIFIER] = (resources("engine.evidence") / VERIFIER).read_bytes()
        digests = {name: sha256(content).hexdigest() for name, content in sorted(found.items())}
        found["manifest.json"] = logged.as_json({"dossier": self.code, "files": digests})
        return _zipped(found)


def evidence_of(tx: Connection, code: str) -> Evidence:
    """All that the database has of a dossier; raises `DossierUnknown`."""
    row = stored(tx, code)
    log = log_of(tx, row.id)
    files = {digest for _, digest in named_by(tx, code)}
    named = named_by_log(tx, log, files)
    parts = {
        "events.json": logged.log_as_json(row, log),
        "index.html": summary(tx, row, log),
        **named.parts,
        **anchored.anchors_of(tx, code),
    }
    return Evidence(code, parts, tuple(sorted(files)), named.absent)


def _suffix(content: bytes) -> str:
    return next((kind for start, kind in _TYPES.items() if content.startswith(start)), "bin")


def _zipped(found: Mapping[str, bytes]) -> bytes:
    """Not compressed, with no moments in it: so the bytes depend on nothing else."""
    output = BytesIO()
    with ZipFile(output, "w", ZIP_STORED) as bundle:
        for name in sorted(found):
            bundle.writestr(ZipInfo(name, _EARLIEST), found[name])
    return output.getvalue()
