"""Which pages of which files make one document, in which order, turned and cut how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors.scans import ArrangementInvalid, ScanEmpty, ScanTooLong

MOST_PAGES = 200
TURNS = (0, 90, 180, 270)
LEAST_EDGE = 0.02
"""What is left of a page's edge at least when it is cut."""


@dataclass(frozen=True)
class Box:
    """A part of a page as it stands after turning, in fractions of its width and height."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PlacedPage:
    """One page of the document: page `page` (from 0) of file `source` (from 0).

    `rotation` is clockwise, in degrees; `crop` is cut out after turning, None keeps it whole.
    """

    source: int
    page: int
    rotation: int = 0
    crop: Box | None = None

    @property
    def untouched(self) -> bool:
        """Whether it stands as it came."""
        return self.rotation == 0 and self.crop is None


Arrangement = tuple[PlacedPage, ...]


def read_arrangement(raw: Iterable[Mapping[str, Any]], sources: int) -> Arrangement:
    """An arrangement of `sources` files as JSON has it.

    Raises `ScanEmpty`, `ScanTooLong` or `ArrangementInvalid`.
    """
    rows = list(raw)
    if not rows:
        raise ScanEmpty()
    if len(rows) > MOST_PAGES:
        raise ScanTooLong(most=MOST_PAGES, pages=len(rows))
    return tuple(_page(row, sources) for row in rows)


def arrangement_json(arrangement: Arrangement) -> list[dict[str, Any]]:
    """The inverse of `read_arrangement`."""
    return [{**vars(page), "crop": vars(page.crop) if page.crop else None} for page in arrangement]


def whole(pages: int) -> Arrangement:
    """All pages of one file as they came."""
    return tuple(PlacedPage(0, number) for number in range(pages))


def _page(raw: Mapping[str, Any], sources: int) -> PlacedPage:
    source, page, rotation = (raw.get(name, 0) for name in ("source", "page", "rotation"))
    if type(source) is not int or not 0 <= source < sources:
        raise ArrangementInvalid(reason="một trang thuộc tệp không có")
    if type(page) is not int or page < 0:
        raise ArrangementInvalid(reason="số trang không đúng")
    if rotation not in TURNS:
        raise ArrangementInvalid(reason="chỉ xoay được 90, 180 hoặc 270 độ")
    return PlacedPage(source, page, int(rotation), _box(raw.get("crop")))


def _box(raw: Mapping[str, Any] | None) -> Box | None:
    if not raw:
        return None
    try:
        box = Box(*(float(raw[edge]) for edge in ("left", "top", "right", "bottom")))
    except (KeyError, TypeError, ValueError) as error:
        raise ArrangementInvalid(reason="khung cắt thiếu cạnh") from error
    inside = all(0 <= edge <= 1 for edge in vars(box).values())
    if not (inside and min(box.right - box.left, box.bottom - box.top) >= LEAST_EDGE):
        raise ArrangementInvalid(reason="khung cắt ra ngoài trang hoặc quá nhỏ")
    return box
