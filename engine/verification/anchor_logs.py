"""Whether a log is what an anchor had of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.model.anchor import UNDER_WAY, ChainKind, Head
from engine.store import anchored, anchors
from engine.store.anchored import Compared
from engine.store.anchors import Leaf
from engine.store.events import Logged
from engine.verification.finding import Finding, Part


@dataclass(frozen=True)
class AnchorFinding:
    """Something wrong with an anchor (`log` is None), or with a log since an anchor: the first
    entry concerned, and why."""

    anchor: int
    log: Head | None
    seq: int | None
    reason: str


def compare(tx: Connection, found: Compared, before: datetime | None) -> tuple[int, str] | None:
    """Where a log is not what an anchor has of it, and why; None where it is.

    `before` is when the last anchor was taken before this one that left nothing out.
    """
    leaf = found.leaf
    if found.hash is None:
        return _gone(tx, leaf)
    if found.hash != leaf.head.head:
        first, last = leaf.since + 1, leaf.head.length
        which = f"Sự kiện từ số {first} đến số {last} không còn như khi lấy {in_words(leaf)}."
        return first, which
    if found.began and before and found.began < before - UNDER_WAY:
        return leaf.since + 1, late_in_words(leaf.since + 1, found.began, before)
    return None


def _gone(tx: Connection, leaf: Leaf) -> tuple[int, str]:
    head = leaf.head
    length = anchored.length_of(tx, head.kind, head.name)
    if length is None:
        reason = f"Cả sổ không còn trong cơ sở dữ liệu; {in_words(leaf)} có {head.length} sự kiện."
        return 1, reason
    first = min(length, head.length - 1) + 1
    return first, f"Thiếu sự kiện từ số {first}; {in_words(leaf)} có {head.length} sự kiện."


def in_words(leaf: Leaf) -> str:
    """An anchor with its moment."""
    return f"mốc neo số {leaf.anchor} lúc {moment(leaf.taken_at)}"


def late_in_words(seq: int, at: datetime, anchor_at: datetime) -> str:
    """That an entry claims to be older than an anchor that does not have it."""
    return (
        f"Sự kiện số {seq} ghi lúc {moment(at)}, nhưng mốc neo lúc {moment(anchor_at)} chưa có nó:"
        " nó được thêm vào sau."
    )


def moment(at: datetime) -> str:
    """As people write it."""
    return f"{local(at):%H:%M ngày %d/%m/%Y}"


def anchor_findings(tx: Connection, code: str, log: Sequence[Logged]) -> Iterator[Finding]:
    """What of a dossier's log is not as anchors have it: the first that differs, and entries that
    claim to be older than an anchor that does not have them."""
    entries = {logged.event.seq: logged for logged in log}
    since = 0
    for leaf in anchors.leaves_of(tx, ChainKind.DOSSIER, code):
        last, first = entries.get(leaf.head.length), entries.get(leaf.since + 1)
        today = Compared(leaf, last.hash if last else None, first.event.at if first else None)
        if wrong := compare(tx, today, anchors.whole_before(tx, leaf.anchor)):
            yield Finding(Part.ANCHORS, *wrong)
            return
        since = leaf.head.length
    newest, first = anchors.whole_before(tx), entries.get(since + 1)
    if first and newest and first.event.at < newest - UNDER_WAY:
        yield Finding(Part.ANCHORS, since + 1, late_in_words(since + 1, first.event.at, newest))
