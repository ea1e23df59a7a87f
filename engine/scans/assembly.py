"""One PDF from the pages of many files, as an arrangement says."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import img2pdf
import pikepdf
import pypdfium2

from engine.errors.scans import ScanPageMissing, ScanSigned
from engine.scans import papers, pictures
from engine.scans.arrangement import Arrangement, PlacedPage, whole
from engine.scans.pictures import Sheet

Tell = Callable[[int], None]
"""Hears how many pages are done."""


@dataclass(frozen=True)
class Source:
    """A file that pages are taken from: where it lies, and what it truly is."""

    path: Path
    media_type: str

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF; else it is a picture."""
        return self.media_type == papers.PDF


def kept_whole(sources: Sequence[Source], arrangement: Arrangement) -> Source | None:
    """The signed file that is the document as it is: its bytes must not change.

    Raises `ScanSigned` where an arrangement would change a signed file.
    """
    for number, source in enumerate(sources, start=1):
        if not source.is_pdf:
            continue
        with papers.opened(source.path, number) as pdf:
            signed, pages = papers.is_signed(pdf), len(pdf.pages)
        if signed and (len(sources) > 1 or arrangement != whole(pages)):
            raise ScanSigned(number=number)
        if signed:
            return source
    return None


class Assembly:
    """Puts pages together. `draw_all` takes every page of a PDF as a picture."""

    def __init__(self, sources: Sequence[Source], draw_all: bool = False) -> None:
        self._sources = sources
        self._draw_all = draw_all
        self._stack = ExitStack()
        self._read: dict[int, pikepdf.Pdf] = {}
        self._drawn: dict[int, pypdfium2.PdfDocument] = {}
        self.resolution = float("inf")
        """Dots an inch of the coarsest picture, infinite without any."""

    def write(self, arrangement: Arrangement, target: Path, tell: Tell) -> None:
        """Write the document; raises an `EngineError` that names the file that is in the way."""
        with self._stack, pikepdf.new() as document:
            for done, page in enumerate(arrangement, start=1):
                self._add(document, page)
                tell(done)
            document.save(target)

    def _add(self, document: pikepdf.Pdf, page: PlacedPage) -> None:
        source = self._sources[page.source]
        if not source.is_pdf:
            with pictures.opened(source.path, page.source + 1, page.page) as picture:
                self._append(document, pictures.sheet(picture, page))
            return
        found = self._page(page)
        if page.crop is None and not self._draw_all and papers.may_be_copied(found):
            papers.copied(document, found, page.rotation)
            return
        picture = papers.drawn(self._drawable(page.source), page.page, page.source + 1)
        self._append(document, pictures.sheet(picture, page))

    def _page(self, page: PlacedPage) -> pikepdf.Page:
        number = page.source
        if number not in self._read:
            reading = papers.opened(self._sources[number].path, number + 1)
            self._read[number] = self._stack.enter_context(reading)
        if page.page >= len(self._read[number].pages):
            raise ScanPageMissing(number=number + 1, page=page.page + 1)
        return self._read[number].pages[page.page]

    def _drawable(self, number: int) -> pypdfium2.PdfDocument:
        if number not in self._drawn:
            drawing = papers.drawable(self._sources[number].path, number + 1)
            self._drawn[number] = self._stack.enter_context(drawing)
        return self._drawn[number]

    def _append(self, document: pikepdf.Pdf, sheet: Sheet) -> None:
        self.resolution = min(self.resolution, sheet.resolution)
        edges = img2pdf.mm_to_pt(sheet.width), img2pdf.mm_to_pt(sheet.height)
        layout = img2pdf.get_layout_fun(edges)
        encoded = img2pdf.convert(sheet.encoded, layout_fun=layout, nodate=True)
        with pikepdf.open(BytesIO(encoded)) as single:
            document.pages.extend(single.pages)
