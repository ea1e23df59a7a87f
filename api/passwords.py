"""Passwords: hashed with argon2id, few at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from werkzeug.exceptions import ServiceUnavailable

AT_ONCE = 2
WAIT_SECONDS = 5.0

_hasher = PasswordHasher()
_slots = threading.BoundedSemaphore(AT_ONCE)
# A hash of no one's password: an unknown name costs the same time as a wrong password.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def hash_password(password: str) -> str:
    """What the database keeps of a password. Takes about 0.2 s and 64 MiB."""
    with _slot():
        return _hasher.hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is none to compare with."""
    with _slot():
        try:
            return _hasher.verify(kept or _NOBODY, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@contextmanager
def _slot() -> Iterator[None]:
    """One of the few places where memory is spent; 503 when none becomes free in time."""
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise ServiceUnavailable(retry_after=int(WAIT_SECONDS))
    try:
        yield
    finally:
        _slots.release()
