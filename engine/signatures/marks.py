"""What people see of a signature, as NĐ 30/2020 (Phụ lục I) decrees it.

The leader's is the image of the handwriting; the agency's the red seal in real size, with the
agency's name and the time; a digitised copy's says form of copy, agency and time. Where there is
no image, text says the same.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from textwrap import wrap

from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import StaticStampStyle, TextStampStyle
from pyhanko.stamp.base import BaseStampStyle

from engine.errors.signatures import MarkUnusable
from engine.model.document import Capacity
from engine.signatures.fonts import Face
from engine.signatures.places import MILLIMETRE

VIETNAM = timezone(timedelta(hours=7))
"""The zone in which officials live."""
_MOST_BYTES = 1_000_000
_MOST_PIXELS = 2000
_DRAWN_PIXELS = 700
_SEAL_WIDTH = 36 * MILLIMETRE
_SEAL_WIDTHS = (20 * MILLIMETRE, 42 * MILLIMETRE)
_LEADING = 1.2
_BLUE, _RED, _BLACK = (0.05, 0.15, 0.6), (0.75, 0.0, 0.05), (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Appearance:
    """What a signature shows: the signer or the agency, the image (PNG), and on a digitised copy
    its form."""

    name: str
    image: bytes | None = field(default=None, repr=False)
    form: str = "Bản số hóa"


def checked_image(png: bytes) -> bytes:
    """An image of handwriting or seal; raises `MarkUnusable` where it is none."""
    if len(png) > _MOST_BYTES:
        raise MarkUnusable(reason="tệp quá lớn")
    try:
        with Image.open(BytesIO(png), formats=["PNG"]) as image:
            if max(image.size) > _MOST_PIXELS:
                raise MarkUnusable(reason="ảnh quá lớn")
            transparent = image.convert("RGBA").getchannel("A").getextrema()[0] == 0
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MarkUnusable(reason="không phải ảnh PNG") from error
    if not transparent:
        raise MarkUnusable(reason="nền không trong suốt")
    return png


def moment_in_words(now: datetime) -> str:
    """`dd/mm/yyyy HH:MM:SS +07:00`."""
    return now.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S +07:00")


def style(capacity: Capacity, shown: Appearance, now: datetime, font: Path) -> BaseStampStyle:
    """How the signature's field is drawn."""
    at = moment_in_words(now)
    if capacity is Capacity.RECEPTION:
        lines = [shown.form, *wrap(shown.name, 44), f"Thời gian ký: {at}"]
        return text(lines, font, size=10)
    if capacity is Capacity.AGENCY:
        return _seal([*wrap(shown.name, 20), *at.split(" ", 1)], shown.image, font)
    if shown.image:
        return StaticStampStyle(
            border_width=0,
            background=_picture(shown.image),
            background_opacity=1,
            background_layout=_layout(AxisAlignment.ALIGN_MID, InnerScaling.STRETCH_TO_FIT),
        )
    lines = ["Người ký:", *wrap(shown.name, 28), f"Thời gian ký: {at}"]
    return text(lines, font, size=9, colour=_BLUE)


def text(
    lines: list[str],
    font: Path,
    size: int,
    colour: tuple[float, float, float] = _BLACK,
) -> TextStampStyle:
    """Lines of text at the left edge of their box, smaller where they do not fit."""
    return TextStampStyle(
        border_width=0,
        stamp_text="\n".join(lines).replace("%", "%%"),
        text_box_style=TextBoxStyle(
            font=Face(font),
            font_size=size,
            leading=round(size * _LEADING),
            text_color=colour,
            box_layout_rule=_FLUSH,
        ),
        inner_content_layout=_FLUSH,
    )


def _seal(lines: list[str], image: bytes | None, font: Path) -> BaseStampStyle:
    """The seal at the right of its box, in real size, and beside it who and when."""
    words = text(lines, font, size=7, colour=_RED)
    if not image:
        return words
    picture = _picture(image)
    width = _real_width(image)
    height = width * picture.image.height / picture.image.width
    picture.box = BoxConstraints(width, height)
    return TextStampStyle(
        border_width=0,
        stamp_text=words.stamp_text,
        text_box_style=words.text_box_style,
        inner_content_layout=_layout(AxisAlignment.ALIGN_MIN, right=width),
        background=picture,
        background_opacity=1,
        background_layout=_layout(AxisAlignment.ALIGN_MAX),
    )


def _picture(png: bytes) -> PdfImage:
    image = Image.open(BytesIO(png)).convert("RGBA")
    image.thumbnail((_DRAWN_PIXELS, _DRAWN_PIXELS))
    return PdfImage(image, name="Mark")


def _real_width(png: bytes) -> float:
    """The seal's width in points, by the image's resolution where that is plausible."""
    image = Image.open(BytesIO(png))
    resolution = image.info.get("dpi", (0, 0))[0]
    width = image.width / resolution * 72 if resolution else 0.0
    least, most = _SEAL_WIDTHS
    return float(width) if least <= width <= most else _SEAL_WIDTH


def _layout(
    x: AxisAlignment, scaling: InnerScaling = InnerScaling.SHRINK_TO_FIT, right: float = 0
) -> SimpleBoxLayoutRule:
    return SimpleBoxLayoutRule(
        x_align=x,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins(right=right),  # type: ignore[arg-type]
        inner_content_scaling=scaling,
    )


_FLUSH = _layout(AxisAlignment.ALIGN_MIN)
