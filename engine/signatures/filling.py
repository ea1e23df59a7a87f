"""Number, symbol and date written into a document that its leader has signed already.

That is filling in a form, which the leader's signature allows until the agency has sealed.
"""

from pathlib import Path

from pyhanko.pdf_utils.form_tools import enumerate_fields_in
from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints

from engine.errors.signatures import NumberPlaceMissing
from engine.signatures.marks import text
from engine.signatures.places import DATE, NUMBER
from engine.signatures.reading import item, parsing, writer_of, written

_SIZE = 13


def fill(pdf: bytes, number: str, date: str, font: Path, italic: Path) -> bytes:
    """The document with its number and symbol, and with place and date, e.g. `12/QĐ-UBND` and
    `Mai Lâm, ngày 26 tháng 11 năm 2026`.

    Raises `NumberPlaceMissing` where it has no empty field for them.
    """
    writer = writer_of(pdf)
    with parsing():
        for name, written_text, face in ((NUMBER, number, font), (DATE, date, italic)):
            _fill(writer, _empty(writer, name), written_text, face)
        return written(writer)


def _empty(writer: IncrementalPdfFileWriter, name: str) -> DictionaryObject:
    fields = item(item(writer.root, "/AcroForm"), "/Fields")
    found = enumerate_fields_in(fields, with_name=name, target_field_type="/Tx", refs_seen=set())
    for _, value, reference in found:
        if value is None:
            field: DictionaryObject = reference.get_object()
            return field
    raise NumberPlaceMissing


def _fill(
    writer: IncrementalPdfFileWriter, field: DictionaryObject, value: str, font: Path
) -> None:
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    box = BoxConstraints(right - left, top - bottom)
    stamp = text([value], font, size=_SIZE).create_stamp(writer, box, {})
    field[pdf_name("/V")] = pdf_string(value)
    field[pdf_name("/AP")] = DictionaryObject({pdf_name("/N"): stamp.register()})
    writer.update_container(field)
