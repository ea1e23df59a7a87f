"""What the log of a dossier names by its digest: procedures, editions, templates, certificates."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from engine.model.event import EventType
from engine.store import definitions
from engine.store.chain import canonical
from engine.store.events import Logged
from engine.store.letter_tables import letter_template
from engine.store.signature_tables import certificate
from engine.store.tables import definition
from engine.store.time_tables import edition

_DIGEST = re.compile("[0-9a-f]{64}")
UNKNOWN = "cơ sở dữ liệu không có gì mang mã này"


@dataclass
class Named:
    """Parts of the bundle by name, and what is not there, with the reason."""

    parts: dict[str, bytes] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)


def named_by_log(tx: Connection, log: Sequence[Logged], files: Collection[str]) -> Named:
    """All of it but `files` of the store, reading which takes time."""
    found = Named()
    for digest in sorted(_digests(log)):
        parts = dict(_parts(tx, digest))
        found.parts |= parts
        if not parts and digest not in files:
            found.absent[digest] = UNKNOWN
    return found


def _digests(log: Sequence[Logged]) -> set[str]:
    masked = EventType.PERSONAL_DATA_MASKED
    said = [canonical(each.event.data).decode() for each in log if each.event.type is not masked]
    return {digest for text in said for digest in _DIGEST.findall(text)}


def _parts(tx: Connection, digest: str) -> Iterator[tuple[str, bytes]]:
    if _row(tx, definition.c.digest, digest):
        for name, text in definitions.version(tx, digest).sources.items():
            yield f"procedures/{digest}/{name}", text.encode()
    if row := _row(tx, edition.c.digest, digest):
        yield f"editions/{digest}.json", canonical({"kind": row.kind, **row.document})
    if row := _row(tx, letter_template.c.digest, digest):
        yield f"templates/{digest}.html", row.body.encode()
    if row := _row(tx, certificate.c.fingerprint, digest):
        yield f"certificates/{digest}.der", row.der


def _row(tx: Connection, column: Any, digest: str) -> Any:
    return tx.execute(select(column.table).where(column == digest).limit(1)).one_or_none()
