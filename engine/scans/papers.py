"""PDF files as someone sent them: what is signed, which pages may be copied, pages as pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from engine.errors.scans import ScanPageMissing, ScanUnreadable
from engine.scans.pictures import MOST_PIXELS, RESOLUTION

PDF = "application/pdf"
MOST_COPIED = 500_000
"""Bytes that a page may weigh to be copied as it is: heavier ones are drawn anew."""

MOST_NESTED = 20
"""How deep one thing may lie in another before nobody looks further."""

_LEFT_OUT = ("/Annots", "/AA", "/B", "/Metadata", "/PieceInfo", "/Thumb")


@contextmanager
def opened(path: Path, number: int) -> Iterator[pikepdf.Pdf]:
    """A PDF file; `number` is what people call it by. Raises `ScanUnreadable`."""
    try:
        with pikepdf.open(path) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise ScanUnreadable(number=number, reason="tệp PDF đặt mật khẩu") from error
    except pikepdf.PdfError as error:
        raise ScanUnreadable(number=number, reason="tệp PDF bị hỏng") from error


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether any field of the file holds a signature."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    return isinstance(fields, pikepdf.Array) and any(_signed(field, 0) for field in fields)


def _signed(field: pikepdf.Object, depth: int) -> bool:
    if not isinstance(field, pikepdf.Dictionary) or depth > MOST_NESTED:
        return False
    if field.get("/FT") == "/Sig" and "/V" in field:
        return True
    kids = field.get("/Kids")
    return isinstance(kids, pikepdf.Array) and any(_signed(kid, depth + 1) for kid in kids)


def may_be_copied(page: pikepdf.Page) -> bool:
    """Whether a page is text, light, and without anything that could act or be hidden."""
    bare = not any(key in page.obj for key in ("/Annots", "/AA"))
    return bare and _has_text(page.resources, 0) and _weight(page) <= MOST_COPIED


def _has_text(resources: pikepdf.Object, depth: int) -> bool:
    """Whether fonts are used, by the page or by what is drawn within it."""
    if "/Font" in resources:
        return True
    drawn = resources.get("/XObject", pikepdf.Dictionary())
    inner = (form.get("/Resources", pikepdf.Dictionary()) for form in drawn.values())
    return depth < MOST_NESTED and any(_has_text(each, depth + 1) for each in inner)


def copied(target: pikepdf.Pdf, page: pikepdf.Page, rotation: int) -> None:
    """Append a page to another file, turned clockwise."""
    target.pages.append(page)
    added = target.pages[-1]
    for key in _LEFT_OUT:
        if key in added.obj:
            del added.obj[key]
    if rotation:
        added.rotate(rotation, relative=True)


def _weight(page: pikepdf.Page) -> int:
    images = sum(len(image.read_raw_bytes()) for image in page.images.values())
    contents = page.obj.get("/Contents", pikepdf.Array())
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return images + sum(len(stream.read_raw_bytes()) for stream in streams)


@contextmanager
def drawable(path: Path, number: int) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF file whose pages can be drawn. Raises `ScanUnreadable`."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ScanUnreadable(number=number, reason="tệp PDF bị hỏng") from error
    try:
        yield document
    finally:
        document.close()


def drawn(
    document: pypdfium2.PdfDocument, page: int, number: int, resolution: float = RESOLUTION
) -> Image.Image:
    """A page as a picture with so many dots an inch, fewer where it is larger than can be drawn.

    Raises `ScanPageMissing` or `ScanUnreadable`.
    """
    if page >= len(document):
        raise ScanPageMissing(number=number, page=page + 1)
    try:
        sheet = document[page]
        scale = resolution / 72
        dots = max(1.0, sheet.get_width() * sheet.get_height() * scale * scale)
        fitting = scale * min(1.0, (MOST_PIXELS / dots) ** 0.5)
        picture = sheet.render(scale=fitting).to_pil()
    except pypdfium2.PdfiumError as error:
        raise ScanUnreadable(number=number, reason=f"không vẽ được trang {page + 1}") from error
    upright: Image.Image = picture.convert("RGB")
    upright.info["dpi"] = (resolution, resolution)
    return upright
