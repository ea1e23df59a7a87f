"""Keeps files: each once, under the SHA-256 of its bytes, in a folder or in S3.

Nothing here knows dossiers, nor who may read what. Everything here may take long and so has no
place within a transaction.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from engine.errors.files import FileAltered, FileMissing
from engine.files.address import Address
from engine.files.places import Place, place_at
from engine.files.staging import Staging
from engine.settings import Settings

IN_MEMORY = 8_000_000
"""Bytes of a file on its way that are kept in memory; what is longer waits in a temporary file."""

_CHUNK = 1 << 20
_KEPT = "sha256/"


@dataclass(frozen=True)
class Stored:
    """A file that is kept: the SHA-256 of its bytes in hexadecimal, and how many they are."""

    digest: str
    size: int


@dataclass(frozen=True)
class Held:
    """What lies in the store under a name. `digest` is None where no file can be called so."""

    key: str
    digest: str | None
    size: int
    since: datetime


class FileStore:
    """The files of an installation. One per process; safe between threads.

    Everything raises `StorageUnavailable` or `StorageFull` where the place fails; then nothing
    was kept.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self.staging = Staging(place)

    @classmethod
    def of(cls, settings: Settings) -> "FileStore":
        """The store that the settings name; nothing is opened. Raises `SettingsError`."""
        return cls(place_at(Address.of(settings)))

    def put(self, source: bytes | IO[bytes] | Iterable[bytes]) -> Stored:
        """Keep a file, hashed while it streams in. One that is kept already stays as it is."""
        seen = hashlib.sha256()
        with spool(_hashed(_chunks(source), seen)) as file:
            stored = Stored(seen.hexdigest(), file.seek(0, SEEK_END))
            file.seek(0)
            self._place.keep(_key(stored.digest), file)
        return stored

    def open(self, digest: str) -> BinaryIO:
        """A kept file, whole and unaltered, at its beginning; to be closed.

        Raises `FileMissing` and `FileAltered`.
        """
        seen = hashlib.sha256()
        try:
            file = spool(_hashed(self._place.stream(_key(digest)), seen))
        except FileNotFoundError:
            raise FileMissing(digest=digest) from None
        if seen.hexdigest() != digest:
            file.close()
            raise FileAltered(digest=digest)
        return file

    def read(self, digest: str) -> bytes:
        """The bytes of a kept file, unaltered; raises `FileMissing` and `FileAltered`."""
        with self.open(digest) as file:
            return file.read()

    def has(self, digest: str) -> bool:
        """Whether a file is kept; whether it is unaltered only reading tells."""
        return self.find(digest) is not None

    def find(self, digest: str) -> Held | None:
        """Where a file is kept, if it is."""
        found = self._place.at(_key(digest))
        return _held(*found) if found else None

    def held(self) -> Iterator[Held]:
        """All that lies where files are kept, in no order."""
        return (_held(*each) for each in self._place.below(_KEPT))

    def remove(self, held: Held) -> None:
        """Take away what no dossier names; that it does not is for the caller to know."""
        self._place.delete([held.key])


def spool(chunks: Iterable[bytes]) -> BinaryIO:
    """A file of this machine that holds the chunks, at its beginning; to be closed."""
    file = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    try:
        for chunk in chunks:
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _hashed(chunks: Iterable[bytes], seen: "hashlib._Hash") -> Iterator[bytes]:
    for chunk in chunks:
        seen.update(chunk)
        yield chunk


def _chunks(source: bytes | IO[bytes] | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(source, bytes):
        return iter([source])
    read = getattr(source, "read", None)
    return iter(source) if read is None else iter(lambda: read(_CHUNK), b"")


def _held(key: str, size: int, since: datetime) -> Held:
    digest = key.rpartition("/")[2]
    return Held(key, digest if _key(digest) == key else None, size, since)


def _key(digest: str) -> str:
    return f"{_KEPT}{digest[:2]}/{digest[2:4]}/{digest}"
