"""Files as people send them: good ones, and those of people who mean ill."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream
from PIL import Image

Fill = Callable[[Pdf], object]


def pdf(fill: Fill = lambda pdf: None, pages: int = 1, lock: Encryption | None = None) -> bytes:
    """A PDF with empty pages, to which something is done before it is written."""
    file, written = Pdf.new(), BytesIO()
    for _ in range(pages):
        file.add_blank_page()
    fill(file)
    file.save(written, encryption=lock or False, deterministic_id=not lock)
    return written.getvalue()


def picture(kind: str, width: int = 60, height: int = 80, pages: int = 1) -> bytes:
    """A picture, with several pages where its kind has them."""
    image, written = Image.new("1" if kind != "JPEG" else "L", (width, height), 1), BytesIO()
    more = {"save_all": True, "append_images": [image] * (pages - 1)} if pages > 1 else {}
    image.save(written, kind, **more)
    return written.getvalue()


def on_opening(**action: Any) -> bytes:
    """A PDF that does something when it is opened."""
    return pdf(lambda file: file.Root.update({"/OpenAction": Dictionary(**action)}))


def with_note(**note: Any) -> bytes:
    """A PDF with something on its page that one may click."""

    def fill(file: Pdf) -> None:
        annotation = Dictionary(**note)
        annotation.Rect = Array([0, 0, 100, 100])
        file.pages[0].Annots = Array([file.make_indirect(annotation)])

    return pdf(fill)


def holding_a_file() -> bytes:
    """A PDF with a file inside."""

    def fill(file: Pdf) -> None:
        file.attachments["an.txt"] = b"an"

    return pdf(fill)


def bomb(bytes_: int = 400_000_000) -> bytes:
    """A PDF of half a megabyte that unpacks to so many bytes."""

    def fill(file: Pdf) -> None:
        packed = zlib.compress(bytes(bytes_), 1)
        stream = Stream(file, b"")
        stream.write(packed, filter=Name.FlateDecode)
        file.pages[0].Contents = file.make_indirect(stream)

    return pdf(fill)


def with_picture(width: int, height: int) -> bytes:
    """A PDF that says it has a picture of that size."""

    def fill(file: Pdf) -> None:
        stream = Stream(file, b"", Subtype=Name.Image, Width=width, Height=height)
        file.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=stream))

    return pdf(fill)


def archive() -> bytes:
    """A ZIP archive."""
    written = BytesIO()
    with ZipFile(written, "w") as file:
        file.writestr("an.js", "alert(1)")
    return written.getvalue()


EXECUTABLE = b"MZ\x90\0" + bytes(200)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
INFECTED = picture("PNG", 61, 81)
"""A picture that the antivirus daemon of the tests takes for a virus."""
