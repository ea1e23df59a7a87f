"""Files that go out: after the transaction that let them, for the store may take its time."""

from dataclasses import dataclass

from flask import Response, send_file

from api.services import services

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_FILE = {
    "description": "Tệp, toàn bộ hoặc phần được hỏi (Range).",
    "content": dict.fromkeys(("application/pdf", "image/jpeg", "image/png", "image/tiff"), _BYTES),
}
FILE = {200: _FILE, 206: _FILE, 304: {"description": "Tệp chưa thay đổi."}}
"""How the OpenAPI document describes a route that sends a file."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-cache",
}


@dataclass(frozen=True)
class Sent:
    """What a view answers to send a file of the store: what it is, and how to call it."""

    digest: str
    media_type: str
    name: str


def send(sent: Sent) -> Response:
    """The file to be kept by whoever asked, whole or the range that was asked for.

    No browser shows it as a page of ours. Raises `FileMissing` and `FileAltered`.
    """
    file = services().files.open(sent.digest)
    response = send_file(
        file, sent.media_type, as_attachment=True, download_name=sent.name, etag=sent.digest
    )
    response.headers.update(_HEADERS)
    return response
