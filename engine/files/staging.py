"""Pieces of files on their way in: they lie apart until the file is whole, and then go."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from engine.errors.uploads import UploadUnknown
from engine.files.places import INCOMING, Place

_STAGED = "staging/"


@dataclass(frozen=True)
class Piece:
    """A part of a file: where it starts, and the SHA-256 of its bytes."""

    start: int
    digest: str


class Staging:
    """The part of a store for what is not whole yet. Raises what the store raises."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def add(self, upload: str, start: int, content: bytes) -> Piece:
        """Keep a piece; the same again is no harm."""
        piece = Piece(start, hashlib.sha256(content).hexdigest())
        self._place.keep(_key(upload, piece), BytesIO(content))
        return piece

    def whole(self, upload: str, pieces: Iterable[Piece]) -> Iterator[bytes]:
        """The pieces of a file, one after the other; raises `UploadUnknown` where one is gone."""
        for piece in pieces:
            try:
                content = b"".join(self._place.stream(_key(upload, piece)))
            except FileNotFoundError:
                raise UploadUnknown() from None
            if hashlib.sha256(content).hexdigest() != piece.digest:
                raise UploadUnknown()
            yield content

    def clear(self, upload: str) -> None:
        """Forget the pieces of a file."""
        self._delete(key for key, _, _ in self._place.below(f"{_STAGED}{upload}/"))

    def forget(self, before: datetime) -> int:
        """Forget what was begun before a moment and never became a file; returns how many."""
        return self._delete(
            key
            for part in (_STAGED, f"{INCOMING}/")
            for key, _, since in self._place.below(part)
            if since < before
        )

    def _delete(self, keys: Iterable[str]) -> int:
        found = list(keys)
        if found:
            self._place.delete(found)
        return len(found)


def _key(upload: str, piece: Piece) -> str:
    return f"{_STAGED}{upload}/{piece.start:012}-{piece.digest}"
