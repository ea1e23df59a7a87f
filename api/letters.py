"""Letters as files, on pages as in REST: drawn outside of any transaction, then kept for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from flask import Response, current_app, request, send_file

from api.readings import Caller
from api.sending import Later
from api.services import services
from engine.commands.acting import Target
from engine.commands.letter_documents import FileLetter, file_letter, signable_file
from engine.errors.letters import TemplateFaulty
from engine.model.dossier import Dossier
from engine.model.letter_forms import FormDetails
from engine.model.slip_link import slip_path
from engine.printing.templates import Source, shipped, source_of
from engine.queries.dossiers import find
from engine.queries.letter_values import Links
from engine.queries.letters import Sheet, sheet_of
from engine.scans.viewing import MEDIA_TYPE, Leaf, Width
from engine.store.letters import keep_file

PDF = "application/pdf"
_SHOWN = {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "private, no-cache"}
"""Our own paper may be shown by the browser; nothing in it can run or reach anything."""
_PICTURES = {"Cache-Control": "private, max-age=3600"}


def links(code: str) -> Links:
    """Where the applicant sees the progress of a dossier."""
    settings = services().settings
    base = (settings.base_url or request.host_url).rstrip("/")
    return Links(base + slip_path(settings.secret_key, code), f"{base}/tra-cuu")


def letter_file(sheet: Sheet) -> str:
    """Digest of a letter's PDF: signed, where it is; else as it was first drawn.

    No transaction may be open. Raises what drawing and keeping raise.
    """
    return sheet.signed or drawn_file(sheet)


def drawn_file(sheet: Sheet) -> str:
    """Digest of a letter without signatures, which is drawn when first asked for."""
    if sheet.file is not None:
        return sheet.file
    house = services()
    stored = house.files.put(_drawn(sheet))
    with house.database.transaction() as tx:
        return keep_file(tx, sheet.dossier_id, sheet.issued.seq, stored.digest)


def _drawn(sheet: Sheet) -> bytes:
    """With the template that it was issued on; with the product's own where that one fails, for
    whoever stands at the counter cannot wait until it is mended."""
    press = services().press
    try:
        return press.draw(sheet.source, sheet.values)
    except TemplateFaulty as fault:
        current_app.logger.warning("template %s: %s", sheet.source.digest, fault.message)
        return press.draw(source_of(shipped(sheet.details.form)), sheet.values)


def file_for_signing(call: Caller, code: str, seq: int) -> Dossier:
    """Make a letter a document of its dossier, ready to be signed; `call` has no transaction.

    Raises what `file_letter` raises.
    """
    house = services()
    with house.database.reading() as tx:
        sheet = sheet_of(tx, find(tx, code, call.actor), seq, links(code))
    pdf = house.files.read(drawn_file(sheet))
    file = signable_file(pdf, house.files)
    command = FileLetter(Target(code), sheet.issued, sheet.details, file)
    with house.database.transaction() as tx:
        return file_letter(tx, command, call.actor, call.now)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


@dataclass(frozen=True)
class LetterFile(Later):
    """What a view answers to show a letter as PDF."""

    sheet: Sheet

    def made(self) -> Response:
        """The file, the same bytes whenever it is asked for."""
        digest = letter_file(self.sheet)
        pdf = services().files.read(digest)
        return shown(pdf, f"{self.sheet.details.form}-{self.sheet.values['code']}.pdf", digest)


@dataclass(frozen=True)
class LetterPicture(Later):
    """What a view answers to show one page (from 1) of a letter as a picture."""

    sheet: Sheet
    page: int

    def made(self) -> Response:
        """The picture; raises `PageUnshowable` for a page that there is not."""
        house, digest = services(), letter_file(self.sheet)
        leaf = Leaf(digest, self.page - 1, Width.LARGE)
        drawn = house.gallery.picture(leaf, PDF, lambda: house.files.read(digest))
        return Response(drawn, content_type=MEDIA_TYPE, headers=_PICTURES)


@dataclass(frozen=True)
class OnDemand(Later):
    """What a view answers to show a paper that is drawn as things stand, and not kept."""

    details: FormDetails
    source: Source
    values: Mapping[str, Any]
    name: str
    seconds: float = 10.0

    def made(self) -> Response:
        """The PDF."""
        return shown(services().press.draw(self.source, self.values, self.seconds), self.name)


def shown(pdf: bytes, name: str, etag: str | bool = False) -> Response:
    """A PDF of our own, for the browser to show and print."""
    response = send_file(BytesIO(pdf), PDF, download_name=name, etag=etag)
    response.headers.update(_SHOWN)
    return response
