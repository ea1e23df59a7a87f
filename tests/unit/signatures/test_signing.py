"""Results are signed by leader and agency, as people and poppler see it."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from engine.errors.signatures import (
    KeyFileUnusable,
    MarkUnusable,
    NumberPlaceMissing,
    PdfAlreadySigned,
    PdfUnreadable,
    SignaturePlaceMissing,
    SignatureValueWrong,
)
from engine.model.document import Capacity
from engine.signatures.keys import pkcs12
from engine.signatures.marks import Appearance, checked_image
from engine.signatures.places import ANCHORS, FIELDS, MILLIMETRE, Place
from engine.signatures.preparing import DIGITISING, ISSUING, prepare
from engine.signatures.signing import begin, finish
from tests import papers
from tests.pki import PASSPHRASE
from tests.signing import (
    AGENCY_NAME,
    LEADER_NAME,
    Signers,
    Stages,
    draft,
    numbered,
    pdfsig,
    picture,
    saved,
    text_of,
)

VALID = "Signature Validation: Signature is Valid."
TOTAL = "\n  - Total document signed"
PARTLY = "\n  - Not total document signed"


def test_poppler_finds_both_signatures_valid(result: Stages, tmp_path: Path) -> None:
    said = pdfsig(result.sealed, tmp_path)
    assert said.count(VALID) == 2
    assert f"Common Name: {LEADER_NAME}" in said
    assert f"Common Name: {AGENCY_NAME}" in said
    assert said.count("ETSI.CAdES.detached") == 2


def test_each_signature_covers_the_whole_file_that_was_signed(
    result: Stages, tmp_path: Path
) -> None:
    assert TOTAL in pdfsig(result.signed, tmp_path)
    leader, agency = pdfsig(result.sealed, tmp_path).split("Signature #2")
    assert PARTLY in leader
    assert TOTAL in agency


def test_every_state_goes_on_from_the_one_before(result: Stages) -> None:
    assert result.signed.startswith(result.prepared)
    assert result.numbered.startswith(result.signed)
    assert result.sealed.startswith(result.numbered)


def test_marks_can_be_read(result: Stages, tmp_path: Path) -> None:
    seen = text_of(result.sealed, tmp_path)
    assert LEADER_NAME in seen
    assert "06/07/2026 08:00:00 +07:00" in seen
    assert "12/QĐ-UBND" in seen
    assert "Mai Lâm, ngày 06 tháng 7 năm 2026" in seen
    assert "Ủy ban nhân dân" in seen


def test_with_images_the_leaders_mark_is_the_image_alone(signers: Signers, tmp_path: Path) -> None:
    shown = Appearance(LEADER_NAME, picture("#123a9c", (600, 300)))
    signed = signers.signed(prepare(draft(), ISSUING), Capacity.LEADER, shown)
    assert LEADER_NAME not in text_of(signed, tmp_path)
    assert VALID in pdfsig(signed, tmp_path)


def _drawn(pdf: bytes, field: str) -> tuple[list[float], str]:
    """The rectangle of a field, and what is drawn in it."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        widgets = [widget for page in opened.pages for widget in page.get("/Annots", [])]
        widget = next(each for each in widgets if str(each.get("/T")) == field)
        appearance = widget.AP.N
        mark = (
            appearance.Resources.XObject.Mark if "/XObject" in appearance.Resources else appearance
        )
        return [float(edge) for edge in widget.Rect], mark.read_bytes().decode("latin-1")


@pytest.mark.parametrize(
    ("pixels", "dpi", "width"),
    [(425, 300, 36.0), (472, 300, 40.0), (425, 72, 36.0), (425, 3000, 36.0)],
)
def test_the_seal_is_drawn_in_real_size(
    signers: Signers, pixels: int, dpi: int, width: float
) -> None:
    seal = Appearance(AGENCY_NAME, picture("red", (pixels, pixels), dpi))
    sealed = signers.signed(prepare(draft(), ISSUING), Capacity.AGENCY, seal)
    _, drawn = _drawn(sealed, FIELDS[Capacity.AGENCY])
    image = re.search(r"([\d.]+) 0 0 ([\d.]+) 0 0 cm /ImgMark Do", drawn)
    assert image
    scale = float(image[1])
    assert scale / MILLIMETRE == pytest.approx(width, abs=0.3)


def test_the_seal_covers_a_third_of_the_signature_from_the_left(result: Stages) -> None:
    leader, _ = _drawn(result.sealed, FIELDS[Capacity.LEADER])
    agency, _ = _drawn(result.sealed, FIELDS[Capacity.AGENCY])
    covered = agency[2] - leader[0]
    assert covered / (leader[2] - leader[0]) == pytest.approx(1 / 3, abs=0.01)


def test_a_digitised_copy_says_so_at_the_top_right(signers: Signers, tmp_path: Path) -> None:
    prepared = prepare(draft(), DIGITISING)
    signed = signers.signed(prepared, Capacity.RECEPTION, Appearance(AGENCY_NAME))
    first = text_of(signed, tmp_path).strip().splitlines()[:3]
    assert [line.strip() for line in first] == [
        "Bản số hóa",
        AGENCY_NAME,
        "Thời gian ký: 06/07/2026 08:00:00 +07:00",
    ]
    left, _, right, top = _drawn(signed, FIELDS[Capacity.RECEPTION])[0]
    assert left > 595 / 2
    assert right < 595
    assert top > 800


def test_a_document_says_where_one_signs() -> None:
    pdf = pikepdf.open(BytesIO(draft(3)))
    page = pdf.pages[1].obj
    anchor = ANCHORS[FIELDS[Capacity.LEADER]]
    named = pikepdf.Array([anchor, pikepdf.Array([page, pikepdf.Name.XYZ, 300, 400, 0])])
    pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=named))
    prepared = prepare(saved(pdf), ISSUING)
    left, _, _, top = _drawn(prepared, FIELDS[Capacity.LEADER])[0]
    assert (left, top) == (300, 400)
    assert _drawn(prepared, FIELDS[Capacity.AGENCY])[0][2] > 300


def test_places_can_be_given() -> None:
    place = Place(0, 10, 20, 110, 70)
    prepared = prepare(draft(2), ISSUING, {FIELDS[Capacity.LEADER]: place})
    assert _drawn(prepared, FIELDS[Capacity.LEADER])[0] == [10, 20, 110, 70]


def test_a_signed_file_gets_no_further_fields(result: Stages) -> None:
    with pytest.raises(PdfAlreadySigned):
        prepare(result.signed, DIGITISING)


def test_one_cannot_sign_where_there_is_no_place(signers: Signers, result: Stages) -> None:
    with pytest.raises(SignaturePlaceMissing):
        signers.signed(result.signed, Capacity.LEADER)
    with pytest.raises(SignaturePlaceMissing):
        signers.signed(draft(), Capacity.LEADER)


def test_a_document_is_numbered_once_and_only_where_there_is_a_place(result: Stages) -> None:
    with pytest.raises(NumberPlaceMissing):
        numbered(result.numbered)
    with pytest.raises(NumberPlaceMissing):
        numbered(draft())


def test_a_percent_sign_in_a_name_is_only_a_letter(signers: Signers, tmp_path: Path) -> None:
    shown = Appearance("Công ty 100% vốn %(ts)s")
    signed = signers.signed(prepare(draft(), ISSUING), Capacity.LEADER, shown)
    assert "100% vốn %(ts)s" in text_of(signed, tmp_path)


@pytest.mark.parametrize(
    "broken",
    [b"", b"%PDF-1.7", b"MZ" + bytes(100), draft()[:300]],
    ids=["empty", "head", "program", "cut"],
)
def test_what_is_no_pdf_is_refused(broken: bytes) -> None:
    with pytest.raises(PdfUnreadable):
        prepare(broken, ISSUING)


def test_an_encrypted_pdf_is_refused() -> None:
    pdf = pikepdf.open(BytesIO(draft()))
    output = BytesIO()
    pdf.save(output, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(PdfUnreadable):
        prepare(output.getvalue(), ISSUING)


def test_a_value_of_another_key_or_for_another_file_is_refused(signers: Signers) -> None:
    signing = signers.signing(signers.leader)
    prepared = prepare(draft(), ISSUING)
    begun = begin(prepared, Capacity.LEADER, Appearance(LEADER_NAME), signing)
    own, _ = pkcs12(signers.leader.pkcs12, PASSPHRASE)
    strange, _ = pkcs12(signers.agency.pkcs12, PASSPHRASE)
    for value in (b"", bytes(70), strange([begun.attributes])[0], own([b"khac"])[0]):
        with pytest.raises(SignatureValueWrong):
            finish(begun, value, signing.credential)


@pytest.mark.parametrize("passphrase", ["", "sai", "x" * 10_000])
def test_a_wrong_passphrase_opens_nothing(signers: Signers, passphrase: str) -> None:
    with pytest.raises(KeyFileUnusable):
        pkcs12(signers.leader.pkcs12, passphrase)


def test_what_is_no_key_file_is_refused() -> None:
    with pytest.raises(KeyFileUnusable):
        pkcs12(b"khong phai", PASSPHRASE)


def test_an_image_is_checked_before_it_becomes_a_mark() -> None:
    opaque = papers.written(Image.new("RGB", (50, 50), "red"), "PNG")
    huge = papers.written(Image.new("RGBA", (2001, 10)), "PNG")
    photo = papers.jpeg(Image.new("RGB", (50, 50), "red"))
    for image in (opaque, huge, photo, b"", b"\x89PNG\r\n\x1a\n" + bytes(30), bytes(1_000_001)):
        with pytest.raises(MarkUnusable):
            checked_image(image)
    fine = picture("red", (425, 425))
    assert checked_image(fine) == fine
