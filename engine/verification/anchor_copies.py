"""Whether anchors that were kept elsewhere are those of the database, and the logs what they say.

A copy elsewhere is what remains when somebody replaces anchors and logs together.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from engine.errors.anchors import AnchorUnknown
from engine.model.anchor import Anchor, Head
from engine.store import anchored, anchors
from engine.store.anchor_records import Known
from engine.store.database import Database
from engine.verification.anchor_logs import AnchorFinding


def differing_copies(database: Database, copies: Mapping[int, Known]) -> Iterator[AnchorFinding]:
    """Compare anchors from elsewhere with those here, and their logs with those of today."""
    for number, known in sorted(copies.items()):
        with database.reading() as tx:
            found = [*_differing(tx, number, known)]
        yield from found


def _differing(tx: Connection, number: int, known: Known) -> Iterator[AnchorFinding]:
    if known.twice:
        yield _of(number, "Các bản giữ ngoài khác nhau.")
    try:
        here = anchors.get(tx, number)
    except AnchorUnknown:
        yield _of(number, "Có bản giữ ngoài nhưng cơ sở dữ liệu không có mốc neo này.")
    else:
        yield from _replaced(here, known)
    leaves = {leaf.place: leaf.head for leaf in anchors.leaves(tx, number)}
    for place, head in sorted(known.leaves.items()):
        if anchored.hash_at(tx, head) != head.head:
            yield AnchorFinding(number, head, head.length, _rewritten(head))
        elif leaves.get(place) != head:
            reason = "Bản giữ ngoài có sổ này trong mốc neo, cơ sở dữ liệu thì không."
            yield AnchorFinding(number, head, head.length, reason)


def _replaced(here: Anchor, known: Known) -> Iterator[AnchorFinding]:
    if known.statement is not None and known.statement != here.statement:
        yield _of(here.number, "Nội dung khác bản giữ ngoài: mốc neo đã bị thay.")
    for kind, content in known.seals.items():
        if here.seals.get(kind) != content:
            yield _of(here.number, f"Mốc neo có {kind.value} khác bản giữ ngoài: đã bị thay.")


def _rewritten(head: Head) -> str:
    return f"Sự kiện số {head.length} hoặc trước đó không còn như trong bản giữ ngoài."


def _of(number: int, reason: str) -> AnchorFinding:
    return AnchorFinding(number, None, None, reason)
