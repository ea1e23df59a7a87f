"""Pages as pictures for the screen."""

from io import BytesIO

import pytest
from PIL import Image

from engine.errors.scans import PageUnshowable
from engine.scans.viewing import Gallery, Leaf, Width
from tests.papers import jpeg, paper, pdf

PDF, JPEG = "application/pdf", "image/jpeg"


class Reading:
    """A file that counts how often it is read."""

    def __init__(self, content: bytes) -> None:
        self.content, self.times = content, 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.content


def test_the_next_pages_are_drawn_with_the_first() -> None:
    gallery, reading = Gallery(), Reading(pdf(*[paper(resolution=30)] * 5))
    shown = [gallery.picture(Leaf("a", page, Width.SMALL), PDF, reading) for page in range(5)]
    assert reading.times == 1
    assert {Image.open(BytesIO(each)).width for each in shown} == {240}


def test_a_photograph_is_shown_upright() -> None:
    gallery, reading = Gallery(), Reading(jpeg(paper(resolution=60), orientation=6))
    shown = Image.open(BytesIO(gallery.picture(Leaf("a", 0, Width.SMALL), JPEG, reading)))
    assert shown.width > shown.height


def test_only_so_much_is_kept() -> None:
    gallery, reading = Gallery(most_kept=1), Reading(pdf(paper(resolution=30)))
    for _ in range(2):
        gallery.picture(Leaf("a", 0, Width.SMALL), PDF, reading)
    assert reading.times == 2


@pytest.mark.parametrize(
    ("content", "media_type", "page"),
    [
        (pdf(paper(resolution=30)), PDF, 1),
        (b"%PDF-1.7", PDF, 0),
        (b"no picture", JPEG, 0),
        (b"", JPEG, 0),
    ],
)
def test_what_cannot_be_drawn_is_said(content: bytes, media_type: str, page: int) -> None:
    with pytest.raises(PageUnshowable, match=f"trang {page + 1}"):
        Gallery().picture(Leaf("a", page, Width.READABLE), media_type, lambda: content)
