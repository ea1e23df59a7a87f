"""The hash chain over a dossier's events, and the erasable payloads beside them.

Each hash is SHA-256 over the RFC 8785 form of the event and of the hash before it. A payload
enters only as SHA-256 of a random salt and its own canonical form, so that it can be erased
or masked by law without breaking the chain, and cannot be guessed from it.
"""

import hashlib
import os
from collections.abc import Mapping
from typing import Any

import rfc8785

from engine.errors import ValueNotKeepable
from engine.life.moments import text
from engine.model.event import Event

GENESIS = "0" * 64
"""Stands before the first event of every dossier."""

SALT_BYTES = 16


def new_salt() -> bytes:
    """A fresh random salt for one payload."""
    return os.urandom(SALT_BYTES)


def canonical(value: Any) -> bytes:
    """RFC 8785 form of a JSON value; raises `ValueNotKeepable` for numbers it cannot hold."""
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise ValueNotKeepable(reason=str(error)) from error


def payload_digest(salt: bytes, payload: Mapping[str, Any]) -> str:
    """What the chain covers of a payload."""
    return hashlib.sha256(salt + canonical(payload)).hexdigest()


def event_hash(previous: str, code: str, event: Event, digest: str | None) -> str:
    """The hash of one event of the dossier `code`, over the hash of the event before it."""
    body = {
        "dossier": code,
        "seq": event.seq,
        "type": event.type.value,
        "at": text(event.at),
        "actor": event.actor,
        "caused_by": event.caused_by,
        "data": event.data,
        "payload": digest,
    }
    return link(previous, body)


def link(previous: str, body: Mapping[str, Any]) -> str:
    """The hash of one entry of a log over the hash of the entry before it."""
    return hashlib.sha256(canonical({"previous": previous, **body})).hexdigest()
