"""What goes out after the transaction that let it: the store, or drawing, may take its time."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from flask import Response, request, send_file

from api.services import services

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_FILE = {
    "description": "Tệp, toàn bộ hoặc phần được hỏi (Range).",
    "content": dict.fromkeys(("application/pdf", "image/jpeg", "image/png", "image/tiff"), _BYTES),
}
FILE = {
    200: _FILE,
    206: _FILE,
    304: {"description": "Tệp chưa thay đổi."},
    416: "Problem416",
}
"""How the OpenAPI document describes a route that sends a file."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-cache",
}


class Later(ABC):
    """An answer that is made when the transaction of its view has ended."""

    @abstractmethod
    def made(self) -> Response:
        """What is sent."""


@dataclass(frozen=True)
class Sent(Later):
    """What a view answers to send a file of the store: what it is, and how to call it."""

    digest: str
    media_type: str
    name: str

    def made(self) -> Response:
        """The file to be kept by whoever asked, whole or the range that was asked for.

        No browser shows it as a page of ours. Raises `FileMissing` and `FileAltered`.
        """
        file = services().files.open(self.digest)
        try:
            return self._with(file)
        except BaseException:
            file.close()
            raise

    def _with(self, file: BinaryIO) -> Response:
        length = file.seek(0, SEEK_END)
        file.seek(0)
        response = send_file(
            file,
            self.media_type,
            as_attachment=True,
            download_name=self.name,
            etag=self.digest,
            conditional=False,
        )
        response.content_length = length
        response.headers.update(_HEADERS)
        response.make_conditional(request, accept_ranges=True, complete_length=length)
        return response


@dataclass(frozen=True)
class Streamed(Later):
    """What a view answers to send something as it is being written, to be kept as a file."""

    pieces: Iterator[bytes]
    media_type: str
    name: str

    def made(self) -> Response:
        """Sent piece by piece: it never lies in memory whole."""
        response = Response(self.pieces, content_type=f"{self.media_type}; charset=utf-8")
        response.headers.set("Content-Disposition", "attachment", filename=self.name)
        response.headers["Cache-Control"] = "private, no-store"
        return response
