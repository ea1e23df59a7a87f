"""PDF/A-2b, with a text layer where OCR is installed."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pikepdf.pdfa

from engine.scans.assembly import Tell

FLAVOUR = "2b"
LANGUAGE = "vie"
PATIENCE = 120.0
"""Seconds that the text of one page may take; after them the page stays without."""

WITHOUT_TEXT = "Bản số hóa không có lớp văn bản"
"""What a document that no OCR has read says of itself, as its subject."""


def can_read() -> bool:
    """Whether text can be recognised here: the extra `ocr` and Tesseract are installed."""
    return find_spec("ocrmypdf") is not None and shutil.which("tesseract") is not None


def archive(source: Path, target: Path, tell: Tell, reads: bool) -> bool:
    """Write `source` as PDF/A, with its text where `reads`; False where it cannot be one."""
    written = _with_text(source, target, tell) if reads else _without_text(source, target)
    return written and is_archival(target)


def is_archival(path: Path) -> bool:
    """Whether a file says that it is PDF/A-2b and nothing is found that breaks it."""
    with pikepdf.open(path) as pdf:
        declared = pdf.open_metadata().pdfa_status.casefold()
        findings = pikepdf.pdfa.check(pdf, FLAVOUR).findings
    return declared == FLAVOUR and all(finding.kind != "violation" for finding in findings)


def _without_text(source: Path, target: Path) -> bool:
    with pikepdf.open(source) as pdf:
        pdf.docinfo["/Subject"] = WITHOUT_TEXT
        try:
            pikepdf.pdfa.save(pdf, target, FLAVOUR)
        except pikepdf.pdfa.PdfaError:
            return False
    return True


def _with_text(source: Path, target: Path, tell: Tell) -> bool:
    import ocrmypdf
    from ocrmypdf.exceptions import ExitCodeException

    from engine.scans import progress

    progress.told_to(tell)
    try:
        ocrmypdf.ocr(
            source,
            target,
            language=[LANGUAGE],
            deskew=True,
            mode="skip",
            output_type="auto",
            pdfa_backend="internal",
            optimize=0,
            jobs=1,
            use_threads=True,
            tesseract_timeout=PATIENCE,
            plugins=["engine.scans.progress"],
        )
    except ExitCodeException:
        return False
    return True
