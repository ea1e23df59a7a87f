"""The log of a dossier as a bundle holds it."""

import json
from collections.abc import Sequence
from typing import Any

from engine.life.moments import text
from engine.store.events import Logged


def as_json(value: Any) -> bytes:
    """JSON that people can read, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def log_as_json(row: Any, log: Sequence[Logged]) -> bytes:
    """All events with what was said, as far as it was not erased, and how the log ends."""
    events = [_event(each) for each in log]
    head = {"dossier": row.code, "length": row.seq, "head": row.head}
    return as_json({**head, "events": events})


def _event(logged: Logged) -> dict[str, Any]:
    event = logged.event
    return {
        "seq": event.seq,
        "type": event.type.value,
        "at": text(event.at),
        "actor": event.actor,
        "caused_by": event.caused_by,
        "data": event.data,
        "payload_digest": logged.payload_digest,
        "salt": logged.salt.hex() if logged.salt else None,
        "payload": event.payload if logged.salt else None,
        "hash": logged.hash,
    }
