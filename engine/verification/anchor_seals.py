"""Whether the seals of an anchor are of what it says, by whom they should be, and still the same
that a later anchor names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select

from engine.model.anchor import Anchor, Seal, SealKind, Statement
from engine.model.office_event import OfficeEventType
from engine.signatures.sealing import SealFacts, examined_signature, examined_stamp
from engine.signatures.trust import CLOCKS_DIFFER, Trust
from engine.store import anchors
from engine.store.office_tables import office_event

_NAMES = {SealKind.SIGNATURE: "chữ ký", SealKind.STAMP: "dấu thời gian"}


@dataclass
class Named:
    """The seals that there are, and those that later anchors name."""

    there: dict[tuple[int, SealKind], str] = field(default_factory=dict)
    named: list[Seal] = field(default_factory=list)

    def take(self, anchor: Anchor, said: Statement | None) -> None:
        """One anchor more."""
        for kind, content in anchor.seals.items():
            self.there[anchor.number, kind] = sha256(content).hexdigest()
        self.named += said.seals if said else ()

    def differing(self) -> Iterator[tuple[int, str]]:
        """The anchors whose seals are not those that were named later."""
        for seal in self.named:
            if self.there.get((seal.anchor, seal.kind)) != seal.digest:
                name = _NAMES[seal.kind]
                yield seal.anchor, f"Mốc neo mang {name} khác với cái mà mốc neo sau đó nêu."


def wrong_seals(tx: Connection, anchor: Anchor, said: Statement, trust: Trust) -> Iterator[str]:
    """Say what is wrong with the seals of an anchor, as far as it has them."""
    signature = anchor.seals.get(SealKind.SIGNATURE)
    if signature is None:
        return
    stamp = anchor.seals.get(SealKind.STAMP)
    stamped = examined_stamp(signature, stamp, trust) if stamp is not None else None
    at = anchors.seals_made(tx, anchor.number)[SealKind.SIGNATURE]
    if stamped and stamped.at and stamped.intact:
        at = stamped.at
    text = anchor.statement.encode()
    signed = examined_signature(text, signature, trust, at)
    yield from _wrong(SealKind.SIGNATURE, signed, trust)
    if signed and signed.certificate not in _registered(tx, said.agency):
        yield f"Ký bằng chứng thư số «{signed.signer}», không phải con dấu đã đăng ký của cơ quan."
    if stamp is not None:
        yield from _wrong(SealKind.STAMP, stamped, trust)
        yield from _too_early(stamped, said.taken_at)


def _wrong(kind: SealKind, found: SealFacts | None, trust: Trust) -> Iterator[str]:
    if found is None or not found.intact:
        yield f"Mốc neo mang {_NAMES[kind]} không phải của nội dung này."
    elif trust.roots and not found.trusted:
        said = f"{_NAMES[kind]} của «{found.signer}»"
        yield f"Mốc neo mang {said}, không dẫn đến tổ chức được tin cậy."


def _too_early(stamped: SealFacts | None, taken_at: datetime) -> Iterator[str]:
    if stamped and stamped.at and stamped.at < taken_at - CLOCKS_DIFFER:
        yield "Dấu thời gian sớm hơn lúc lấy mốc neo."


def _registered(tx: Connection, agency: str) -> set[str]:
    """The certificates that the log of administration has as an agency's seals."""
    query = select(office_event.c.after).where(
        office_event.c.agency == agency,
        office_event.c.type == OfficeEventType.CERTIFICATE_REGISTERED,
    )
    said = tx.execute(query).scalars().all()
    return {each["fingerprint"] for each in said if each["user"] is None}
