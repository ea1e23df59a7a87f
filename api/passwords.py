"""Passwords: hashed with argon2id, few at a time, and not to be guessed by trying."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

AT_ONCE = 2
WAIT_SECONDS = 5.0
MOST_FAILURES = 5
WINDOW = timedelta(minutes=5)
REMEMBERED = 10_000

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


class Throttle:
    """Counts failed log-ins by user name, in this process; bounded in memory."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, username: str, now: datetime) -> None:
        """Raise 429 after too many failures for a name within the last minutes."""
        with self._lock:
            recent = self._recent(username, now)
        if len(recent) >= MOST_FAILURES:
            wait = (recent[0] + WINDOW - now).total_seconds()
            raise TooManyRequests(retry_after=max(1, int(wait)))

    def failed(self, username: str, now: datetime) -> None:
        """Remember a failure."""
        with self._lock:
            self._failures[username] = [*self._recent(username, now), now][-MOST_FAILURES:]
            self._failures.move_to_end(username)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, username: str) -> None:
        """Forget the failures of someone who got in."""
        with self._lock:
            self._failures.pop(username, None)

    def _recent(self, username: str, now: datetime) -> list[datetime]:
        return [at for at in self._failures.get(username, []) if now - at < WINDOW]
