"""The place outside of the database where anchors are written, and never taken away: a folder or a
bucket that those who administer the database cannot change.

A file is called by what it holds, so that another one beside it shows instead of replacing it.
"""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

from engine.files.address import Address
from engine.files.places import Place, place_at
from engine.settings import Settings

_PREFIX = "anchors/"
_SUFFIX = ".jsonl"


class Outside:
    """Writes and reads whole files. Raises `StorageUnavailable` and `StorageFull`."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @classmethod
    def of(cls, settings: Settings) -> "Outside | None":
        """The place that the settings name, None where they name none. Raises `SettingsError`."""
        address = Address.of_anchors(settings)
        return cls(place_at(address)) if address else None

    def keep(self, name: str, content: bytes) -> None:
        """Write a file, unless it is there."""
        key = f"{_PREFIX}{name}-{sha256(content).hexdigest()[:16]}{_SUFFIX}"
        if self._place.at(key) is None:
            self._place.keep(key, BytesIO(content))

    def all(self) -> Iterator[tuple[str, bytes]]:
        """All files, by name."""
        for key in sorted(key for key, _, _ in self._place.below(_PREFIX)):
            yield key, b"".join(self._place.stream(key))
