"""Makes documents in a process of its own, as the product does."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from engine.scans.arrangement import Arrangement, PlacedPage
from engine.scans.assembly import Source
from engine.scans.limits import Limits
from engine.scans.worker import GoOn, Made, Order, make_apart

FIRST = (PlacedPage(0, 0),)
FREELY = Limits()
_TYPES = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png", b"%P": "application/pdf"}


@dataclass
class Desk:
    """A folder, and what was made in it last."""

    folder: Path

    @property
    def target(self) -> Path:
        return self.folder / "document.pdf"

    def make(
        self,
        files: Sequence[bytes],
        arrangement: Arrangement = FIRST,
        reads: bool = False,
        limits: Limits = FREELY,
        go_on: GoOn = lambda done: True,
    ) -> Made:
        sources = [self._source(number, file) for number, file in enumerate(files)]
        return make_apart(Order(sources, arrangement, self.target, reads), limits, go_on)

    def _source(self, number: int, file: bytes) -> Source:
        path = self.folder / str(number)
        path.write_bytes(file)
        return Source(path, _TYPES.get(file[:2], "image/tiff"))

    def pages(self) -> list[tuple[int, int]]:
        """Width and height of each page, in millimetres, as it is shown."""
        with pypdfium2.PdfDocument(self.target) as document:
            return [(_mm(page.get_width()), _mm(page.get_height())) for page in document]

    def picture(self, page: int = 0) -> Image.Image:
        """A page as one sees it, 50 dots an inch."""
        with pypdfium2.PdfDocument(self.target) as document:
            shown: Any = document[page].render(scale=50 / 72).to_pil()
            return Image.open(BytesIO(_png(shown))).convert("L")

    def text(self) -> str:
        """All text that can be found in it."""
        with pypdfium2.PdfDocument(self.target) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)

    def subject(self) -> str | None:
        with pikepdf.open(self.target) as document:
            found = document.docinfo.get("/Subject")
            return None if found is None else str(found)


def _mm(points: float) -> int:
    return round(points / 72 * 25.4)


def _png(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
