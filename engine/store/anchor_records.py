"""Anchors as they are kept outside and handed out: lines of JSON, each of which says of which
anchor it is and what it holds, so that any number of files can be read together:

    {"anchor":12,"statement":"{…}"}
    {"anchor":12,"place":0,"leaf":{"kind":"dossier","name":"H40…","length":9,"head":"…"}}
    {"anchor":12,"signature":"…"}
    {"anchor":12,"stamp":"…"}
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from engine.errors.anchors import AnchorFileUnreadable
from engine.model.anchor import ChainKind, Head, SealKind, as_text
from engine.store import anchors

Record = Mapping[str, Any]


@dataclass
class Known:
    """What was read of one anchor; a second thing that differs from the first is in `twice`."""

    statement: str | None = None
    leaves: dict[int, Head] = field(default_factory=dict)
    seals: dict[SealKind, bytes] = field(default_factory=dict)
    twice: bool = False


def taken(tx: Connection, number: int) -> Iterator[Record]:
    """An anchor as it was taken; raises `AnchorUnknown`."""
    yield {"anchor": number, "statement": anchors.get(tx, number).statement}
    for leaf in anchors.leaves(tx, number):
        yield {"anchor": number, "place": leaf.place, "leaf": json.loads(leaf.head.leaf)}


def seals(tx: Connection, number: int) -> Iterator[Record]:
    """The seals of an anchor, as far as it has them; raises `AnchorUnknown`."""
    for kind, content in sorted(anchors.get(tx, number).seals.items()):
        yield {"anchor": number, kind.value: b64encode(content).decode()}


def text(records: Iterable[Record]) -> bytes:
    """Records as they are written."""
    return "".join(f"{as_text(each)}\n" for each in records).encode()


def read(files: Iterable[tuple[str, bytes]]) -> dict[int, Known]:
    """Anchors out of files (a name and what it holds); raises `AnchorFileUnreadable`."""
    found: dict[int, Known] = {}
    for name, content in files:
        try:
            for line in content.decode().splitlines():
                record = json.loads(line)
                _take(found.setdefault(int(record["anchor"]), Known()), record)
        except (ValueError, KeyError, TypeError) as error:
            raise AnchorFileUnreadable(name=name) from error
    return found


def _take(known: Known, record: Record) -> None:
    if "statement" in record:
        known.twice |= known.statement not in (None, record["statement"])
        known.statement = str(record["statement"])
    elif "leaf" in record:
        leaf = dict(record["leaf"])
        head = Head(ChainKind(leaf.pop("kind")), **leaf)
        known.twice |= known.leaves.setdefault(int(record["place"]), head) != head
    else:
        for kind in SealKind:
            if kind.value in record:
                content = b64decode(record[kind.value], validate=True)
                known.twice |= known.seals.setdefault(kind, content) != content
