"""What one may try with a signed file."""

from collections.abc import Callable
from io import BytesIO

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject

from engine.signatures.places import NUMBER

Edit = Callable[[IncrementalPdfFileWriter], None]


def edited(pdf: bytes, edit: Edit) -> bytes:
    """The file with an incremental update, as an honest editor would save it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    edit(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def turned(writer: IncrementalPdfFileWriter) -> None:
    """Turn the first page."""
    page = writer.find_page_for_modification(0)[0]
    page.get_object()[pdf_name("/Rotate")] = NumberObject(90)
    writer.mark_update(page)


def page_added(writer: IncrementalPdfFileWriter) -> None:
    """Add a page."""
    contents = writer.add_object(StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=contents, media_box=(0, 0, 595, 842)))


def page_removed(writer: IncrementalPdfFileWriter) -> None:
    """Take the last page away."""
    pages = writer.root["/Pages"]
    pages["/Kids"].pop()
    pages[pdf_name("/Count")] = NumberObject(len(pages["/Kids"]))
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def content_replaced(writer: IncrementalPdfFileWriter) -> None:
    """Let the first page say something else (a shadow attack)."""
    page = writer.find_page_for_modification(0)[0]
    content = StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Khac) Tj ET")
    page.get_object()[pdf_name("/Contents")] = writer.add_object(content)
    writer.mark_update(page)


def note_laid_over(writer: IncrementalPdfFileWriter) -> None:
    """Lay an annotation over the first page."""
    note = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): ArrayObject([FloatObject(each) for each in (0, 0, 595, 842)]),
            pdf_name("/Contents"): pdf_string("Khác"),
        }
    )
    page = writer.find_page_for_modification(0)[0]
    writer.register_annotation(page, writer.add_object(note))


def number_changed(writer: IncrementalPdfFileWriter) -> None:
    """Write another number into its field."""
    for reference in range(len(writer.root["/AcroForm"]["/Fields"])):
        field = writer.root["/AcroForm"]["/Fields"][reference]
        if field["/T"] == NUMBER:
            field[pdf_name("/V")] = pdf_string("99/QĐ-UBND")
            writer.update_container(field)


def flipped(pdf: bytes, at: int) -> bytes:
    """The file with one bit other."""
    changed = bytearray(pdf)
    changed[at] ^= 1
    return bytes(changed)
