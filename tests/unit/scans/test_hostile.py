"""Files that would break something: each refused with a word, and nothing left running."""

import os
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from engine.errors.scans import ScanTookTooLong, ScanWorkerDied
from engine.scans.arrangement import PlacedPage, whole
from engine.scans.limits import Limits
from engine.scans.worker import ScanRefused, Stopped
from tests.papers import jpeg, paper, pdf, written
from tests.unit.scans.making import Desk


def _bomb() -> bytes:
    return written(Image.new("1", (20_000, 20_000)), "TIFF", compression="group4")


def _locked(desk: Desk) -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        encryption = pikepdf.Encryption(owner="a", user="b")
        document.save(desk.folder / "locked", encryption=encryption)
    return (desk.folder / "locked").read_bytes()


def _signed(desk: Desk, pages: int = 2) -> bytes:
    """A file with a field that holds a signature; whether it is valid is not asked here."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"))
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1", V=value)
        fields = pikepdf.Array([document.make_indirect(field)])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=fields, SigFlags=3)
        document.save(desk.folder / "signed")
    return (desk.folder / "signed").read_bytes()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"\xff\xd8\xff" + bytes(100), "bị hỏng"),
        (b"%PDF-1.7 and nothing more", "tệp PDF bị hỏng"),
        (jpeg(paper())[:4_000], "bị hỏng"),
        (pdf(paper())[:4_000], "tệp PDF bị hỏng"),
        (_bomb(), "quá lớn"),
    ],
    ids=["no-picture", "no-pdf", "half-a-picture", "half-a-pdf", "bomb"],
)
def test_broken_files_are_refused(desk: Desk, file: bytes, sentence: str) -> None:
    with pytest.raises(ScanRefused, match=sentence):
        desk.make([jpeg(paper()), file], (PlacedPage(0, 0), PlacedPage(1, 0)))


def test_a_locked_file_is_refused(desk: Desk) -> None:
    with pytest.raises(ScanRefused, match="đặt mật khẩu"):
        desk.make([_locked(desk)])


def test_a_signed_file_is_kept_byte_for_byte(desk: Desk) -> None:
    signed = _signed(desk)
    assert desk.make([signed], whole(2), reads=True).signed
    assert desk.target.read_bytes() == signed


@pytest.mark.parametrize(
    "arrangement",
    [whole(1), (PlacedPage(0, 0, 90), PlacedPage(0, 1)), (PlacedPage(0, 1), PlacedPage(0, 0))],
)
def test_a_signed_file_is_not_changed(desk: Desk, arrangement: tuple[PlacedPage, ...]) -> None:
    with pytest.raises(ScanRefused, match="có chữ ký số"):
        desk.make([_signed(desk)], arrangement)


def test_a_signed_file_is_not_mixed_with_others(desk: Desk) -> None:
    with pytest.raises(ScanRefused, match=r"Tệp số 2 .* có chữ ký số"):
        desk.make([jpeg(paper()), _signed(desk)], (PlacedPage(0, 0), PlacedPage(1, 0)))


def test_what_takes_too_long_is_ended(desk: Desk) -> None:
    with pytest.raises(ScanTookTooLong, match="quá 1 giây"):
        desk.make([jpeg(paper())], reads=True, limits=Limits(seconds=1))
    assert not _left(desk.folder)


def test_what_wants_too_much_memory_is_ended(desk: Desk) -> None:
    with pytest.raises(ScanWorkerDied):
        desk.make([jpeg(paper(resolution=600))], limits=Limits(megabytes=120))
    assert not _left(desk.folder)


def test_whoever_asked_may_change_their_mind(desk: Desk) -> None:
    with pytest.raises(Stopped):
        desk.make([jpeg(paper())], reads=True, go_on=lambda done: False)
    assert not _left(desk.folder)


def _left(folder: Path) -> list[str]:
    """Processes that still work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
        except OSError:
            continue
        if f"TMPDIR={folder}".encode() in environment and int(process.name) != os.getpid():
            found.append(process.name)
    return found
