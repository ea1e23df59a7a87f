"""Whether the hash chain of a dossier is whole: every hash is computed anew over the one before."""

from typing import Any

from engine.replay import Mismatch
from engine.store.chain import GENESIS, event_hash, payload_digest
from engine.store.events import Logged


def check_chain(row: Any, log: list[Logged]) -> None:
    """Raise `Mismatch` at the first event that is missing, changed or in another place."""
    head = GENESIS
    for expected, logged in enumerate(log, start=1):
        if logged.event.seq != expected:
            raise Mismatch(expected, f"Thiếu sự kiện số {expected}.")
        _check_payload(logged)
        head = event_hash(head, row.code, logged.event, logged.payload_digest)
        if head != logged.hash:
            raise Mismatch(expected, f"Sự kiện số {expected} đã bị sửa hoặc đổi chỗ.")
    if len(log) != row.seq or head != row.head:
        raise Mismatch(len(log) + 1, f"Thiếu các sự kiện sau số {len(log)}.")


def _check_payload(logged: Logged) -> None:
    seq, payload = logged.event.seq, logged.event.payload
    if logged.payload_digest is None:
        if logged.salt is not None:
            raise Mismatch(seq, f"Nội dung của sự kiện số {seq} được thêm vào sau.")
    elif logged.salt is None:
        raise Mismatch(seq, f"Nội dung của sự kiện số {seq} đã bị xóa.")
    elif payload_digest(logged.salt, payload) != logged.payload_digest:
        raise Mismatch(seq, f"Nội dung của sự kiện số {seq} đã bị sửa.")
