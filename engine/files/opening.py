"""Opens a file that someone sent, in a process of its own with bounds on memory and time.

Run as a script with the file as standard input; says as JSON what it found. The file may be made
to take such a program down: nothing of the product is imported here, and nothing can be written.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

MEMORY = 2 << 30
"""Bytes of address space, libraries included."""

SECONDS = 20
"""Time on a processor."""

UNPACKED = 300_000_000
"""Bytes that all streams of a PDF together may unpack to, not counting pictures."""

PER_PIXEL = 8
"""Bytes that a point of a picture may have: four colours of 16 bits."""

RUNS = frozenset(
    [
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/Hide",
        "/SetOCGState",
        "/RichMediaExecute",
        "/RichMedia",
        "/GoTo3DView",
        "/3D",
        "/Screen",
    ]
)
"""Actions and annotations of a PDF that run something or change what is shown."""

LEADS_OUT = frozenset(["/URI", "/GoToR", "/GoToE", "/Thread"])
"""Actions that open something else."""

HOLDS = frozenset(["/EmbeddedFiles", "/EF", "/EmbeddedFile", "/FileAttachment"])
IMAGE_FILTERS = frozenset(["/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"])


class Refused(Exception):
    """The file is not let in: the reason, and what it was about."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason, self.what = reason, what


def open_pdf(file: BinaryIO, most_pages: int, most_pixels: int) -> int:
    """How many pages it has."""
    import pikepdf

    try:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            pages = len(pdf.pages)
            _require(pages > 0, "damaged")
            _require(pages <= most_pages, "pages")
            _walk(pdf.objects, most_pixels)
            return pages
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except pikepdf.PdfError:
        raise Refused("damaged") from None


def _walk(objects: Any, most_pixels: int) -> None:
    unpacked = 0
    for each in objects:
        for part in _parts(each):
            _examine(part)
        if getattr(each, "_type_name", "null") != "stream":
            continue
        _require("/F" not in each, "links")
        if each.get("/Subtype") == "/Image":
            _examine_picture(each, most_pixels)
        else:
            unpacked += _unpacked(each)
            _require(unpacked <= UNPACKED, "unpacked")


def _parts(value: Any) -> Iterator[Any]:
    """The dictionaries written out in an object, it included."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        kind = getattr(part, "_type_name", "")
        if kind == "array":
            inner = list(part)
        elif kind in {"dictionary", "stream"}:
            yield part
            inner = [value for _, value in part.items()]
        else:
            continue
        waiting += [each for each in inner if not getattr(each, "is_indirect", False)]


def _examine(part: Any) -> None:
    named = {str(part.get(key)) for key in ("/S", "/Subtype", "/Type")}
    keys = set(part.keys())
    if found := (named & RUNS) | (keys & {"/JS", "/JavaScript", "/AA", "/XFA"}):
        raise Refused("runs", min(found).removeprefix("/"))
    _require(not (named | keys) & HOLDS, "holds")
    _require(not named & LEADS_OUT, "links")


def _examine_picture(picture: Any, most_pixels: int) -> None:
    pixels = int(picture.get("/Width", 0)) * int(picture.get("/Height", 0))
    _require(pixels <= most_pixels, "pixels")
    _require(_unpacked(picture) <= PER_PIXEL * pixels + UNPACKED // 100, "unpacked")


def _unpacked(stream: Any) -> int:
    """Bytes in a stream; what is packed like a picture counts by its pixels."""
    import pikepdf

    named = stream.get("/Filter", [])
    filters = {str(named)} if getattr(named, "_type_name", "") == "name" else {*map(str, named)}
    if filters & IMAGE_FILTERS:
        return 0
    try:
        return len(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
    except pikepdf.PdfError as error:
        raise Refused("unpacked" if "alloc" in str(error) else "damaged") from None


def open_image(file: BinaryIO, kind: str, most_pages: int, most_pixels: int) -> int:
    """How many pages it has: more than one only in a TIFF."""
    from PIL import Image, ImageSequence

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(file, formats=[kind]) as image:
            pages = 0
            for frame in ImageSequence.Iterator(image):
                pages += 1
                _require(frame.width * frame.height <= most_pixels, "pixels")
                _require(pages <= most_pages, "pages")
                frame.load()
                if kind != "TIFF":
                    break
            return pages
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError):
        raise Refused("damaged") from None


def _require(fact: bool, reason: str) -> None:
    if not fact:
        raise Refused(reason)


def main() -> None:
    """Arguments: PDF, JPEG, PNG or TIFF; the most pages; the most pixels of one image."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    kind, most_pages, most_pixels = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    try:
        if kind == "PDF":
            found: dict[str, Any] = {"pages": open_pdf(sys.stdin.buffer, most_pages, most_pixels)}
        else:
            found = {"pages": open_image(sys.stdin.buffer, kind, most_pages, most_pixels)}
    except Refused as refused:
        found = vars(refused)
    except (MemoryError, RecursionError):
        found = {"reason": "unpacked", "what": ""}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
