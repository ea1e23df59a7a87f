"""What kind of file it is by its first bytes, whatever its name says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import is_zipfile

import puremagic

from engine.errors.uploads import FileOfTwoKinds, FileTypeRefused

HEAD = 4_096
"""Bytes at the beginning by which a kind is known."""

_TAIL = 1_024
_BLANK = b" \t\r\n\0"


@dataclass(frozen=True)
class Kind:
    """A kind of file that an office takes in; `name` is that of its parser."""

    name: str
    media_type: str
    extension: str
    beginnings: tuple[bytes, ...]


PDF = Kind("PDF", "application/pdf", ".pdf", (b"%PDF-",))
KINDS = (
    PDF,
    Kind("JPEG", "image/jpeg", ".jpg", (b"\xff\xd8\xff",)),
    Kind("PNG", "image/png", ".png", (b"\x89PNG\r\n\x1a\n",)),
    Kind("TIFF", "image/tiff", ".tif", (b"II*\0", b"MM\0*")),
)
"""All that is taken in: papers on their way to being signed are PDF, scans and photos pictures.

Files of word processors change with the program that opens them and carry macros, and HEIC no
program here opens; a phone sends JPEG where a page asks for it.
"""

_WORDS: Mapping[str, str] = {
    "MZ": "chương trình Windows",
    "\x7fELF": "chương trình máy tính",
    "#!": "tập lệnh máy tính",
    "PK": "tệp nén hoặc tài liệu Word, Excel",
    "\xd0\xcf\x11\xe0": "tài liệu Word, Excel đời cũ",
    "Rar!": "tệp nén",
    "7z": "tệp nén",
}
_MEDIA_WORDS: Mapping[str, str] = {
    "text/html": "trang web (HTML)",
    "image/svg+xml": "ảnh SVG",
    "image/heif": "ảnh HEIC của điện thoại",
    "image/heic": "ảnh HEIC của điện thoại",
    "image/webp": "ảnh WebP",
    "image/gif": "ảnh GIF",
}
_MARKUP = (b"<script", b"<html", b"<!doctype", b"<?php", b"<svg")


def kind_of(file: BinaryIO, name: str) -> Kind:
    """The kind of a file; raises `FileTypeRefused` and, where it is two at once, `FileOfTwoKinds`.

    Leaves the file at its beginning.
    """
    head = _part(file, 0, HEAD)
    for kind in KINDS:
        if head.startswith(kind.beginnings):
            if second := _second(file, kind, head):
                raise FileOfTwoKinds(name=name, kind=second)
            return kind
    raise FileTypeRefused(name=name, kind=_called(head))


def extension_of(media_type: str) -> str:
    """How names of such files end; nothing for a kind that no one takes in."""
    return next((kind.extension for kind in KINDS if kind.media_type == media_type), "")


def _second(file: BinaryIO, kind: Kind, head: bytes) -> str | None:
    if any(mark in head.lower() for mark in _MARKUP):
        return "trang web (HTML)"
    if kind is not PDF and b"%PDF-" in head:
        return "PDF"
    hidden = is_zipfile(file)
    return "tệp nén" if hidden else _appended(file, kind)


def _appended(file: BinaryIO, kind: Kind) -> str | None:
    """What comes after the end of a PDF. Phones append to pictures, and mean well."""
    end = file.seek(0, 2)
    tail = _part(file, max(0, end - _TAIL), _TAIL)
    _, mark, rest = tail.rpartition(b"%%EOF")
    return "dữ liệu nối thêm" if kind is PDF and mark and rest.strip(_BLANK) else None


def _called(head: bytes) -> str:
    for beginning, words in _WORDS.items():
        if head.startswith(beginning.encode("latin-1")):
            return words
    try:
        media_types = [match.mime_type for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        media_types = []
    named = (_MEDIA_WORDS[each] for each in media_types if each in _MEDIA_WORDS)
    return next(named, "kiểu tệp khác")


def _part(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    part = file.read(length)
    file.seek(0)
    return part
