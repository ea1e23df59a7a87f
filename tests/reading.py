"""Reads what papers say."""

from unicodedata import normalize

import pypdfium2


def text_of(pdf: bytes) -> str:
    """What can be read in a PDF, in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(normalize("NFC", " ".join(pages)).split())
