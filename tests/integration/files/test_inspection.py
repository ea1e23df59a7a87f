"""What people send is opened before it is kept, and each thing wrong with it has its sentence."""

from tempfile import TemporaryFile

import pytest
from pikepdf import Dictionary, Encryption, Name

from engine.errors import uploads
from engine.errors.uploads import FileNameUnsafe, FileRefused
from engine.files.inspection import Content, Limits, inspect
from engine.files.names import cleaned
from engine.settings import Settings
from tests import sent
from tests.tampering import edited, turned

LIMITS = Limits.of(Settings())
SMALL = Limits(size=30_000, pages=3, pixels=10_000)


def inspected(content: bytes, limits: Limits = LIMITS) -> Content:
    """What a file is found to be."""
    with TemporaryFile() as file:
        file.write(content)
        found = inspect(file, "giấy tờ.pdf", limits)
        assert file.read() == content
    return found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (sent.pdf(), Content("application/pdf", 1)),
        (sent.pdf(pages=3), Content("application/pdf", 3)),
        (sent.picture("JPEG"), Content("image/jpeg", 1)),
        (sent.picture("PNG"), Content("image/png", 1)),
        (sent.picture("TIFF", pages=3), Content("image/tiff", 3)),
        (sent.picture("JPEG") + b"what a phone appends", Content("image/jpeg", 1)),
        (sent.pdf() + b"\r\n\0\0", Content("application/pdf", 1)),
        (sent.on_opening(S=Name.GoTo, D=0), Content("application/pdf", 1)),
        (edited(sent.pdf(), turned), Content("application/pdf", 1)),
    ],
    ids=["pdf", "pages", "jpeg", "png", "tiff", "appended", "padded", "goes to a page", "updated"],
)
def test_what_is_let_in(content: bytes, expected: Content) -> None:
    assert inspected(content, SMALL) == expected


HOSTILE: dict[str, tuple[bytes, type[FileRefused], str]] = {
    "empty": (b"", uploads.FileEmpty, "rỗng"),
    "executable": (sent.EXECUTABLE, uploads.FileTypeRefused, "chương trình Windows"),
    "program": (b"\x7fELF" + bytes(99), uploads.FileTypeRefused, "chương trình máy tính"),
    "html": (sent.HTML, uploads.FileTypeRefused, "trang web"),
    "archive": (sent.archive(), uploads.FileTypeRefused, "tệp nén"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(20), uploads.FileTypeRefused, "HEIC"),
    "letters": (b"xin chao", uploads.FileTypeRefused, "kiểu tệp khác"),
    "late PDF": (b"\n" + sent.pdf(), uploads.FileTypeRefused, "PDF"),
    "PDF and archive": (sent.pdf() + sent.archive(), uploads.FileOfTwoKinds, "tệp nén"),
    "picture and archive": (
        sent.picture("PNG") + sent.archive(), uploads.FileOfTwoKinds, "tệp nén",
    ),
    "PDF and page": (b"%PDF-1.7\n" + sent.HTML, uploads.FileOfTwoKinds, "HTML"),
    "picture and PDF": (
        sent.picture("JPEG")[:20] + sent.pdf(), uploads.FileOfTwoKinds, "PDF",
    ),
    "PDF and more": (sent.pdf() + b"MZ", uploads.FileOfTwoKinds, "nối thêm"),
    "truncated PDF": (sent.pdf()[:-150], uploads.FileDamaged, "hỏng"),
    "no PDF at all": (b"%PDF-1.7\nxin chao", uploads.FileDamaged, "hỏng"),
    "truncated JPEG": (sent.picture("JPEG")[:-200], uploads.FileDamaged, "hỏng"),
    "truncated PNG": (sent.picture("PNG")[:-30], uploads.FileDamaged, "hỏng"),
    "truncated TIFF": (sent.picture("TIFF")[:50], uploads.FileDamaged, "hỏng"),
    "locked": (sent.pdf(lock=Encryption(owner="a", user="b")), uploads.FileEncrypted, "mật khẩu"),
    "half locked": (sent.pdf(lock=Encryption(owner="a")), uploads.FileEncrypted, "mật khẩu"),
    "script": (
        sent.on_opening(S=Name.JavaScript, JS="app.alert(1)"), uploads.FileRunsCode, "JS",
    ),
    "launch": (sent.on_opening(S=Name.Launch, F="cmd.exe"), uploads.FileRunsCode, "Launch"),
    "posting": (sent.on_opening(S=Name.SubmitForm), uploads.FileRunsCode, "SubmitForm"),
    "on closing": (sent.with_note(AA=Dictionary()), uploads.FileRunsCode, "AA"),
    "film": (sent.with_note(Subtype=Name.RichMedia), uploads.FileRunsCode, "RichMedia"),
    "attachment": (sent.holding_a_file(), uploads.FileHoldsFiles, "đính kèm"),
    "pinned": (sent.with_note(Subtype=Name.FileAttachment), uploads.FileHoldsFiles, "đính kèm"),
    "link": (
        sent.with_note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="http://x.vn")),
        uploads.FileLinksOut, "liên kết",
    ),
    "other file": (sent.on_opening(S=Name.GoToR, F="a.pdf"), uploads.FileLinksOut, "liên kết"),
    "bomb": (sent.bomb(), uploads.FileTooComplex, "quá lớn"),
    "20,000 × 20,000": (sent.picture("PNG", 20_000, 20_000), uploads.ImageTooLarge, "100 triệu"),
    "20,000 × 20,000 in a PDF": (
        sent.with_picture(20_000, 20_000), uploads.ImageTooLarge, "100 triệu",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", HOSTILE)
def test_what_is_not_let_in(which: str) -> None:
    content, error, words = HOSTILE[which]
    with pytest.raises(FileRefused, match=words) as refused:
        inspected(content)
    assert type(refused.value) is error


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (sent.pdf() + bytes(30_000), uploads.FileTooLarge, "tối đa 0 MB"),
        (sent.pdf(pages=4), uploads.FileTooManyPages, "tối đa 3 trang"),
        (sent.picture("TIFF", pages=4), uploads.FileTooManyPages, "tối đa 3 trang"),
        (sent.picture("PNG", 101, 100), uploads.ImageTooLarge, "quá lớn"),
    ],
)
def test_limits(content: bytes, error: type[FileRefused], words: str) -> None:
    with pytest.raises(error, match=words):
        inspected(content, SMALL)


def test_names_are_kept_clean() -> None:
    decomposed = "Giấy khai sinh.pdf"
    assert cleaned(f"  {decomposed} ") == "Giấy khai sinh.pdf"


@pytest.mark.parametrize(
    "name",
    ["", " ", "..", "../an.pdf", "/etc/passwd", "C:\\an.pdf", "an\0.pdf", "an\n.pdf", "a\x1bn.pdf",
     "an\u202efdp.exe", "a" * 201],
)  # fmt: skip
def test_names_that_are_not_kept(name: str) -> None:
    with pytest.raises(FileNameUnsafe):
        cleaned(name)
