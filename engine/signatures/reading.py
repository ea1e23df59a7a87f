"""PDF files opened to be signed or examined. Whoever sent them may mean harm."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from engine.errors import EngineError
from engine.errors.signatures import PdfUnreadable

_DEEPEST = 50
"""Levels of the page tree that are followed."""


@contextmanager
def parsing() -> Iterator[None]:
    """Whatever a parser stumbles over in here is a `PdfUnreadable`.

    A broken or hostile file makes parsers fail in more ways than one can name.
    """
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        raise PdfUnreadable from error


def reader_of(pdf: bytes) -> PdfFileReader:
    """A file to read; raises `PdfUnreadable` also where it is encrypted."""
    with parsing():
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted or "/Pages" not in reader.root:
            raise PdfUnreadable
        return reader


def writer_of(pdf: bytes) -> IncrementalPdfFileWriter:
    """A file to which something is to be appended; raises `PdfUnreadable`."""
    reader = reader_of(pdf)
    with parsing():
        return IncrementalPdfFileWriter.from_reader(reader)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    """The file with what was appended."""
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def item(node: object, key: str) -> object:
    """What a dictionary has under a key, wherever in the file it is; None where it has nothing."""
    if isinstance(node, DictionaryObject) and key in node:
        found: object = node[key]
        return found
    return None


def inherited(page: object, key: str) -> object:
    """An attribute of a page, which may stand at a node above it; None where there is none."""
    for _ in range(_DEEPEST):
        if (found := item(page, key)) is not None:
            return found
        page = item(page, "/Parent")
    return None
