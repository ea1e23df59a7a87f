"""Photographs and scans become PDF/A, upright, in order, cut as asked, and readable."""

import pikepdf
import pytest
from PIL import Image, ImageDraw

from engine.scans.archive import WITHOUT_TEXT, is_archival
from engine.scans.arrangement import Box, PlacedPage
from engine.scans.worker import ScanRefused
from tests.papers import jpeg, paper, pdf, written
from tests.unit.scans.making import Desk

LEFT, RIGHT = 0, 1


def _marked(where: str = "top") -> Image.Image:
    """A sheet with a black bar along one edge."""
    sheet = Image.new("RGB", (1654, 2339), "white")
    bars = {"top": (0, 0, 1654, 200), "left": (0, 0, 200, 2339)}
    ImageDraw.Draw(sheet).rectangle(bars[where], fill="black")
    return sheet


def _dark(picture: Image.Image) -> str:
    """Along which edge the bar lies."""
    width, height = picture.size
    edges = {
        "top": (width // 2, 4), "bottom": (width // 2, height - 5),
        "left": (4, height // 2), "right": (width - 5, height // 2),
    }  # fmt: skip
    spots = {name: picture.crop((x, y, x + 1, y + 1)) for name, (x, y) in edges.items()}
    return "+".join(name for name, spot in spots.items() if any(spot.histogram()[:100]))


def test_text_of_a_scan_can_be_found_afterwards(desk: Desk) -> None:
    skewed = paper().rotate(1.5, fillcolor="white")
    heard = []

    def hear(done: int) -> bool:
        heard.append(done)
        return True

    made = desk.make([jpeg(skewed)], reads=True, go_on=hear)
    assert (made.text_layer, made.signed, made.resolution) == (True, False, 200)
    assert "Nguyễn Thị Phương Thảo" in desk.text()
    assert is_archival(desk.target)
    assert desk.subject() is None
    assert heard[-1] == 1
    desk.make([desk.target.read_bytes()])
    assert "Nguyễn Thị Phương Thảo" in desk.text(), "a page of text is copied as it is"


def test_without_ocr_a_document_says_that_it_has_no_text(desk: Desk) -> None:
    made = desk.make([jpeg(paper())])
    assert not made.text_layer
    assert desk.subject() == WITHOUT_TEXT
    assert is_archival(desk.target)


@pytest.mark.parametrize(("orientation", "expected"), [(1, "top"), (3, "bottom"), (6, "right")])
def test_photographs_stand_as_the_camera_was_held(
    desk: Desk, orientation: int, expected: str
) -> None:
    desk.make([jpeg(_marked(), orientation)])
    assert _dark(desk.picture()) == expected


@pytest.mark.parametrize("kind", ["jpeg", "pdf"])
def test_pages_are_turned_and_then_cut(desk: Desk, kind: str) -> None:
    file = jpeg(_marked()) if kind == "jpeg" else pdf(_marked())
    upper_half = Box(0, 0, 1, 0.5)
    desk.make([file], (PlacedPage(0, 0, 90), PlacedPage(0, 0, 270, upper_half)))
    assert _dark(desk.picture(0)) == "right"
    assert _dark(desk.picture(1)) == "left"
    width, height = desk.pages()[0]
    assert (width, height) == (297, 210)


def test_pages_of_several_files_in_another_order(desk: Desk) -> None:
    files = [pdf(_marked("top"), _marked("left")), jpeg(_marked("top"), 3)]
    desk.make(files, (PlacedPage(1, 0), PlacedPage(0, 1), PlacedPage(0, 0), PlacedPage(0, 1)))
    assert [_dark(desk.picture(page)) for page in range(4)] == ["bottom", "left", "top", "left"]


def test_every_page_of_a_tiff(desk: Desk) -> None:
    sheets = [paper("một", mode="1"), paper("hai", mode="1")]
    more = {"save_all": True, "append_images": sheets[1:], "compression": "group4"}
    desk.make([written(sheets[0], "TIFF", **more)], (PlacedPage(0, 1), PlacedPage(0, 0)))
    assert desk.pages() == [(210, 297), (210, 297)]
    assert desk.target.stat().st_size < 30_000, "black and white stays what it is"


def test_what_lies_outside_a_cut_is_gone(desk: Desk) -> None:
    noisy = Image.effect_noise((827, 1170), 90).convert("RGB")
    desk.make([pdf(noisy)])
    whole = desk.target.stat().st_size
    desk.make([pdf(noisy)], (PlacedPage(0, 0, 0, Box(0, 0, 1, 0.1)),))
    assert desk.target.stat().st_size < whole / 5


def test_photographs_shrink_but_not_below_what_the_decree_asks(desk: Desk) -> None:
    made = desk.make([jpeg(paper(resolution=500))])
    assert made.resolution == 250
    assert desk.make([jpeg(paper(resolution=120))]).resolution == 120


def test_a_scanner_knows_how_large_a_paper_is(desk: Desk) -> None:
    card = Image.new("RGB", (1012, 638), "white")
    desk.make([written(card, "PNG", dpi=(300, 300)), jpeg(card, dpi=(72, 72))],
              (PlacedPage(LEFT, 0), PlacedPage(RIGHT, 0)))  # fmt: skip
    assert desk.pages() == [(86, 54), (297, 187)]


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "CMYK", "I;16"])
def test_every_way_of_colour_becomes_one_that_can_be_kept(desk: Desk, mode: str) -> None:
    picture = Image.new(mode, (400, 600))
    kind = "TIFF" if mode == "CMYK" else "PNG"
    desk.make([written(picture, kind)])
    assert is_archival(desk.target)


def test_pages_that_could_act_are_drawn(desk: Desk) -> None:
    with pikepdf.new() as document:
        page = document.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                  BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(b"BT /F1 24 Tf 72 700 Td (Hello) Tj ET")
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.com")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action,
                                  Rect=[0, 0, 100, 100])  # fmt: skip
        page.Annots = pikepdf.Array([document.make_indirect(link)])
        document.save(desk.folder / "linked")
    desk.make([(desk.folder / "linked").read_bytes()])
    assert b"example.com" not in desk.target.read_bytes()
    assert is_archival(desk.target), "fonts that are not embedded were drawn too"


@pytest.mark.parametrize("page", [3, 10**9])
def test_a_page_that_is_not_there(desk: Desk, page: int) -> None:
    for file in (pdf(paper()), jpeg(paper())):
        with pytest.raises(ScanRefused, match=f"không có trang {page + 1}"):
            desk.make([file], (PlacedPage(0, page),))
