"""Fonts of marks: only the letters that Vietnamese needs, measured as PDF measures."""

from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils.font import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.writer import BasePdfFileWriter

_LETTERS = (range(0x20, 0x250), range(0x1E00, 0x1F00), range(0x2010, 0x2030), (0x20AB,))
"""Latin with all its Vietnamese letters, punctuation, and the sign of the đồng."""

_UNITS = 1000
"""Parts of an em in which PDF counts widths; pyHanko takes the font's own for these."""


class Face(FontEngineFactory):
    """A font file, as marks are written with it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def create_font_engine(
        self, writer: BasePdfFileWriter, obj_stream: object = None
    ) -> GlyphAccumulator:
        """What collects the letters of one mark."""
        return GlyphAccumulator(writer, BytesIO(_compact(self.file)), font_size=10)


@cache
def _compact(file: Path) -> bytes:
    font = TTFont(file)
    options = Options(layout_features=[], hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for letters in _LETTERS for code in letters])
    subsetter.subset(font)
    scale_upem(font, _UNITS)
    output = BytesIO()
    font.save(output)
    return output.getvalue()
