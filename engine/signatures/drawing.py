"""Marks drawn once and copied into many files: those that are signed in one act look alike."""

from dataclasses import dataclass, field
from io import BytesIO

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.stamp import StaticStampStyle
from pyhanko.stamp.base import BaseStampStyle

Size = tuple[float, float]
"""Width and height, in points."""

_AS_IT_IS = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID,
    AxisAlignment.ALIGN_MID,
    inner_content_scaling=InnerScaling.NO_SCALING,
)


@dataclass(frozen=True)
class Marks:
    """The marks of one act by what they show; each is drawn when a file first wants it."""

    _drawn: dict[tuple[object, Size], bytes] = field(default_factory=dict)

    def copied(self, shown: object, style: BaseStampStyle, size: Size) -> BaseStampStyle:
        """What draws the mark again as it was drawn first for the same `shown` and size."""
        if (shown, size) not in self._drawn:
            self._drawn[shown, size] = _page(style, size)
        return StaticStampStyle(
            border_width=0,
            background=_Copy(self._drawn[shown, size], size),
            background_layout=_AS_IT_IS,
        )


def _page(style: BaseStampStyle, size: Size) -> bytes:
    """A mark as a file of one page."""
    writer, output = PdfFileWriter(), BytesIO()
    stamp = style.create_stamp(writer, BoxConstraints(*size), {})
    assert stamp
    drawn = writer.add_object(StreamObject(stream_data=stamp.render()))
    resources = stamp.resources.as_pdf_object()
    writer.insert_page(PageObject(drawn, (0, 0, *size), resources))
    writer.write(output)
    return output.getvalue()


class _Copy(PdfContent):
    """The only page of a file."""

    def __init__(self, pdf: bytes, size: Size) -> None:
        super().__init__(box=BoxConstraints(*size))
        self._pdf = pdf

    def render(self) -> bytes:
        """What draws it."""
        reader = PdfFileReader(BytesIO(self._pdf))
        self.resources.xobject["/Mark"] = self._ensure_writer.import_page_as_xobject(reader)
        return b"/Mark Do"
