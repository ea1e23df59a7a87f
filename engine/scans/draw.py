"""The process that draws pages for the screen: `python -m engine.scans.draw` (see `viewing`).

The order comes as the first line of standard input, the file after it. Each page is told as a
line of JSON with its number (from 0) and length, followed by so many bytes of WebP.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from engine.errors import EngineError
from engine.scans import papers, pictures
from engine.scans.limits import Limits, confine

QUALITY = 80
TALLEST = 4
"""How many times as high as wide a page is shown at most."""


def main() -> None:
    """Take the order and the file, and draw."""
    order = json.loads(sys.stdin.buffer.readline())
    confine(Limits(**order["limits"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(sys.stdin.buffer.read())
        first, count, width = order["first"], order["count"], order["width"]
        try:
            for number, picture in _pages(path, order["media_type"], first, count, width):
                _say(number, _encoded(picture, width))
        except EngineError:
            sys.exit(1)


def _pages(
    path: Path, media_type: str, first: int, count: int, width: int
) -> Iterator[tuple[int, Image.Image]]:
    if media_type != papers.PDF:
        for number in range(first, min(first + count, pictures.pictures_in(path, 1))):
            with pictures.opened(path, 1, number) as picture:
                yield number, pictures.flat(picture)
        return
    with papers.drawable(path, 1) as document:
        for number in range(first, min(first + count, len(document))):
            resolution = width / max(1.0, document[number].get_width()) * 72
            yield number, papers.drawn(document, number, 1, resolution)


def _encoded(picture: Image.Image, width: int) -> bytes:
    shown = picture.convert("RGB")
    shown.thumbnail((width, width * TALLEST), Image.Resampling.LANCZOS)
    written = BytesIO()
    shown.save(written, "WEBP", quality=QUALITY, method=2)
    return written.getvalue()


def _say(number: int, encoded: bytes) -> None:
    header = json.dumps({"page": number, "length": len(encoded)}).encode()
    sys.stdout.buffer.write(header + b"\n" + encoded)


if __name__ == "__main__":
    main()
