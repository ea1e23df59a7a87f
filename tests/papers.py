"""Papers as a scanner or a telephone sees them."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

LINES = ("GIẤY CHỨNG SINH", "Họ và tên: Nguyễn Thị Phương Thảo", "Sinh ngày 20 tháng 6 năm 2026")
RESOLUTION = 200
ORIENTATION = 0x0112


def paper(*lines: str, mode: str = "RGB", resolution: int = RESOLUTION) -> Image.Image:
    """An A4 sheet, upright, with text at its top."""
    size = round(210 / 25.4 * resolution), round(297 / 25.4 * resolution)
    sheet = Image.new("L" if mode == "1" else mode, size, "white")
    font = ImageFont.truetype("DejaVuSans.ttf", resolution // 5)
    for number, line in enumerate(lines or LINES):
        ImageDraw.Draw(sheet).text(
            (resolution, resolution * (1 + number / 2)), line, fill="black", font=font
        )
    return sheet.convert(mode)


def jpeg(sheet: Image.Image, orientation: int | None = None, **more: Any) -> bytes:
    """As a camera writes it, perhaps held sideways."""
    exif = Image.Exif()
    if orientation:
        exif[ORIENTATION] = orientation
    return written(sheet, "JPEG", exif=exif, **more)


def pdf(*sheets: Image.Image) -> bytes:
    """As a scanner writes it: each sheet a picture."""
    first, *rest = sheets
    more = {"save_all": True, "append_images": rest, "resolution": RESOLUTION}
    return written(first, "PDF", **more)


def written(sheet: Image.Image, kind: str, **more: Any) -> bytes:
    """The file."""
    file = BytesIO()
    sheet.save(file, kind, **more)
    return file.getvalue()
