"""Pictures as pages: upright, cut, and as many dots as a copy of paper needs.

Digitised copies have at least 200 dots an inch in colour (Decree 30/2020, Appendix I).
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from engine.errors.scans import ScanPageMissing, ScanUnreadable
from engine.scans.arrangement import Box, PlacedPage

RESOLUTION = 250
"""Dots an inch that are kept at most: above what the decree asks, and enough to be read by OCR."""

LEAST_RESOLUTION = 200
TRUSTED_RESOLUTION = 150
"""Cameras write 72 into every picture; only a scanner says so much, and then knows the size."""

A4 = (210.0, 297.0)
LONGEST_EDGE = 1189.0
"""Millimetres; the longer edge of A0."""

MOST_PIXELS = 100_000_000
QUALITY = 75
FORMATS = ("JPEG", "PNG", "TIFF")
_TURNED = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Sheet:
    """A picture as one page: encoded (JPEG, or TIFF where it is black and white), its edges in
    millimetres, and its dots an inch."""

    encoded: bytes
    width: float
    height: float
    resolution: float


@contextmanager
def opened(path: Path, number: int, page: int = 0) -> Iterator[Image.Image]:
    """Picture `page` of a file; `number` is what people call the file by.

    Raises `ScanUnreadable` or `ScanPageMissing`.
    """
    try:
        with Image.open(path, formats=FORMATS) as picture:
            picture.seek(page)
            picture.load()
            yield picture
    except EOFError as error:
        raise ScanPageMissing(number=number, page=page + 1) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ScanUnreadable(number=number, reason="ảnh quá lớn") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ScanUnreadable(number=number, reason="tệp ảnh bị hỏng") from error


def pictures_in(path: Path, number: int) -> int:
    """How many pictures a file holds."""
    with opened(path, number) as picture:
        return getattr(picture, "n_frames", 1)


def sheet(picture: Image.Image, page: PlacedPage) -> Sheet:
    """A picture as the arrangement wants its page."""
    trusted = _scanned_resolution(picture)
    upright = cut(turned(flat(picture), page.rotation), page.crop)
    width, height = _size(upright, trusted)
    fitted = _shrunk(upright, width, height)
    return Sheet(_encoded(fitted), width, height, fitted.width / width * 25.4)


def flat(picture: Image.Image) -> Image.Image:
    """Upright as the camera held it, on white, in one of the modes 1, L or RGB."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("1", "L", "RGB"):
        return upright
    if upright.mode in ("I;16", "I"):
        return upright.point(lambda value: value / 256).convert("L")
    if upright.has_transparency_data:
        layered = upright.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return upright.convert("RGB")


def turned(picture: Image.Image, rotation: int) -> Image.Image:
    """Turned clockwise by so many degrees."""
    return picture.transpose(_TURNED[rotation]) if rotation else picture


def cut(picture: Image.Image, box: Box | None) -> Image.Image:
    """The part within the box."""
    if box is None:
        return picture
    width, height = picture.size
    left, top = int(box.left * width), int(box.top * height)
    right = max(left + 1, round(box.right * width))
    return picture.crop((left, top, right, max(top + 1, round(box.bottom * height))))


def _scanned_resolution(picture: Image.Image) -> float | None:
    said = picture.info.get("dpi")
    if not said or not said[0]:
        return None
    resolution = float(said[0])
    return resolution if TRUSTED_RESOLUTION <= resolution <= 2_400 else None


def _size(picture: Image.Image, resolution: float | None) -> tuple[float, float]:
    """Edges in millimetres: as the scanner measured, else as large as fits on A4."""
    if resolution:
        edges = picture.width / resolution * 25.4, picture.height / resolution * 25.4
        if max(edges) <= LONGEST_EDGE:
            return edges
    across, down = A4 if picture.height >= picture.width else A4[::-1]
    scale = min(across / picture.width, down / picture.height)
    return picture.width * scale, picture.height * scale


def _shrunk(picture: Image.Image, width: float, height: float) -> Image.Image:
    most = max(1, round(width / 25.4 * RESOLUTION)), max(1, round(height / 25.4 * RESOLUTION))
    if picture.width <= most[0] or picture.mode == "1":
        return picture
    return picture.resize(most, Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image) -> bytes:
    written = BytesIO()
    if picture.mode == "1":
        picture.save(written, "TIFF", compression="group4")
    else:
        picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
