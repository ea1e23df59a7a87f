"""Whether the hash chain of a dossier is whole: every hash is computed anew over the one before."""

from collections.abc import Iterable, Iterator
from typing import Any

from engine.model.event import Event, EventType
from engine.store.chain import GENESIS, event_hash, payload_digest
from engine.store.events import Logged
from engine.verification.finding import Finding, Part


def chain_findings(row: Any, log: list[Logged]) -> Iterator[Finding]:
    """Every event that is missing, changed or in another place.

    After one that was changed the chain is followed from the hash it bears, so that each change
    is found where it was made.
    """
    expected, head, masked = 1, GENESIS, masked_digests(logged.event for logged in log)
    for logged in log:
        seq = logged.event.seq
        if seq != expected:
            yield _found(expected, f"Thiếu sự kiện số {expected}.")
        if reason := _wrong_payload(logged, masked.get(logged.event.seq)):
            yield _found(seq, reason)
        head = event_hash(head, row.code, logged.event, logged.payload_digest)
        if head != logged.hash and seq == expected:
            yield _found(seq, f"Sự kiện số {seq} đã bị sửa hoặc đổi chỗ.")
        expected, head = seq + 1, logged.hash
    if expected != row.seq + 1 or head != row.head:
        yield _found(expected, f"Thiếu các sự kiện sau số {expected - 1}.")


def _found(seq: int, reason: str) -> Finding:
    return Finding(Part.CHAIN, seq, reason)


def masked_digests(events: Iterable[Event]) -> dict[int, str]:
    """Of a dossier that was masked by law: what the chain covers of the payloads left, by event."""
    masking = (event for event in events if event.type is EventType.PERSONAL_DATA_MASKED)
    return {int(seq): digest for event in masking for seq, digest in event.data["left"].items()}


def _wrong_payload(logged: Logged, left: str | None) -> str | None:
    seq, payload = logged.event.seq, logged.event.payload
    if logged.payload_digest is None:
        return None if logged.salt is None else f"Nội dung của sự kiện số {seq} được thêm vào sau."
    if logged.salt is None:
        return f"Nội dung của sự kiện số {seq} đã bị xóa."
    if payload_digest(logged.salt, payload) != (left or logged.payload_digest):
        return f"Nội dung của sự kiện số {seq} đã bị sửa."
    return None
