"""Where on a document one signs, and where its number and date are written.

A document says so by named destinations (an element's `id` in a letter drawn from HTML): see
`ANCHORS`. Any other PDF gets the places of `defaults`. Lengths are in points, from the lower left
corner of the page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from engine.model.document import Capacity
from engine.signatures.reading import inherited, item, parsing

NUMBER = "SoKyHieu"
DATE = "NgayThang"
FIELDS = {
    Capacity.LEADER: "NguoiCoThamQuyen",
    Capacity.AGENCY: "CoQuan",
    Capacity.RECEPTION: "TiepNhan",
}
"""The names of the fields in the file."""

ANCHORS = {
    FIELDS[Capacity.LEADER]: "ky-lanh-dao",
    FIELDS[Capacity.AGENCY]: "dau-co-quan",
    FIELDS[Capacity.RECEPTION]: "ky-so-hoa",
    NUMBER: "so-ky-hieu",
    DATE: "ngay-thang",
}
"""Field → name of the destination at its upper left corner."""

MILLIMETRE = 72 / 25.4
_SEAL = 42 * MILLIMETRE
_SIZES = {
    FIELDS[Capacity.LEADER]: (142.0, 71.0),
    FIELDS[Capacity.AGENCY]: (_SEAL + 85, _SEAL),
    FIELDS[Capacity.RECEPTION]: (200.0, 40.0),
    NUMBER: (120.0, 18.0),
    DATE: (230.0, 18.0),
}


@dataclass(frozen=True)
class Place:
    """A box on a page (counted from 0)."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """As PDF writes rectangles."""
        return self.left, self.bottom, self.right, self.top


def places(reader: PdfFileReader, given: Mapping[str, Place]) -> dict[str, Place]:
    """Field → place: as given, else where the document has its anchor, else by default."""
    with parsing():
        found = defaults(reader)
        anchored = {field: _below(field, *corner) for field, corner in _anchors(reader).items()}
        if FIELDS[Capacity.AGENCY] not in anchored:
            leader = anchored.get(FIELDS[Capacity.LEADER], found[FIELDS[Capacity.LEADER]])
            anchored[FIELDS[Capacity.AGENCY]] = _over(leader)
        return {**found, **anchored, **given}


def defaults(reader: PdfFileReader) -> dict[str, Place]:
    """Places on any PDF: signed at the lower right of its last page, numbered at the top of its
    first (NĐ 30/2020, Phụ lục I)."""
    last = int(reader.root["/Pages"]["/Count"]) - 1
    left, bottom, right, _ = _sheet(reader, last)
    first_left, _, first_right, top = _sheet(reader, 0)
    centre = left + (right - left) * 0.72
    leader = Place(last, centre - 71, bottom + 90, centre + 71, bottom + 161)
    reception = FIELDS[Capacity.RECEPTION]
    return {
        FIELDS[Capacity.LEADER]: leader,
        FIELDS[Capacity.AGENCY]: _over(leader),
        reception: _below(reception, 0, first_right - 225, top - 15),
        NUMBER: _below(NUMBER, 0, first_left + 110, top - 88),
        DATE: _below(DATE, 0, first_right - 290, top - 88),
    }


def _over(leader: Place) -> Place:
    """The seal's place: over the left third of the leader's signature."""
    width, height = _SIZES[FIELDS[Capacity.AGENCY]]
    right = leader.left + (leader.right - leader.left) / 3
    bottom = (leader.bottom + leader.top - height) / 2
    return Place(leader.page, right - width, bottom, right, bottom + height)


def _below(field: str, page: int, left: float, top: float) -> Place:
    width, height = _SIZES[field]
    return Place(page, left, top - height, left + width, top)


def _sheet(reader: PdfFileReader, page: int) -> tuple[float, float, float, float]:
    sheet = reader.find_page_for_modification(page)[0].get_object()
    box = inherited(sheet, "/CropBox") or inherited(sheet, "/MediaBox")
    left, bottom, right, top = (float(edge) for edge in box)  # type: ignore[attr-defined]
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _anchors(reader: PdfFileReader) -> dict[str, tuple[int, float, float]]:
    """Field → page, left and top of its anchor, for the anchors that the document has."""
    named = dict(_names(item(item(reader.root, "/Names"), "/Dests")))
    pages = _page_numbers(reader)
    found = {}
    for field, anchor in ANCHORS.items():
        destination = named.get(anchor)
        if isinstance(destination, DictionaryObject):
            destination = item(destination, "/D")
        if isinstance(destination, ArrayObject) and len(destination) >= 4:
            page = pages.get(destination.raw_get(0).reference)
            if page is not None and destination[1] == "/XYZ":
                found[field] = (page, float(destination[2]), float(destination[3]))
    return found


_DEEPEST = 20
"""Levels of a name tree that are followed."""


def _names(node: object, depth: int = 0) -> Iterator[tuple[str, object]]:
    if not isinstance(node, DictionaryObject) or depth > _DEEPEST:
        return
    leaves = _items(item(node, "/Names"))
    yield from zip(map(str, leaves[::2]), leaves[1::2], strict=False)
    for kid in _items(item(node, "/Kids")):
        yield from _names(kid, depth + 1)


def _items(array: object) -> list[object]:
    if not isinstance(array, ArrayObject):
        return []
    return [array[index] for index in range(len(array))]


def _page_numbers(reader: PdfFileReader) -> dict[Reference, int]:
    count = int(reader.root["/Pages"]["/Count"])
    return {reader.find_page_for_modification(page)[0].reference: page for page in range(count)}
