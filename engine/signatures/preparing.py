"""A document made ready to be signed: its empty fields, in the places where they will be seen.

They must be there before the first signature; after it, only filling them in is allowed. The
leader's signature locks everything but what follows it (number, date, the agency's signature);
the agency's and the reception officer's allow nothing after them.
"""

from collections.abc import Collection, Mapping

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
    ensure_sig_flags,
    enumerate_sig_fields,
)

from engine.errors.signatures import PdfAlreadySigned
from engine.model.document import CAPACITY_NAMES, Capacity
from engine.signatures.places import DATE, FIELDS, NUMBER, Place, places
from engine.signatures.reading import parsing, reader_of, writer_of, written

ISSUING = (Capacity.LEADER, Capacity.AGENCY)
"""In which capacities a document is signed that is issued, in their order."""

DIGITISING = (Capacity.RECEPTION,)
"""In which capacity a digitised copy is signed."""

_TEXTS = {NUMBER: "Số, ký hiệu", DATE: "Địa danh, ngày, tháng, năm"}
_ANNOTATION_PRINTED_AND_LOCKED = 4 | 128
_READ_ONLY = 1


def prepare(
    pdf: bytes, capacities: Collection[Capacity], given: Mapping[str, Place] | None = None
) -> bytes:
    """The document with an empty signature field for each capacity; with the agency's come those
    of number and date.

    `given` places fields (by the names in `places`) that are not to stand where the document or
    the default says. Raises `PdfAlreadySigned`, `PdfUnreadable`.
    """
    reader = reader_of(pdf)
    with parsing():
        if any(True for _ in enumerate_sig_fields(reader)):
            raise PdfAlreadySigned
    where = places(reader, given or {})
    writer = writer_of(pdf)
    with parsing():
        for capacity in capacities:
            append_signature_field(writer, _field(capacity, where[FIELDS[capacity]]))
        if Capacity.AGENCY in capacities:
            for name in _TEXTS:
                _append_text_field(writer, name, where[name])
        ensure_sig_flags(writer)
        return written(writer)


def _field(capacity: Capacity, place: Place) -> SigFieldSpec:
    leader = capacity is Capacity.LEADER
    follows = [NUMBER, DATE, FIELDS[Capacity.AGENCY]]
    return SigFieldSpec(
        sig_field_name=FIELDS[capacity],
        on_page=place.page,
        box=place.box,  # type: ignore[arg-type]
        field_mdp_spec=FieldMDPSpec(FieldMDPAction.EXCLUDE, follows)
        if leader
        else FieldMDPSpec(FieldMDPAction.ALL),
        doc_mdp_update_value=MDPPerm.FILL_FORMS if leader else MDPPerm.NO_CHANGES,
        readable_field_name=CAPACITY_NAMES[capacity],
    )


def _append_text_field(writer: IncrementalPdfFileWriter, name: str, place: Place) -> None:
    page = writer.find_page_for_modification(place.page)[0]
    field = DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): pdf_string(_TEXTS[name]),
            pdf_name("/DA"): pdf_string("/Helv 0 Tf 0 g"),
            pdf_name("/Ff"): NumberObject(_READ_ONLY),
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/F"): NumberObject(_ANNOTATION_PRINTED_AND_LOCKED),
            pdf_name("/Rect"): ArrayObject([FloatObject(f"{edge:.2f}") for edge in place.box]),
            pdf_name("/P"): page,
        }
    )
    reference = writer.add_object(field)
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(reference)
    writer.update_container(fields)
    writer.register_annotation(page, reference)
