"""Whether the logs of today are those that were anchored, and the anchors those that were sealed.

Hashes need no secret, so whoever controls the database can rewrite a log from any event on and
compute what follows anew. What an anchor had of it then differs: which log, from which event, and
since which anchor.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection

from engine.model import merkle
from engine.model.anchor import NONE_BEFORE, UNDER_WAY, Anchor, Head, Statement
from engine.signatures.trust import Trust
from engine.store import anchored, anchors
from engine.store.anchored import Compared
from engine.store.database import Database
from engine.verification.anchor_logs import AnchorFinding, compare, late_in_words
from engine.verification.anchor_seals import Named, wrong_seals


@dataclass(frozen=True)
class AnchorsState:
    """How many anchors there are, how many wait for signature or time-stamp, and what is wrong."""

    anchors: int
    waiting: int
    findings: tuple[AnchorFinding, ...]


def verify_anchors(database: Database, trust: Trust) -> AnchorsState:
    """Check all anchors, and every log against them; a transaction for each anchor."""
    walk = _Walk(trust)
    with database.reading() as tx:
        numbers = anchors.numbers(tx)
    for number in numbers:
        with database.reading() as tx:
            walk.visit(tx, anchors.get(tx, number), anchored.compared(tx, number))
    with database.reading() as tx:
        walk.end(tx, numbers)
    return AnchorsState(len(numbers), walk.waiting, tuple(walk.found))


@dataclass
class _Walk:
    """From the first anchor to the last; of each log only the first difference is told, for others
    follow from it."""

    trust: Trust
    found: list[AnchorFinding] = field(default_factory=list)
    waiting: int = 0
    before: str = NONE_BEFORE
    named: Named = field(default_factory=Named)
    differ: set[Head] = field(default_factory=set)

    def visit(self, tx: Connection, anchor: Anchor, logs: Sequence[Compared]) -> None:
        said = None
        with suppress(ValueError, KeyError, TypeError):
            said = anchor.said
        reasons = self._wrong(tx, anchor, said, logs)
        self.found += [AnchorFinding(anchor.number, None, None, reason) for reason in reasons]
        self.found += self._differing(tx, anchor.number, logs)
        self.waiting += len(anchor.seals) < 2
        self.named.take(anchor, said)
        self.before = anchor.digest

    def _wrong(
        self, tx: Connection, anchor: Anchor, said: Statement | None, logs: Sequence[Compared]
    ) -> Iterator[str]:
        if said is None:
            yield "Nội dung mốc neo không đọc được."
            return
        if said.number != anchor.number or said.previous != self.before:
            yield "Mốc neo không nối tiếp mốc neo liền trước."
        hashes = [merkle.leaf_hash(each.leaf.head.leaf) for each in logs]
        if said.leaves != len(logs) or said.root != merkle.root(hashes).hex():
            yield "Danh sách sổ trong mốc neo không cho ra gốc cây đã ghi."
        yield from wrong_seals(tx, anchor, said, self.trust)

    def _differing(
        self, tx: Connection, number: int, logs: Sequence[Compared]
    ) -> Iterator[AnchorFinding]:
        before = anchors.whole_before(tx, number)
        for each in logs:
            log = _named(each.leaf.head)
            if log not in self.differ and (wrong := compare(tx, each, before)):
                self.differ.add(log)
                yield AnchorFinding(number, each.leaf.head, *wrong)

    def end(self, tx: Connection, numbers: Sequence[int]) -> None:
        """What only shows when all anchors were seen."""
        missing = set(range(1, max(numbers, default=0))) - set(numbers)
        gone = [(number, "Thiếu mốc neo này.") for number in sorted(missing)]
        for number, reason in (*gone, *self.named.differing()):
            self.found.append(AnchorFinding(number, None, None, reason))
        last = max(numbers, default=0)
        self._added(tx, last)
        for log in anchored.forgotten(tx):
            if _named(log) not in self.differ:
                reason = f"Đã neo đến sự kiện số {log.length} nhưng không mốc neo nào còn có nó."
                self.found.append(AnchorFinding(last + 1, log, log.length, reason))

    def _added(self, tx: Connection, last: int) -> None:
        newest = anchors.whole_before(tx)
        if newest is None:
            return
        for late in anchored.unanchored_before(tx, newest - UNDER_WAY):
            if _named(late.head) not in self.differ:
                self.differ.add(_named(late.head))
                reason = late_in_words(late.head.length, late.at, newest)
                self.found.append(AnchorFinding(last, late.head, late.head.length, reason))


def _named(head: Head) -> Head:
    """A log, whatever its length."""
    return Head(head.kind, head.name, 0, "")
